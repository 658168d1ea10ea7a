"""The services that a letter names besides: whoever may use them claims nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.screening.statuses import UNASKED
from policy_match.semantics.claiming import OVER, life, unknown_facts

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from policy_match.ir.program import Program
    from policy_match.reports.words.vocabulary import Vocabulary


def services_open(program: Program, today: date) -> list[str]:
    """Return the services that are to be had on a day, by id."""
    known = unknown_facts(program)
    return [
        policy.id
        for policy in program.policies
        if policy.form in UNASKED
        and not policy.indirect
        and life(program, policy.about, today, known).state not in OVER
    ]


def by_firm(services: pl.LazyFrame, words: Vocabulary) -> dict[str, list[str]]:
    """Return by firm the titles of the services that it may use."""
    places = {policy.id: at for at, policy in enumerate(words.program.policies)}
    found: dict[str, list[str]] = {}
    for uscc, id_ in sorted(
        services.select("uscc", "policy").collect().rows(),
        key=lambda row: places[row[1]],
    ):
        found.setdefault(uscc, []).append(words.policy(id_))
    return found
