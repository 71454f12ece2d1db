"""Nodes of templates that render the same as Django's in fewer steps: the same text for each value, and each error."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template import Context
from django.template.base import Node, NodeList, VariableNode, render_value_in_context
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.addresses import kept_address
from common.csrf_tokens import token_of
from common.fragments import texts_version

Version = tuple[int, str | None]  # of the texts, and the language

FORM_FIELD = '<input type="hidden" name="csrfmiddlewaretoken" value="%s">'


class ConstantsNode(Node):
    """Neighboring nodes that render the same for everybody; kept by language until the therapist changes a text."""

    child_nodelists = ("nodelist",)  # the desk looks through templates for the texts in them

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodelist = NodeList(nodes)
        self.token, self.origin = self.nodelist[0].token, self.nodelist[0].origin  # for error pages
        self._kept: dict[tuple[Version, bool], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the text of all of them."""
        version = version_for(context)
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


class FoldedNodes(NodeList):
    """The nodes of a template that never change again, so that those of a kind are looked for once."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._of_kind: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        """Return the nodes of a kind in these, and in those within them."""
        if nodetype not in self._of_kind:
            self._of_kind[nodetype] = super().get_nodes_by_type(nodetype)
        return list(self._of_kind[nodetype])


class InPlaceOf:
    """A node made of the one whose place it takes."""

    def __init__(self, node: Node) -> None:
        self.__dict__.update(node.__dict__)


class ValueNode(InPlaceOf, VariableNode):
    """A variable; of texts and whole numbers, which most are, without looking how each language writes numbers."""

    def render(self, context: Context) -> str:
        """Return the value as Django writes it."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        return written(value, context)


class AddressNode(InPlaceOf, URLNode):
    """The address of a page, looked for once for the same arguments: sessions, exercises, rows of a list."""

    def render(self, context: Context) -> str:
        """Return the address; leave to Django what is written into a variable or has other arguments."""
        if version_for(context) is None or self.asvar or self.kwargs:
            return super().render(context)
        args = tuple(one.resolve(context) for one in self.args)
        if any(type(one) not in (str, int, UUID) for one in args):
            return super().render(context)
        address = kept_address(str(self.view_name.var), *args)
        return escape(address) if context.autoescape else address


class TokenNode(InPlaceOf, CsrfTokenNode):
    """The token of forms, which is the same for all forms of a page."""

    def render(self, context: Context) -> str:
        """Return the hidden field."""
        try:
            found: str = context.__dict__["field_of_token"]
        except KeyError:
            found = context.__dict__["field_of_token"] = self._field(context)
        return found

    def _field(self, context: Context) -> str:
        request = getattr(context, "request", None)
        if request is None:  # Django says what that means
            return str(super().render(context))
        return FORM_FIELD % token_of(request)


def version_for(context: Context) -> Version | None:
    """Return the version of what is kept, looked for once a page; None where nothing is to be kept."""
    try:
        found: Version | None = context.__dict__["version_of_kept"]
    except KeyError:
        is_kept = get_script_prefix() == "/"  # addresses begin with it, and a visitor may have made it up
        found = (texts_version(), get_language()) if is_kept else None
        context.__dict__["version_of_kept"] = found
    return found


def written(value: Any, context: Context) -> str:
    """Return a value as it stands on the page."""
    if isinstance(value, Promise):  # a text to be translated
        value = str(value)
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
