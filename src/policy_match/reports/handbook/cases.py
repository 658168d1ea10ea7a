"""An example of a policy in words: the firm, and what the law gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.language.formats import day_words
from policy_match.language.words import label

if TYPE_CHECKING:
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.rulebook.models import ExampleModel
    from policy_match.semantics.outcome import Assessment


class Case(NamedTuple):
    """One example: its day, what is known of the firm, and the answer."""

    day: str
    given: tuple[tuple[str, str], ...]
    outcome: str
    mark: str
    amount: str
    says: str


_MARKS = {"eligible": "met", "ineligible": "failed", "undetermined": "open"}


def case(
    policy: str, model: ExampleModel, assessment: Assessment, words: Vocabulary
) -> Case:
    """Return one example in words."""
    program = assessment.program
    given = tuple(
        (words.title(fact), words.value(value, program.facts[fact]))
        for fact, value in assessment.facts.given.items()
    )
    amount = ""
    if policy in program.by_id:
        benefit = assessment.finding(policy).benefit
        if benefit is not None and benefit.amount is not None:
            amount = words.money(benefit.amount)
    return Case(
        day=day_words(model.on, words.lang),
        given=given or (("", label("nothing-given", words.lang)),),
        outcome=words.label(model.then.outcome),
        mark=_MARKS.get(model.then.outcome, "fact"),
        amount=amount,
        says=words.text(model.says),
    )
