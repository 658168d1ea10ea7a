"""What firms, registers and rulebooks wrote, made harmless: a function a medium.

Control characters, escape sequences and marks that turn the direction of
writing are shown as `�`: a text can change nothing but its own letters.
"""

from __future__ import annotations

import re

from policy_match.language.messages import clean

_OURS = re.compile(r"(\x1b\[(?:0|1|2|4|3[1-3])m)")
"""The sequences with which our own words are coloured."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#!])")
RISKY = r"^\s*[=@+\-＝＠＋－]"
"""How a cell begins that a spreadsheet might take for a formula."""
NUMBER = r"^[+\-]?\d[\d,]*(\.\d+)?%?$"
"""What begins like one, and is only a number."""
_MARKS = (("✓", "√", "yes"), ("✗", "×", "no"))
"""Our marks, what a console in GBK has for them, and words for any other."""
_PLAIN = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "−": "-", "–": "-", "─": "-",
    "·": "-", "…": "...", "→": "->", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=",
}  # fmt: skip


def terminal(text: str) -> str:
    r"""Return lines for a terminal; only our own colours are left in them.

    >>> terminal("\x1b[1ma\x1b[0m\n\x1b[2Jb")
    '\x1b[1ma\x1b[0m\n�[2Jb'
    """
    parts = _OURS.split(text)
    return "".join(x if n % 2 else lines(x) for n, x in enumerate(parts))


def lines(text: str) -> str:
    """Return a text of several lines, each of them cleaned."""
    if text.isprintable():
        return text
    return "\n".join(map(clean, text.split("\n")))


def markdown(text: object) -> str:
    r"""Return a text that Markdown takes as it stands, on one line.

    >>> markdown("a\n# [b](c)")
    'a \\# \\[b\\](c)'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(clean(str(text)).split()))


def cell(text: str) -> str:
    """Return the text of a spreadsheet's cell that is no formula.

    >>> cell("=1+1"), cell("-5"), cell("-5+A1")
    ("'=1+1", '-5', "'-5+A1")
    """
    text = clean(text)
    if re.match(RISKY, text) and not re.match(NUMBER, text):
        return f"'{text}"
    return text


def encodable(text: str, encoding: str) -> str:
    """Return a text without the marks that a console's encoding lacks.

    A mark becomes a word where the encoding has none like it, and never `?`,
    which is the mark for what is open.

    >>> encodable("✓ a ✗ b", "ascii")
    'yes a no b'
    """
    if _has(encoding, text):
        return text
    like = all(_has(encoding, other) for _, other, _ in _MARKS)
    instead = {mark: other if like else word for mark, other, word in _MARKS}
    instead |= {a: b for a, b in _PLAIN.items() if not _has(encoding, a)}
    return text.translate({ord(mark): other for mark, other in instead.items()})


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
