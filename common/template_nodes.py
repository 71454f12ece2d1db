"""Nodes of templates that render the same as Django's in fewer steps: the same text for each value, and each error."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.template import Context
from django.template.base import Node, NodeList, VariableNode, render_value_in_context
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.templatetags.i18n import BlockTranslateNode
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from common.fragments import texts_version

Version = tuple[int, str | None]  # of the texts, and the language

MOST_ADDRESSES = 4096


class ConstantsNode(Node):
    """Neighboring nodes that render the same for everybody; kept by language until the therapist changes a text."""

    child_nodelists = ("nodelist",)  # the desk looks through templates for the texts in them

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodelist = NodeList(nodes)
        self.token, self.origin = self.nodelist[0].token, self.nodelist[0].origin  # for error pages
        self._kept: dict[tuple[Version, bool], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the text of all of them."""
        version = _version_for(context)
        if version is None:
            return self._rendered(context)
        text = self._kept.get((version, context.autoescape))
        if text is None:
            text = self._rendered(context)
            newer = {one: kept for one, kept in self._kept.items() if one[0][0] == version[0]}
            self._kept = newer | {(version, context.autoescape): text}
        return text

    def _rendered(self, context: Context) -> SafeString:
        return SafeString("".join(str(node.render_annotated(context)) for node in self.nodelist))


class _InPlaceOf:
    """A node made of the one whose place it takes."""

    def __init__(self, node: Node) -> None:
        self.__dict__.update(node.__dict__)


class ValueNode(_InPlaceOf, VariableNode):
    """A variable; of texts and whole numbers, which most are, without looking how each language writes numbers."""

    def render(self, context: Context) -> str:
        """Return the value as Django writes it."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        return _written(value, context)


class SentenceNode(_InPlaceOf, BlockTranslateNode):
    """A translated block, whose source text is put together once, and translated once for each language."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self._one = self.render_token_list(self.singular)
        self._many = self.render_token_list(self.plural) if self.plural else ("", [])
        self._is_usual = not (self.message_context or self.asvar or (self.counter and self.extra_context))
        self._kept: dict[Version, str] = {}

    def render(self, context: Context, nested: bool = False) -> str:
        """Return the translation with its values; leave to Django what few blocks have, and what fails."""
        if not self._is_usual or nested:
            return super().render(context, nested)
        (text, names), given = self._one, {}
        if self.counter and self.plural:
            count = given[self.countervar] = self.counter.resolve(context)
            if not isinstance(count, (Decimal, float, int)):
                return super().render(context)
            text, names = ngettext(text, self._many[0], cast(float, count)), [*names, *self._many[1]]
        else:
            text = self._translated(text, context)
            given = {name: one.resolve(context) for name, one in self.extra_context.items()}
        try:
            return text % {
                name: _written(given[name] if name in given else context[name], context) for name in names
            }
        except (KeyError, ValueError):
            return super().render(context)

    def _translated(self, text: str, context: Context) -> str:
        version = _version_for(context)
        if version is None:
            return gettext(text)
        found = self._kept.get(version)
        if found is None:
            found = gettext(text)
            newer = {one: kept for one, kept in self._kept.items() if one[0] == version[0]}
            self._kept = newer | {version: found}
        return found


class AddressNode(_InPlaceOf, URLNode):
    """The address of a page, looked for once for the same arguments: sessions, exercises, rows of a list."""

    def render(self, context: Context) -> str:
        """Return the address; leave to Django what is written into a variable or has other arguments."""
        version = _version_for(context)
        if version is None or self.asvar or self.kwargs:
            return super().render(context)
        args = tuple(one.resolve(context) for one in self.args)
        if any(type(one) not in (str, int, UUID) for one in args):
            return super().render(context)
        address = _address(version, str(self.view_name.var), args)
        return escape(address) if context.autoescape else address


class TokenNode(_InPlaceOf, CsrfTokenNode):
    """The token of forms, which is the same for all forms of a page."""

    def render(self, context: Context) -> str:
        """Return the hidden field."""
        try:
            found: str = context.__dict__["field_of_token"]
        except KeyError:
            found = context.__dict__["field_of_token"] = super().render(context)
        return found


@lru_cache(MOST_ADDRESSES)
def _address(_version: Version, name: str, args: tuple[str | int | UUID, ...]) -> str:
    return reverse(name, args=args)


def _version_for(context: Context) -> Version | None:
    """Return the version of what is kept, looked for once a page; None where nothing is to be kept."""
    try:
        found: Version | None = context.__dict__["version_of_kept"]
    except KeyError:
        is_kept = get_script_prefix() == "/"  # addresses begin with it, and a visitor may have made it up
        found = (texts_version(), get_language()) if is_kept else None
        context.__dict__["version_of_kept"] = found
    return found


def _written(value: Any, context: Context) -> str:
    """Return a value as it stands on the page."""
    kind = type(value)
    if kind is str:
        return escape(value) if context.autoescape else value
    if kind is SafeString:
        return value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:  # no language writes it otherwise
        return str(value)
    if kind is float and context.use_l10n is False:  # within {% localize off %}
        return str(value)
    return render_value_in_context(value, context)
