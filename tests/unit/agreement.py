"""Both backends asked about the same firms, and the facts firms have in tests."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from policy_match.advice.planner import ranked
from policy_match.backends.forward_chaining import ForwardChaining
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval, exactly, one
from policy_match.domain.texts import NO_TEXT
from policy_match.semantics.assessment import assess
from tests.unit import small_programs as s

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment

YES, NO = one(member=True), one(member=False)
QUOTED = 'quo"ted\\ 中文'
"""A member that is hard on whoever quotes badly."""
MEMBERS = {"small": NO_TEXT, QUOTED: NO_TEXT, "large": NO_TEXT}
FACTS = [
    s.fact("x"),
    s.fact("y"),
    s.fact("flag", FactType.BOOL),
    s.fact("flag2", FactType.BOOL),
    s.fact("size", FactType.ENUM, members=MEMBERS, may_be_none=True),
    s.fact("code", FactType.CODE, may_be_none=True),
    s.fact("on", FactType.DATE, may_be_none=True),
    s.fact("word", FactType.TEXT),
    s.fact("quarters", FactType.LIST),
]
NUMBERS: list[Possible] = [
    exactly(3),
    exactly(Fraction(10, 3)),
    exactly(0),
    Interval(2, 4),
    Interval(-1, 1),
    Interval(3, inf),
    Interval(-inf, 3),
    Interval(0, 5),
    exactly(10**30),
    exactly(-(10**30)),
]


def agree(program: Program, *firms: Mapping[str, Possible]) -> list[Assessment]:
    """Check that both say the same of each firm, and return what they say."""
    matcher = ForwardChaining(program)
    answers = []
    for given in firms:
        expected, found = assess(program, Facts(given)), matcher.match(Facts(given))
        assert found.backend == "durable-rules"
        assert found.findings == expected.findings
        assert found.values == expected.values
        assert ranked(found) == ranked(expected)
        assert found.warnings == expected.warnings
        answers.append(found)
    matcher.close()
    return answers


def outcomes(answers: list[Assessment]) -> list[str]:
    """Return the outcome of the first policy for each firm."""
    return [str(answer.findings[0].outcome) for answer in answers]
