"""The best bundle in words: what to take, what was dropped and why, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import one
from policy_match.reports.document.values import interval
from policy_match.reports.views.summary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.domain.possible import Interval
    from policy_match.reports.document.evidence import Object
    from policy_match.reports.document.values import Json
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


def best_object(best: Best | None) -> Json:
    """Return the best bundle as data, None where there is nothing to choose."""
    if best is None:
        return None
    other = best.runner_up
    return {
        "policies": [*best.policies],
        "value": _money(best.value),
        "options": _options(best.options),
        "certain": best.certain,
        "runner_up": None
        if other is None
        else {
            "policies": [*other.policies],
            "value": _money(other.value),
            "options": _options(other.options),
            "less": _money(other.less),
        },
        "dropped": [
            {"policy": policy, "instead": [*instead], "less": _money(less)}
            for policy, instead, less in best.dropped
        ],
        "cut": [{"policy": policy, "kept": _money(kept)} for policy, kept in best.cuts],
    }


def _money(value: Interval) -> Json:
    return interval(rounded(value), FactType.MONEY)


def _options(options: Sequence[Option]) -> Object:
    return dict(options)
