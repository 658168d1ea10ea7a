"""The best bundle in words: what to take, what was dropped and why, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.possible import one
from policy_match.reports.readings.summary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Best, Option


def best_words(best: Best | None, words: Vocabulary) -> tuple[str, ...]:
    """Return the lines that tell of the best bundle; none where there is none."""
    return () if best is None else tuple(_lines(best, words))


def _lines(best: Best, words: Vocabulary) -> Iterator[str]:
    value = words.money(rounded(best.value))
    yield words.label("best-take", policies=_named(best.policies, words), value=value)
    for fact, option in best.options:
        spec = words.program.facts[fact]
        yield words.label(
            "best-option",
            title=words.title(fact),
            option=words.value(one(option), spec),
        )
    for policy, instead, less in best.dropped:
        yield words.label(
            "best-dropped",
            policy=words.policy(policy),
            rivals=_named(instead, words),
            less=words.money(rounded(less)),
        )
    for policy, kept in best.cuts:
        kept_ = words.money(rounded(kept))
        yield words.label("best-cut", policy=words.policy(policy), kept=kept_)
    if best.runner_up is not None:
        other = best.runner_up
        yield words.label(
            "best-next",
            policies=_with(_named(other.policies, words), other.options, words),
            less=words.money(rounded(other.less)),
        )
    for form, rate in words.program.worth.items():
        forms = {words.program.by_id[policy].form for policy in best.policies}
        if rate.says and form in forms:
            yield words.text(rate.says)
    if not best.certain:
        yield words.label("best-uncertain")


def _named(policies: Sequence[str], words: Vocabulary) -> str:
    if not policies:
        return words.label("best-none")
    return words.listed(f"“{words.policy(name)}”" for name in policies)


def _with(text: str, options: Sequence[Option], words: Vocabulary) -> str:
    if not options:
        return text
    told = (
        words.value(one(option), words.program.facts[fact]) for fact, option in options
    )
    return words.label("best-with", policies=text, options=words.listed(told))
