"""The interview is short, and nothing is left to change when it stops."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from policy_match.assessment import assess
from policy_match.domain.facts import Facts, FactSpec, FactType
from policy_match.domain.possible import exactly, one
from policy_match.planner import Planner
from tests.properties import vocabulary as v
from tests.properties.claims import contradicted
from tests.properties.firms import exactly as as_known
from tests.properties.small_domains import SmallAuthor, small_firms, small_programs
from tests.properties.strategies import completions

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

Given = dict[str, "Possible"]
State = frozenset[tuple[str, "Possible"]]


def _bool(id_: str) -> FactSpec:
    return FactSpec(id_, FactType.BOOL, v.text(id_))


FEW = {
    spec.id: spec
    for spec in (
        _bool("private"),
        _bool("export"),
        _bool("urban"),
        _bool("barred"),
        FactSpec("people", FactType.INT, v.text("people"), low=0, high=2),
        FactSpec("kind", FactType.ENUM, v.text("kind"), members=v.enum_of(*v.KINDS)),
    )
}
ANSWERS: dict[str, tuple[Possible, ...]] = {
    **{f: (one(True), one(False)) for f in ("private", "export", "urban", "barred")},  # noqa: FBT003
    "people": tuple(exactly(n) for n in range(3)),
    "kind": tuple(one(kind) for kind in v.KINDS),
}


class FewFactsAuthor(SmallAuthor):
    """Writes rulebooks over a handful of facts, without means of lists."""

    focus = ("bound", "member", "truth", "truth")


@st.composite
def few_fact_programs(draw: DrawFn) -> Program:
    """Draw a rulebook whose every interview can be played through."""
    author = FewFactsAuthor(draw)
    author.facts = {**FEW, "quarters": FactSpec("quarters", FactType.LIST, v.text("q"))}
    return author.program()


def expected(choose: Callable[[Given], str | None]) -> Fraction:
    """Return how many questions are asked on average over all complete firms."""

    def asked(known: Given) -> Fraction:
        fact = choose(known)
        if fact is None:
            return Fraction(0)
        answers = ANSWERS[fact]
        below = sum((asked({**known, fact: a}) for a in answers), Fraction(0))
        return 1 + below / len(answers)

    return asked({})


def shortest(program: Program) -> Fraction:
    """Return the fewest questions that any order needs on average."""
    known_states: dict[State, Fraction] = {}

    def least(known: Given) -> Fraction:
        state = frozenset(known.items())
        if state not in known_states:
            answer = assess(program, Facts(known))
            open_ = {f for x in answer.findings for f in x.missing} & ANSWERS.keys()
            options = [
                sum((least({**known, fact: a}) for a in ANSWERS[fact]), Fraction(0))
                / len(ANSWERS[fact])
                for fact in sorted(open_)
            ]
            known_states[state] = 1 + min(options) if options else Fraction(0)
        return known_states[state]

    return least({})


@given(few_fact_programs())
def test_the_interview_is_nearly_as_short_as_can_be(program: Program) -> None:
    """At most 15 per cent more questions than the best order needs."""
    planner = Planner(program)

    def choose(known: Given) -> str | None:
        following = [n.fact for n in planner.following(known, ("quarters",))]
        return following[0] if following else None

    assert expected(choose) <= shortest(program) * Fraction(115, 100)


@given(small_programs(), small_firms(), st.data())
def test_when_it_stops_no_other_answer_changes_anything(
    program: Program, firm: Given, data: st.DataObject
) -> None:
    """Outcome, tier and amount hold for every completion of what was not asked."""
    planner = Planner(program, states=1)
    complete = data.draw(completions(program, firm))
    known = dict(firm)
    while following := planner.following(known):
        fact = following[0].fact
        assert fact not in known or not known[fact].settled
        known[fact] = as_known(program.facts[fact], complete[fact])
    answer = assess(program, Facts(known))
    for found in answer.findings:
        assert found.missing == ()
    other = data.draw(completions(program, known))
    assert list(contradicted(answer, other, Fraction(1, 2))) == []
