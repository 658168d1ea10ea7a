"""What a front end is told before it asks a question, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from policy_match.domain.facts import FactType, Settler
from policy_match.domain.incentives import Form
from policy_match.reports.document.values import Part, Value
from policy_match.reports.interview.view import direct, explained, offers
from policy_match.reports.readings.summary import counts, totals
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_match.advice.interview import Interview
    from policy_match.advice.planner import Next
    from policy_match.semantics.outcome import Finding

SCHEMA: Final = "policy-match/questions/1"


@dataclass(frozen=True, kw_only=True)
class Tally(Part):
    """How the answer stands: policies by outcome, money by form."""

    eligible: int
    ineligible: int
    undetermined: int
    amount: Mapping[Form, Value]


@dataclass(frozen=True, kw_only=True)
class Choice(Part):
    """An answer to offer; of a number, a range."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question(Part):
    """A fact to ask for, what helps to answer, and what an answer helps to settle."""

    fact: str
    type: FactType
    title: str
    asks: str
    definition: str | None
    cite: tuple[str, ...]
    unit: str | None
    explanation: tuple[str, ...]
    values: Mapping[str, str] | None
    choices: tuple[Choice, ...]
    may_be_none: bool
    elected: bool
    settled_by: Settler
    settles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Questions(Part):
    """The questions that can still change something, the best one first."""

    schema: Literal["policy-match/questions/1"]
    on: date
    done: bool
    remaining: int
    tally: Tally
    questions: tuple[Question, ...]


def document(
    interview: Interview, findings: Collection[Finding], lang: str
) -> Questions:
    """Return the tally, and the questions to ask; none once nothing can change."""
    words = Vocabulary.of(interview.program, lang)
    following = interview.questions()
    found = direct(findings)
    number = counts(found)
    return Questions(
        schema=SCHEMA,
        on=interview.on,
        done=not following,
        remaining=len(following),
        tally=Tally(
            eligible=number[Outcome.ELIGIBLE],
            ineligible=number[Outcome.INELIGIBLE],
            undetermined=number[Outcome.UNDETERMINED],
            amount={
                form: Value(worth, FactType.MONEY)
                for form, worth in totals(found).items()
            },
        ),
        questions=tuple(_question(one, interview, words) for one in following),
    )


def _question(question: Next, interview: Interview, words: Vocabulary) -> Question:
    spec = words.program.facts[question.fact]
    ranges = interview.brackets(spec.id)
    return Question(
        fact=spec.id,
        type=spec.type,
        title=words.title(spec.id),
        asks=words.question(spec.id),
        definition=words.text(spec.definition) or None,
        cite=tuple(words.cite(cite) for cite in spec.cite),
        unit=words.text(spec.unit) or None,
        explanation=tuple(explained(question, words)),
        values={m: words.member(m, spec) for m in spec.members} or None,
        choices=tuple(
            Choice(value=offer.value, label=offer.words)
            for offer in offers(spec, ranges, words)
        ),
        may_be_none=spec.may_be_none,
        elected=spec.elected,
        settled_by=spec.settled_by,
        settles=question.settles,
    )
