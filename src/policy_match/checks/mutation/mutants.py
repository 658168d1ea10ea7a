"""Every small change of a rulebook: each a rulebook with one slip in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.checks.mutation.formulas import Words, stepped
from policy_match.checks.mutation.slips import Slip, at, into
from policy_match.checks.mutation.trees import Trees
from policy_match.checks.mutation.windows import dated
from policy_match.domain.facts import FactType
from policy_match.language.locales import LOCALES
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from policy_match.checks.mutation.slips import Path
    from policy_match.errors import Place
    from policy_match.rulebook import models as m
    from policy_match.rulebook.book_models import RateModel, RelationModel
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.readings import Part

_PAIR = 2


class Mutant(NamedTuple):
    """A rulebook with one slip: the declaration that has it, and how it reads."""

    part: Part
    path: Path
    kind: str
    told: str
    model: Any
    at: int = 0
    days: tuple[date, ...] = ()
    """The days on which it shows before all others."""
    twin: int = 0
    """How many of the same words stand before it in the same text."""

    @property
    def key(self) -> str:
        """What names the mutant for as long as its rule stands as it does."""
        which = f" ({self.twin + 1})" if self.twin else ""
        return f"{'/'.join(map(str, self.path))}: {self.kind}: {self.told}{which}"

    def place(self, book: Book) -> Place:
        """Return where the text stands that is changed."""
        return book.origin.place(self.path, self.at)


def mutants(book: Book) -> Iterator[Mutant]:
    """Yield every mutant of a rulebook, in the order of its declarations."""
    words = Words(book, LOCALES.get(book.manifest.locale, LOCALES["en"]))
    slips = _Declarations(words)
    sections: tuple[tuple[str, Callable[[Any], Iterator[Slip]]], ...] = (
        ("parameters", slips.parameter),
        ("definitions", slips.definition),
        ("policies", slips.policy),
        ("worth", slips.rate),
    )
    seen: Counter[str] = Counter()
    for section, of in sections:
        for name, model in getattr(book, section).items():
            yield from _named((section, name), of(model), seen)
    for index, relation in enumerate(book.relations):
        yield from _named(("relations", str(index)), slips.relation(relation), seen)


def _named(part: Part, slips: Iterator[Slip], seen: Counter[str]) -> Iterator[Mutant]:
    for kind, told, new, path, at_, days in slips:
        mutant = Mutant(part, (*part, *path), kind, told, new, at_, days)
        yield mutant._replace(twin=seen[mutant.key])
        seen[mutant.key] += 1


class _Declarations:
    """The slips of each kind of declaration."""

    def __init__(self, words: Words) -> None:
        """Know what the rulebook declares."""
        self._locale = words.locale
        self._trees = Trees(words)

    # ---- policies

    def policy(self, model: m.PolicyModel) -> Iterator[Slip]:
        """Yield the slips of when a policy holds, for whom, and what it gives."""
        for slip in dated(model.in_force):
            yield slip.within("in_force", into(model, "in_force"))
        for slip in self._trees.guard(model.when):
            yield slip.within("when", into(model, "when"))
        for slip in self._benefit(model.benefit):
            yield slip.within("benefit", into(model, "benefit"))

    def _benefit(self, benefit: m.BenefitModel) -> Iterator[Slip]:
        if benefit.amount is not None:
            for slip in self._trees.amount(benefit.amount):
                yield slip.within("amount", into(benefit, "amount"))
        for slip in self._tiers(benefit.tiers):
            yield slip.within("tiers", into(benefit, "tiers"))

    def _tiers(self, tiers: tuple[m.TierModel, ...]) -> Iterator[Slip]:
        last = len(tiers) - 1
        for place, tier in enumerate(tiers):
            whole = at(tiers, place)
            if place < last:
                left = tiers[:place] + tiers[place + 1 :]
                yield Slip("tier-dropped", tier.tier, left, (place,))
            if place < last - 1:
                after = tiers[place + 1]
                new = (*tiers[:place], after, tier, *tiers[place + 2 :])
                yield Slip("order", f"{after.tier} first", new, (place,))
            if tier.guard is not None:
                for slip in self._trees.guard(tier.guard):
                    yield slip.within("if", into(tier, "guard")).within(place, whole)
            if tier.amount is not None:
                for slip in self._trees.amount(tier.amount):
                    found = slip.within("amount", into(tier, "amount"))
                    yield found.within(place, whole)

    # ---- derived facts

    def definition(self, model: m.DefinitionModel) -> Iterator[Slip]:
        """Yield the slips of what a derived fact comes to."""
        if model.body is not None:
            for slip in self._body(model):
                yield slip.within("is", into(model, "body"))
        if model.cases:
            for slip in self._trees.cases(model.cases, model):
                yield slip.within("cases", into(model, "cases"))
        for slip in self._rows(model.rows or {}):
            yield slip.within("rows", into(model, "rows"))
        if model.thresholds is not None:
            table = model.thresholds
            for slip in self._bounds(table.rows):
                found = slip.within("rows", into(table, "rows"))
                yield found.within("thresholds", into(model, "thresholds"))

    def _body(self, model: m.DefinitionModel) -> Iterator[Slip]:
        if model.type is FactType.BOOL and model.body is not None:
            return self._trees.guard(model.body)
        if isinstance(model.body, Parsed):
            return self._trees.value(model.body, model)
        return iter(())

    def _rows(self, rows: dict[str, tuple[str, ...]]) -> Iterator[Slip]:
        for label, codes in rows.items():
            for place, code in enumerate(codes):
                left = {**rows, label: codes[:place] + codes[place + 1 :]}
                yield Slip("row-dropped", f"{code}: {label}", left, (label, place))

    def _bounds(self, rows: dict[str, dict[str, tuple[str, ...]]]) -> Iterator[Slip]:
        for row, bounds in rows.items():
            left = {name: found for name, found in rows.items() if name != row}
            yield Slip("row-dropped", row, left, (row,))
            for fact, numbers in bounds.items():
                less = {name: found for name, found in bounds.items() if name != fact}
                yield Slip("bounds-dropped", fact, {**rows, row: less}, (row, fact))
                for place, text in enumerate(numbers):
                    for slip in self._figure(text):
                        new = at(numbers, place)(slip.new)
                        whole = {**rows, row: {**bounds, fact: new}}
                        yield slip._replace(new=whole, path=(row, fact, place))

    # ---- figures

    def parameter(self, model: m.ParameterModel) -> Iterator[Slip]:
        """Yield the slips of a figure of the law: its days, and its values."""
        values = into(model, "values")
        for slip in dated(model.values):
            yield slip.within("values", values)
        for place, value in enumerate(model.values):
            for slip in self._value(value.value):
                found = slip.within("is", into(value, "value"))
                yield found.within(place, at(model.values, place)).within(
                    "values", values
                )

    def _value(
        self, value: str | dict[str, str] | tuple[m.BandModel, ...]
    ) -> Iterator[Slip]:
        if isinstance(value, str):
            yield from self._figure(value)
        elif isinstance(value, dict):
            for key, text in value.items():
                for slip in self._figure(text):
                    yield slip._replace(new={**value, key: slip.new}, path=(key,))
        else:
            yield from self._bands(value)

    def _bands(self, bands: tuple[m.BandModel, ...]) -> Iterator[Slip]:
        for place, band in enumerate(bands):
            if place < len(bands) - 1:
                left = bands[:place] + bands[place + 1 :]
                yield Slip("band-dropped", str(band.upto), left, (place,))
            for field in ("upto", "rate"):
                text = getattr(band, field)
                for slip in self._figure(text) if text else ():
                    found = slip.within(field, into(band, field))
                    yield found.within(place, at(bands, place))

    def _figure(self, text: str) -> Iterator[Slip]:
        for other in stepped(text, self._locale):
            yield Slip("figure", f"{text} → {other}", other)

    # ---- what ties policies together

    def relation(self, model: RelationModel) -> Iterator[Slip]:
        """Yield the slips of who excludes whom, in which order, and of a limit."""
        for field in ("at_most_one_of", "together"):
            names = getattr(model, field)
            for place, name in enumerate(names):
                if len(names) > _PAIR:
                    left = names[:place] + names[place + 1 :]
                    slip = Slip("policy-dropped", name, left, (place,))
                    yield slip.within(field, into(model, field))
                if place:
                    pair = (name, names[place - 1])
                    new = (*names[: place - 1], *pair, *names[place + 1 :])
                    slip = Slip("order", f"{name} first", new, (place,))
                    yield slip.within(field, into(model, field))
        if model.at_most is not None:
            for slip in self._trees.formula(model.at_most):
                yield slip.within("at_most", into(model, "at_most"))

    def rate(self, model: RateModel) -> Iterator[Slip]:
        """Yield the slips of what one unit of a form of benefit is worth."""
        if model.value is not None:
            for slip in self._trees.formula(model.value):
                yield slip.within("is", into(model, "value"))
        if model.due is not None:
            for slip in self._trees.formula(model.due):
                yield slip.within("due", into(model, "due"))
