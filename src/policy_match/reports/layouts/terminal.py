"""Columns, lines and colours of a terminal, where a Chinese character is two wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from wcwidth import wcswidth, wcwidth

from policy_match.language.messages import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER_FIRST = frozenset("，。；：、？！）】》〉〕”’%‰)]},.;:?!")
_NEVER_LAST = frozenset("（【《〈〔“‘([{")
_WIDE = 2
_NARROWEST = 8
_STYLES: dict[str, dict[str, bool | str]] = {
    "met": {"fg": "green"},
    "failed": {"fg": "red"},
    "open": {"fg": "yellow"},
    "fact": {"dim": True},
    "dim": {"dim": True},
    "bold": {"bold": True},
    "heading": {"bold": True, "underline": True},
    "money": {"fg": "green", "bold": True},
    "ask": {"fg": "yellow"},
}


@dataclass(frozen=True)
class Screen:
    """How wide lines may be, and whether they are coloured."""

    width: int = 80
    color: bool = False

    def style(self, text: str, kind: str) -> str:
        """Return a text in the style of its kind, where colour is asked for."""
        if not self.color or not text:
            return text
        return click.style(text, **_STYLES[kind])  # type: ignore[arg-type]

    def rule(self, char: str = "─") -> str:
        """Return a line across the whole width."""
        return self.style(char * self.width, "dim")

    def wrapped(
        self, text: str, first: str = "", rest: str | None = None, kind: str = ""
    ) -> Iterator[str]:
        """Yield a text as lines, the first after `first`, the others after `rest`."""
        text = clean(text)
        lead, rest = first, " " * columns(first) if rest is None else rest
        for line in wrap(text, self.width - max(columns(first), columns(rest))):
            yield lead + (self.style(line, kind) if kind else line)
            lead = rest

    def sides(self, left: str, right: str, kinds: tuple[str, str]) -> Iterator[str]:
        """Yield `left` at the left and `right` at the right: on one line if it fits."""
        left, right = clean(left), clean(right)
        if not right:
            yield from self.wrapped(left, kind=kinds[0])
            return
        gap = self.width - columns(left) - columns(right)
        styled = self.style(right, kinds[1])
        if gap >= _WIDE:
            yield self.style(left, kinds[0]) + " " * gap + styled
            return
        yield from self.wrapped(left, rest="  ", kind=kinds[0])
        for line in wrap(right, self.width - _WIDE):
            space = " " * (self.width - columns(line))
            yield space + self.style(line, kinds[1])


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("研发R&D")
    7
    """
    return max(wcswidth(text), 0)


def padded(text: str, width: int) -> str:
    """Return a text filled up with blanks to a number of columns."""
    return text + " " * (width - columns(text))


def flowed(parts: list[str], width: int) -> Iterator[str]:
    """Yield parts side by side, as many on a line as fit, none of them broken."""
    line = ""
    for part in parts:
        longer = f"{line}   {part}" if line else part
        if line and columns(longer) > width:
            yield line
            longer = part
        line = longer
    yield line


def shortened(text: str, width: int) -> str:
    """Return a text that takes at most `width` columns, with an ellipsis if cut."""
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for char in text:
        used += max(wcwidth(char), 0)
        if used > width:
            break
        kept += char
    return kept.rstrip(" ，、；：,;:") + "…"


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns.

    Chinese breaks between any two characters, but no line starts with a closing
    mark or ends with an opening one; a Latin word or a number stays whole. What
    is indented beyond the screen is still given a few columns.
    """
    width = max(width, _NARROWEST)
    line, used = "", 0
    for word in _words(text):
        size = columns(word)
        if line and used + columns(word.rstrip()) > width:
            yield line.rstrip()
            word = word.lstrip()  # noqa: PLW2901
            line, used, size = "", 0, columns(word)
        while size > width:
            head = _fitting(word, width)
            yield head
            word = word[len(head) :]  # noqa: PLW2901
            size = columns(word)
        line, used = line + word, used + size
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Yield the parts that a line may not break, each with the blanks after it."""
    word = ""
    for char in text:
        if word and _may_break(word[-1], char):
            yield word
            word = ""
        word += char
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    wide = wcwidth(before) == _WIDE or wcwidth(after) == _WIDE
    return before == " " or wide


def _fitting(word: str, width: int) -> str:
    kept = ""
    for char in word:
        if kept and columns(kept + char) > width:
            break
        kept += char
    return kept
