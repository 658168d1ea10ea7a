"""How the examples of a rulebook have seen each of its conditions, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.checks.coverage import coverage
from policy_match.checks.examples import run_examples
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN
from policy_match.language.words import label

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

_MARKS = ((TRUE, "✓"), (FALSE, "✗"), (UNKNOWN, "?"))


def coverage_page(rulebook: Rulebook, lang: str) -> str:
    """Return a line for each condition: place, truths seen, text; then the sum.

    A truth that no example has shown is left blank.
    """
    found = coverage(run_examples(rulebook))
    where = {test: f"{test.place.file}:{test.place.line}" for test in sorted(found)}
    width = max(map(len, where.values()), default=0)
    lines = []
    for test, place in where.items():
        marks = " ".join(m if truth in found[test] else " " for truth, m in _MARKS)
        lines.append(f"{place:{width}}  {marks}  {test.text}")
    whole = sum(len(truths) == len(_MARKS) for truths in found.values())
    counted = label("conditions-seen", lang, whole=whole, all=len(found))
    return "\n".join([*lines, counted])
