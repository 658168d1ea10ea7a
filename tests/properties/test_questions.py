"""What a question says that it settles, it settles; and no fact is asked in vain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from policy_match.advice.planner import ranked
from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.claims import contradicted
from tests.properties.firms import exactly as as_known
from tests.properties.interviews import small_rulebooks, told
from tests.properties.small_domains import small_firms, small_programs
from tests.properties.strategies import completions

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from tests.properties.interviews import Small

Given = dict[str, "Possible"]


@given(small_programs(), small_firms(), st.data())
def test_any_answer_settles_what_a_question_says_it_does(
    program: Program, firm: Given, data: st.DataObject
) -> None:
    """And of what it may settle something remains open without it."""
    complete = data.draw(completions(program, firm))
    answer = assess(program, Facts(firm))
    open_ = {f.policy.id for f in answer.findings if f.outcome is Outcome.UNDETERMINED}
    for question in ranked(answer):
        fact = question.fact
        known = {**firm, fact: as_known(program.facts[fact], complete[fact])}
        then = assess(program, Facts(known))
        for policy in question.settles:
            assert then.finding(policy).outcome is not Outcome.UNDETERMINED
        assert {*question.settles, *question.may_settle} <= open_


@given(small_programs(), small_firms(), st.data())
def test_when_it_stops_no_other_answer_changes_anything(
    program: Program, firm: Given, data: st.DataObject
) -> None:
    """Outcome, tier and amount hold for every completion of what was not asked."""
    complete = data.draw(completions(program, firm))
    known = dict(firm)
    while following := ranked(assess(program, Facts(known))):
        fact = following[0].fact
        assert fact not in known or not known[fact].settled
        known[fact] = as_known(program.facts[fact], complete[fact])
    answer = assess(program, Facts(known))
    other = data.draw(completions(program, known))
    assert list(contradicted(answer, other, Fraction(1, 2))) == []


@given(small_rulebooks())
def test_a_fact_is_asked_if_and_only_if_it_can_matter(small: Small) -> None:
    """By trying every answer to every fact."""
    program = small.program
    asked = {one.fact for one in ranked(assess(program, Facts({})))}
    assert asked == {fact for fact in program.facts if _matters(small, fact)}


@given(small_rulebooks())
def test_what_a_question_may_settle_some_answer_settles(small: Small) -> None:
    """And every policy that some answer settles by itself is named."""
    program = small.program
    now = assess(program, Facts({}))
    open_ = {f.policy.id for f in now.findings if f.outcome is Outcome.UNDETERMINED}
    for question in ranked(now):
        some: set[str] = set()
        for answer in small.answers(question.fact):
            then = assess(program, Facts({question.fact: answer}))
            some |= {
                f.policy.id
                for f in then.findings
                if f.outcome is not Outcome.UNDETERMINED
            }
        named = {*question.settles, *question.may_settle}
        assert named == open_ & some


def _matters(small: Small, fact: str) -> bool:
    """Return whether two complete firms that differ in one fact alone differ."""
    others = [f for f in small.facts if f != fact]
    return any(
        len({_told(small, {**rest, fact: answer}) for answer in small.answers(fact)})
        > 1
        for rest in _firms(small, others)
    )


def _firms(small: Small, facts: list[str]) -> list[Given]:
    firms: list[Given] = [{}]
    for fact in facts:
        answers = small.answers(fact)
        firms = [{**firm, fact: answer} for firm in firms for answer in answers]
    return firms


def _told(small: Small, firm: Given) -> object:
    return tuple(told(policy, firm) for policy in small.program.policies)
