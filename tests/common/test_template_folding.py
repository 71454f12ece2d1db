"""Templates whose constant parts are rendered once say the same as Django's."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Engine, Template
from django.test import Client
from django.urls import set_script_prefix
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, override

from common.template_nodes import ConstantsNode
from postpartum.models import TextOverride
from postpartum.text_overrides.lookup import apply_overrides

pytestmark = pytest.mark.usefixtures("static_files")  # whose addresses are in the templates

LIBRARIES = {name: f"django.templatetags.{name}" for name in ("i18n", "l10n", "static")}
PAGE = """{% load i18n static %}{# a note #}
<a href="{% url "today" %}">{% translate "Today" %}</a><img src="{% static "img/mark.svg" %}">
{% if name %}{% include "icon.html" %}<b>{{ name }}</b>{% blocktranslate %}Hello, {{ name }}{% endblocktranslate %}{% endif %}
{% translate "Progress" as word %}{% autoescape off %}{% translate "Rock & roll" %}{% endautoescape %}
{% for one in "ab" %}{% translate "Start" %} {% cycle "x" "y" %}{% endfor %}{{ word }}"""
ICON = '{% load i18n %}<svg aria-label="{% translate "Help" %}"></svg>'
SOURCES = {
    "page.html": PAGE,
    "icon.html": ICON,
    "loop.html": "{{ n }}{% if n %}{% include 'loop.html' with n='' %}{% endif %}",
    "values.html": "{{ name }} {{ name|default_if_none:'–' }}{% autoescape off %}{{ name }}{% endautoescape %}"
    "{% load i18n l10n %}{% localize off %}{{ name }}{% endlocalize %}{% blocktranslate count n=12345 trimmed %} {{ n }} by {{ name }} {% plural %}"
    " {{ n }} of {{ name }}, all of {{ n }} {% endblocktranslate %}"
    "{% blocktranslate with a=name b=name|default:'&' %}{{ a }}, 5% of {{ b }} {{ name }}{% endblocktranslate %}"
    "{% blocktranslate with m=name count n=12 trimmed %}{{ n }} of {{ m }}{% plural %}{{ n }} {{ m }}{% endblocktranslate %}"
    "{% blocktranslate with m=2 count n=m %}one {{ n }}{% plural %}{{ n }} of {{ m }}{% endblocktranslate %}"
    "{% blocktranslate context 'month' %}May {{ name }}{% endblocktranslate %}"
    "{% blocktranslate asvar said %}So {{ name }}{% endblocktranslate %}{{ said }}",
    "addresses.html": "{% for one in args %}{% url 'session' one %} {% endfor %}{% url 'today' as day %}{{ day }}"
    "{% url 'session' key='w02-a' %}{% url 'admin:accounts_user_change' 5 %}{% csrf_token %}{% csrf_token %}",
}
VALUES = ["Ana & Bo", mark_safe("<b>Ana</b>"), 12345678, -3, 1234567.5, True, None, Decimal("1.50"), ["a&b"]]
VALUES += [
    date(2026, 11, 30),
    datetime(2026, 11, 30, 23, 30, tzinfo=UTC),
    gettext_lazy("Today"),
    lambda: "<i>",
]
VALUES += [lazy(format_html, SafeString)("<b>{}</b>", "A & B"), lazy(lambda: 12345, int)()]


def engine(folded: bool) -> Engine:
    """An engine with these sources, of the product's loader or of Django's."""
    of_sources = ("django.template.loaders.locmem.Loader", SOURCES)
    loader = "common.template_folding.Loader" if folded else "django.template.loaders.cached.Loader"
    return Engine(loaders=[(loader, [of_sources])], libraries=LIBRARIES)


def rendered(template: Template, **context: object) -> str:
    """The page, rendered twice: what is kept must be what was rendered."""
    first, second = template.render(Context(context)), template.render(Context(context))
    assert first == second
    return first


@pytest.mark.parametrize(
    "context",
    [
        {},
        *({"name": value} for value in VALUES),
        {"args": ["w01-a", "w02-b", 7, mark_safe("w03-c")], "csrf_token": "abc"},
    ],
)
@pytest.mark.parametrize("name", SOURCES)
def test_folded_templates_render_what_djangos_do(name, context):
    folded, plain = engine(True).get_template(name), engine(False).get_template(name)
    for language in ("en", "es", None):
        with override(language):
            assert rendered(folded, **context) == rendered(plain, **context)


def test_numbers_follow_the_settings(settings):
    folded, plain = engine(True).get_template("values.html"), engine(False).get_template("values.html")
    settings.USE_THOUSAND_SEPARATOR = True
    assert "12,345,678" in rendered(folded, name=12345678) == rendered(plain, name=12345678)


def test_constant_neighbors_are_one_node():
    first = engine(True).get_template("page.html").nodelist[0]
    assert isinstance(first, ConstantsNode)
    assert "/today/" in first.render(Context())
    assert "img/mark" in first.render(Context())


def test_a_page_shows_a_changed_text_at_once():
    template = engine(True).get_template("page.html")
    assert ">Today<" in rendered(template)
    apply_overrides([TextOverride(language="en", original="Today", text="This day", key="x")])
    try:
        assert ">This day<" in rendered(template)
    finally:
        apply_overrides([])
    assert ">Today<" in rendered(template)


def test_addresses_follow_the_prefix_of_the_request():
    template = engine(True).get_template("page.html")
    assert 'href="/today/"' in rendered(template)
    try:
        set_script_prefix("/elsewhere/")
        assert 'href="/elsewhere/today/"' in rendered(template)
    finally:
        set_script_prefix("/")
    assert 'href="/today/"' in rendered(template)


@pytest.mark.django_db
def test_the_products_pages_are_folded(client: Client):
    response = client.get("/safety/")
    base = next(one for one in response.templates if one.name == "base.html")
    assert any(isinstance(one, ConstantsNode) for one in base.nodelist)
