"""The best bundle in words: what to take, what was dropped and why, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.possible import one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.reports.document.models import Bundle
    from policy_match.reports.document.values import Member, Value
    from policy_match.reports.words.vocabulary import Vocabulary


def best_words(best: Bundle | None, words: Vocabulary) -> tuple[str, ...]:
    """Return the lines that tell of the best bundle; none where there is none."""
    return () if best is None else tuple(_lines(best, words))


def best_remarks(best: Bundle | None, words: Vocabulary) -> tuple[str, ...]:
    """Return what its computation does not tell: what to choose, the next best."""
    return () if best is None else tuple(_remarks(best, words))


def _lines(best: Bundle, words: Vocabulary) -> Iterator[str]:
    value = _money(best.value, words)
    yield words.label("best-take", policies=_named(best.policies, words), value=value)
    for dropped in best.dropped:
        yield words.label(
            "best-dropped",
            policy=words.policy(dropped.policy),
            rivals=_named(dropped.instead, words),
            less=_money(dropped.less, words),
        )
    yield from _remarks(best, words)


def _remarks(best: Bundle, words: Vocabulary) -> Iterator[str]:
    for fact, option in best.options.items():
        spec = words.program.facts[fact]
        yield words.label(
            "best-option",
            title=words.title(fact),
            option=words.value(one(option), spec),
        )
    for cut in best.cut:
        kept = _money(cut.kept, words)
        yield words.label("best-cut", policy=words.policy(cut.policy), kept=kept)
    if best.runner_up is not None:
        other = best.runner_up
        yield words.label(
            "best-next",
            policies=_with(_named(other.policies, words), other.options, words),
            less=_money(other.less, words),
        )
    for form, rate in words.program.worth.items():
        forms = {words.program.by_id[policy].form for policy in best.policies}
        if rate.says and form in forms:
            yield words.text(rate.says)
    if not best.certain:
        yield words.label("best-uncertain")


def _money(value: Value, words: Vocabulary) -> str:
    return words.money(value.number)


def _named(policies: Sequence[str], words: Vocabulary) -> str:
    if not policies:
        return words.label("best-none")
    return words.listed(f"“{words.policy(name)}”" for name in policies)


def _with(text: str, options: Mapping[str, Member], words: Vocabulary) -> str:
    if not options:
        return text
    told = (
        words.value(one(option), words.program.facts[fact])
        for fact, option in options.items()
    )
    return words.label("best-with", policies=text, options=words.listed(told))
