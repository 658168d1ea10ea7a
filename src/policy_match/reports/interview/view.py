"""The questions of an interview in words."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.advice.interview import written
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Interval
from policy_match.reports.readings.summary import counts, totals
from policy_match.reports.views.amounts import money_total
from policy_match.reports.views.questions import aims, stake_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from policy_match.advice.planner import Question
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Finding

_ROUND = 100
"""Steps of a number at which people read it as whole: a yuan, a per cent."""


class Offer(NamedTuple):
    """An answer to choose: the key to press, what a profile says, in words."""

    key: str
    value: str
    words: str


def tally(
    findings: Collection[Finding], steps: tuple[int, int], words: Vocabulary
) -> Iterator[str]:
    """Yield how the answer stands: the step, how many there may be, money, outcomes.

    `steps` are this one, counted from one, and the most that may still come.
    """
    findings = direct(findings)
    found = {outcome.value: n for outcome, n in counts(findings).items()}
    step, left = steps
    yield words.label("interview-tally", step=step, left=left, **found)
    sums = [
        words.label(
            "interview-sum",
            form=words.label(f"form-{form}"),
            worth=money_total(worth, words),
        )
        for form, worth in totals(findings).items()
    ]
    if sums:
        listed = words.label("semicolon").join(sums)
        yield words.label("interview-money", sums=listed)


def direct(findings: Collection[Finding]) -> list[Finding]:
    """Return the findings that an answer shows: those that reach a firm itself."""
    return [found for found in findings if not found.policy.indirect]


# ---- answers to choose from


def offers(
    spec: FactSpec, ranges: Sequence[Interval], words: Vocabulary
) -> tuple[Offer, ...]:
    """Return the answers to choose from: members by number, ranges by letter.

    Where a number is asked for, a number is what is typed.
    """
    if spec.type is FactType.BOOL:
        found = [("yes", words.label("yes")), ("no", words.label("no"))]
    elif spec.members:
        found = [(member, words.member(member, spec)) for member in spec.members]
    else:
        found = [(written(part, spec), _range(part, spec, words)) for part in ranges]
    if spec.may_be_none and (found or spec.type is FactType.DATE):
        found.append(("none", words.label("none")))
    keys = "abcdefghi" if spec.type.numeric else "123456789"
    return tuple(
        Offer(keys[place] if place < len(keys) else "", *one)
        for place, one in enumerate(found)
    )


def _range(part: Interval, spec: FactSpec, words: Vocabulary) -> str:
    """Return a range between two limits as people say it."""
    if part.low == part.high or (
        spec.type.step == 1 and {part.low, part.high}.isdisjoint(_ends(spec))
    ):
        return words.interval(part, spec.type, words.text(spec.unit))
    low = high = ""
    if part.low not in _ends(spec):
        low = _low(part.low, spec, words)
    if part.high not in _ends(spec):
        high = _high(part.high, spec, words)
    if low and high:
        return words.label("bracket-both", low=low, high=high)
    return low or high


def _ends(spec: FactSpec) -> tuple[Number, ...]:
    whole = spec.unknown
    inner = (whole.low, whole.high) if isinstance(whole, Interval) else ()
    return (-inf, inf, *inner)


def _low(number: Number, spec: FactSpec, words: Vocabulary) -> str:
    step = spec.type.step
    if spec.type is FactType.DATE:
        return words.label("bracket-from-day", low=_said(number, spec, words))
    if step == 1 or number % (step * _ROUND) == 0:
        return words.label("bracket-from", low=_said(number, spec, words))
    return words.label("bracket-over", low=_said(number - step, spec, words))


def _high(number: Number, spec: FactSpec, words: Vocabulary) -> str:
    step = spec.type.step
    if spec.type is FactType.DATE:
        return words.label("bracket-until-day", high=_said(number, spec, words))
    if step == 1 or number % (step * _ROUND) == 0:
        return words.label("bracket-upto", high=_said(number, spec, words))
    return words.label("bracket-under", high=_said(number + step, spec, words))


def _said(number: Number, spec: FactSpec, words: Vocabulary) -> str:
    return words.amount(number, spec.type, words.text(spec.unit))


# ---- what helps to answer


def explained(question: Question, words: Vocabulary) -> Iterator[str]:
    """Yield what helps to answer: what counts and where it stands, how to write it."""
    program = words.program
    spec = program.facts[question.fact]
    definition = words.text(spec.definition)
    if definition:
        yield definition
    if spec.paper:
        paper = words.text(program.papers[spec.paper])
        yield words.label("interview-paper", paper=paper)
    cited = words.label("comma").join(words.cites(spec.cite))
    if cited:
        yield words.label("basis", cites=cited)
    if spec.elected:
        yield words.label("interview-elected")
    if spec.type.numeric or spec.type is FactType.LIST:
        yield words.label(f"enter-{spec.type.value}", unit=words.text(spec.unit))
    if spec.may_be_none and not spec.type.numeric:
        yield words.label("profile-none")
    stake = stake_words(question.worth, words)
    if stake:
        yield words.label("interview-stake", worth=stake)
    yield from aims(question.settles, question.may_settle, question.narrows, words)
