"""Templates whose constant parts are rendered once: translated texts, addresses of pages and files, icons.

Django renders each such node anew for each page, a hundred on a page of a member. What a page fills in is rendered with
fewer steps, to the same text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, TypeVar

from django.template import Engine, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, CsrfTokenNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode

from common.template_nodes import AddressNode, ConstantsNode, FoldedNodes, TokenNode, ValueNode
from common.template_sentences import SentenceNode

Tag = TypeVar("Tag", bound=Callable[..., Any])

SILENT = (CommentNode, LoadNode)
SHORT: dict[type[Node], Callable[[Node], Node]] = {
    VariableNode: ValueNode,
    BlockTranslateNode: SentenceNode,
    URLNode: AddressNode,
    CsrfTokenNode: TokenNode,
}
_constant_tags: set[Callable[..., Any]] = set()


def constant_tag(tag: Tag) -> Tag:
    """Mark a simple tag whose output depends on nothing but its arguments, in one process."""
    _constant_tags.add(tag)
    return tag


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
                template.nodelist = FoldedNodes(template.nodelist)
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
    short = SHORT.get(type(node))
    if short is None or (isinstance(node, URLNode) and not _is_literal(node.view_name)):
        return node
    return short(node)


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
