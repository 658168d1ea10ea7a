"""Facts, figures and documents of a rulebook as data, in one language."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import Settler
from policy_match.domain.possible import Interval, exactly
from policy_match.reports.document.policies import (
    DocumentEntry,
    FactEntry,
    FigureEntry,
)
from policy_match.reports.document.values import Value
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Const


def facts(program: Program, lang: str) -> tuple[FactEntry, ...]:
    """Return every fact, base facts and derived ones, in the rulebook's order."""
    words = Vocabulary.of(program, lang)
    return tuple(_fact(spec, words) for spec in program.facts.values())


def _fact(spec: FactSpec, words: Vocabulary) -> FactEntry:
    bounded = spec.type.numeric and (spec.low, spec.high) != (-inf, inf)
    return FactEntry(
        fact=spec.id,
        type=spec.type,
        title=words.heading(spec.title),
        asks=words.question(spec.id),
        definition=words.text(spec.definition) or None,
        unit=words.text(spec.unit) or None,
        range=Value(Interval(spec.low, spec.high), spec.type) if bounded else None,
        may_be_none=spec.may_be_none,
        values={m: words.member(m, spec) for m in spec.members} or None,
        system=spec.system or None,
        format=spec.format or None,
        aliases=spec.aliases,
        settled_by=Settler(spec.settled_by),
        nature=spec.nature,
        theme=spec.theme or None,
        derived=spec.derived,
        asked=spec.asked,
        elected=spec.elected,
        event=spec.event,
        cite=words.cites(spec.cite),
    )


def figures(program: Program, lang: str) -> tuple[FigureEntry, ...]:
    """Return every figure that has a value on the program's day."""
    words = Vocabulary.of(program, lang)
    return tuple(_figure(name, const, words) for name, const in program.figures.items())


def _figure(name: str, const: Const, words: Vocabulary) -> FigureEntry:
    use = const.uses[0]
    return FigureEntry(
        parameter=name,
        title=words.heading(use.title),
        value=Value(exactly(const.value), const.type),
        from_=use.start,
        to=use.end,
        status=use.status,
        local=use.local,
        cite=words.cites(use.cite),
    )


def documents(program: Program, lang: str) -> tuple[DocumentEntry, ...]:
    """Return every document that the rulebook names, in its order."""
    words = Vocabulary.of(program, lang)
    return tuple(
        DocumentEntry(
            source=name,
            number=source.number,
            title=words.text(source.title),
            issuer=words.text(source.issuer),
            issued=source.issued,
            replaced_by=source.replaced_by,
        )
        for name, source in program.sources.items()
    )
