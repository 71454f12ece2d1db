"""Templates whose constant parts are rendered once: translated texts, addresses of pages and files, icons.

Django renders each such node anew for each page, a hundred on a page of a member. What a page fills in is rendered with
fewer steps, to the same text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any, TypeVar

from django.conf import settings
from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.fragments import texts_version

Tag = TypeVar("Tag", bound=Callable[..., Any])
Version = tuple[int, str | None]  # of the texts, and the language

SILENT = (CommentNode, LoadNode)
OPTIONS_OF_SENTENCE = (
    "extra_context",
    "singular",
    "plural",
    "countervar",
    "counter",
    "message_context",
    "trimmed",
    "asvar",
    "tag_name",
)
_constant_tags: set[Callable[..., Any]] = set()


def constant_tag(tag: Tag) -> Tag:
    """Mark a simple tag whose output depends on nothing but its arguments, in one process."""
    _constant_tags.add(tag)
    return tag


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


def _version_for(context: Context) -> Version | None:
    """Return the version of the constants on a page, looked for once a page; None where they are not to be kept."""
    try:
        found: Version | None = context.__dict__["version_of_constants"]
    except KeyError:
        is_kept = get_script_prefix() == "/"  # addresses begin with it
        found = (texts_version(), get_language()) if is_kept else None
        context.__dict__["version_of_constants"] = found
    return found


class ValueNode(VariableNode):
    """A variable; of texts and whole numbers, which most are, without looking how each language writes numbers."""

    def render(self, context: Context) -> str:
        """Return the value as Django writes it."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is str:
            return escape(value) if context.autoescape else value
        if kind is SafeString:
            return value
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:  # no language writes it otherwise
            return str(value)
        return render_value_in_context(value, context)


class SentenceNode(BlockTranslateNode):
    """A translated block, whose source text is put together once and not for each page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = filter(None, (self.singular, self.plural))
        self._sources = {id(tokens): super(SentenceNode, self).render_token_list(tokens) for tokens in parts}

    def render_token_list(self, tokens: list[Any]) -> tuple[str, list[str]]:
        """Return the source text and the names of the variables in it."""
        text, names = self._sources[id(tokens)]
        return text, list(names)


class _FoldingLoader(base.Loader):
    """Folds a template once it is compiled, before anybody can render it."""

    _folding = threading.RLock()

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._begun: list[str] = []  # names of the templates being folded, each included by the one before

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return the folded template. Raise TemplateDoesNotExist."""
        template = super().get_template(template_name, skip)
        with self._folding:
            self._begun.append(template_name)
            try:
                self._fold(template.nodelist)
            finally:
                self._begun.pop()
        return template

    def _fold(self, nodes: NodeList) -> None:
        """Replace the constant nodes, and those within the others."""
        for node in nodes:
            for inner in _nodelists_of(node):
                self._fold(inner)
        spoken = [one for node in nodes if not isinstance(node, SILENT) for one in self._inlined(node)]
        folded = [
            one for constant, group in groupby(spoken, _is_constant) for one in _joined(constant, group)
        ]
        nodes[:] = map(_shortened, folded)

    def _inlined(self, node: Node) -> list[Node]:
        """Return the nodes of the template that `node` includes if all are constant, else the node itself."""
        if not isinstance(node, IncludeNode) or node.extra_context or not _is_literal(node.template):
            return [node]
        name = str(node.template.var)
        if name in self._begun or name.startswith("."):
            return [node]
        try:
            nodes = list(self.engine.get_template(name).nodelist)
        except TemplateDoesNotExist:  # an error only where it is rendered
            return [node]
        return nodes if all(map(_is_constant, nodes)) else [node]


class Loader(cached.Loader, _FoldingLoader):
    """Django's cached loader, of folded templates."""


def _nodelists_of(node: Node) -> Iterator[NodeList]:
    """Yield the lists of nodes that a node renders, those of an {% if %} included."""
    yield from (nodes for _condition, nodes in getattr(node, "conditions_nodelists", ()))
    for name in node.child_nodelists:
        if isinstance(nodes := node.__dict__.get(name), NodeList):
            yield nodes


def _joined(is_constant: bool, nodes: Iterator[Node]) -> list[Node]:
    found = list(nodes)
    is_worth_it = is_constant and not all(isinstance(one, TextNode) for one in found)
    return [ConstantsNode(found)] if is_worth_it else found


def _shortened(node: Node) -> Node:
    """Return the node that renders the same in fewer steps, else itself."""
    short: Node
    if type(node) is VariableNode:
        short = ValueNode(node.filter_expression)
    elif type(node) is BlockTranslateNode:
        short = SentenceNode(**{name: getattr(node, name) for name in OPTIONS_OF_SENTENCE})
    else:
        return node
    short.token, short.origin = node.token, node.origin
    return short


def _is_constant(node: Node) -> bool:
    """Return whether a node renders the same in each context."""
    match node:
        case TextNode() | ConstantsNode():
            return True
        case TranslateNode():
            return node.asvar is None and _are_literal(node.filter_expression, node.message_context)
        case BlockTranslateNode():
            return _is_plain_text(node)
        case URLNode():  # a name in a namespace may depend on the current page
            name = node.view_name
            return (
                node.asvar is None
                and _are_literal(name, *node.args)
                and not node.kwargs
                and ":" not in name.var
            )
        case StaticNode():
            return node.varname is None and _is_literal(node.path)
        case SimpleNode():
            return node.func in _constant_tags and node.target_var is None and _are_literal(*node.args)
    return False


def _is_plain_text(node: BlockTranslateNode) -> bool:
    """Return whether a translated block has no variable, no number and no context."""
    given = node.extra_context or node.plural or node.asvar or node.message_context
    return not given and not node.render_token_list(node.singular)[1]


def _are_literal(*expressions: FilterExpression | None) -> bool:
    return all(one is None or _is_literal(one) for one in expressions)


def _is_literal(expression: FilterExpression) -> bool:
    """Return whether an expression is a text or a number without filters."""
    is_value = not expression.is_var or expression.var.lookups is None
    return is_value and not expression.filters
