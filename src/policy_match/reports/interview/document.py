"""What a front end is told before it asks a question, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from policy_match.advice.planner.steps import Kind
from policy_match.domain.facts import FactType, Nature, Settler
from policy_match.domain.incentives import Form
from policy_match.reports.document.values import Part, Range, Value
from policy_match.reports.interview.view import direct, explained, offers
from policy_match.reports.readings.summary import counts, totals
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_match.advice.interview import Interview
    from policy_match.advice.planner import Question as Asked
    from policy_match.advice.planner import Step
    from policy_match.semantics.outcome import Finding

SCHEMA: Final = "policy-match/questions/1"


class Tally(Part):
    """How the answer stands: policies by outcome, money by form."""

    eligible: int
    ineligible: int
    undetermined: int
    amount: Mapping[Form, Value]


class Choice(Part):
    """An answer to offer; of a number, a range."""

    value: str
    label: str


class Question(Part):
    """A fact to ask for, what helps to answer, and what an answer helps to settle.

    `settles`, `may_settle`, `narrows` and `worth` are as in the JSON of `check`.
    """

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
    nature: Nature | None
    theme: str | None
    paper: str | None
    settles: tuple[str, ...]
    may_settle: tuple[str, ...]
    narrows: tuple[str, ...]
    worth: Mapping[Form, Range]


class Next(Part):
    """What one screen asks now: a fact, a list of ticks, or what a paper shows."""

    kind: Kind
    facts: tuple[str, ...]
    title: str | None


class Questions(Part):
    """The questions that can still change something, the best one first."""

    schema: Literal["policy-match/questions/1"]
    on: date
    done: bool
    remaining: int
    tally: Tally
    next: Next | None
    questions: tuple[Question, ...]


def document(
    interview: Interview, findings: Collection[Finding], lang: str
) -> Questions:
    """Return the tally, and the questions to ask; none once nothing can change.

    Ranges of a number to choose from are told of what is asked now.
    """
    words = Vocabulary.of(interview.program, lang)
    following = interview.questions()
    step = interview.next(following)
    now: frozenset[str] = frozenset(step.facts if step else ())
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
        next=_next(step, words),
        questions=tuple(
            _question(one, interview, words, asked=one.fact in now) for one in following
        ),
    )


def _next(step: Step | None, words: Vocabulary) -> Next | None:
    if step is None:
        return None
    paper = words.program.facts[step.facts[0]].paper
    papers = words.program.papers
    title = words.text(papers[paper]) if step.kind == "form" else None
    return Next(kind=step.kind, facts=step.facts, title=title)


def _question(
    question: Asked, interview: Interview, words: Vocabulary, *, asked: bool
) -> Question:
    spec = words.program.facts[question.fact]
    ranges = interview.choices(spec.id) if asked else ()
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
        nature=spec.nature,
        theme=spec.theme or None,
        paper=spec.paper or None,
        settles=question.settles,
        may_settle=question.may_settle,
        narrows=question.narrows,
        worth={form: Range(gain) for form, gain in question.worth.items()},
    )
