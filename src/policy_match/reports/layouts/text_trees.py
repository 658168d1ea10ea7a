"""A tree of evidence on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.words import label
from policy_match.reports.layouts.terminal import columns, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.reports.layouts.terminal import Screen
    from policy_match.reports.views.view import Node

MARKS = {"met": "✓", "failed": "✗", "open": "?", "fact": "·"}
_INDENT = "    "


def evidence_lines(
    nodes: Sequence[Node], screen: Screen, lang: str, lead: str = _INDENT
) -> Iterator[str]:
    """Yield a tree, a condition a line, with what decides below it."""
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        here, below = lead + ("└ " if last else "├ "), lead + ("  " if last else "│ ")
        yield from _node(node, screen, lang, here, below)
        yield from evidence_lines(node.of, screen, lang, below)


def _node(
    node: Node, screen: Screen, lang: str, here: str, below: str
) -> Iterator[str]:
    mark = screen.style(MARKS[node.mark], node.mark)
    start = f"{here}{mark} "
    used = columns(here) + 2
    key = "firm-value" if node.mark != "fact" else ""
    value = label(key, lang, value=node.value) if key and node.value else node.value
    words = node.words
    gap = screen.width - used - columns(words) - columns(value)
    inner = below + ("│ " if node.of else "  ")
    if value and gap > 1:
        yield f"{start}{words}{' ' * gap}{screen.style(value, node.mark)}"
    else:
        for line in wrap(words, screen.width - used):
            yield start + line
            start = inner
        if value:
            space = " " * max(screen.width - columns(inner) - columns(value), 0)
            if space:
                yield inner + space + screen.style(value, node.mark)
            else:
                yield from screen.wrapped(value, inner, inner, node.mark)
    for text in node.thresholds:
        yield from screen.wrapped(text, inner, inner, "dim")
    if node.cites:
        cites = label("comma", lang).join(node.cites)
        basis = label("basis", lang, cites=cites)
        yield from screen.wrapped(basis, inner, inner, "dim")
    if node.why:
        yield from screen.wrapped(label("why", lang, why=node.why), inner, inner, "dim")
