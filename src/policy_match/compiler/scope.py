"""What names mean on one day: facts, parameters, days, codes."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING, TypeVar, cast

from policy_match.compiler.dictionaries import wording
from policy_match.compiler.standing import Standing, Standings, Trace
from policy_match.domain.codes import CodeSystem, is_picture
from policy_match.domain.documents import as_of, prolonging
from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.texts import NO_TEXT, Text
from policy_match.errors import did_you_mean
from policy_match.ir.terms import Band, Const, ParameterUse, Unset
from policy_match.language.locales import LOCALES, Locale
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from policy_match.domain.documents import Source
    from policy_match.domain.possible import Number
    from policy_match.domain.texts import Citation, Window
    from policy_match.errors import Hint
    from policy_match.ir.program import Definition
    from policy_match.rulebook.book_models import CodeSystemModel
    from policy_match.rulebook.code_lists import CodeList
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import (
        DefinitionModel,
        FactModel,
        ParameterModel,
        ValueModel,
    )

_T = TypeVar("_T")


class MisuseError(Exception):
    """Something a formula may not say; the driver adds the place."""

    def __init__(
        self, code: str, message: Message, hint: Hint = "", at: int = 0
    ) -> None:
        """Keep the fault's parts; `at` is an offset into the formula."""
        super().__init__(message)
        self.code, self.message, self.hint, self.at = code, message, hint, at


@dataclass(frozen=True, slots=True)
class Schedule:
    """A bracket parameter, before it is applied to a value."""

    bands: tuple[Band, ...]
    uses: tuple[ParameterUse, ...]


Value = Const | Unset | Schedule
_DAY = timedelta(days=1)


@dataclass
class Kept:
    """What the scopes of one rulebook find once, whatever their day."""

    systems: dict[str, CodeSystem] = field(default_factory=dict)
    facts: dict[tuple[str, tuple[Citation, ...]], FactSpec] = field(
        default_factory=dict
    )
    """By name, and by the documents in force that say what a fact is."""
    numbers: dict[str, Number | None] = field(default_factory=dict)
    compiled: Standings = field(default_factory=Standings)


@dataclass
class Scope:
    """The names of one rulebook on one day.

    From `first` to `last` whatever was asked of the day is answered as on the day
    itself: what is compiled of it is the same on each, but for its terms.

    `lenient` reads a parameter outside its windows as its nearest value: used
    to find faults without choosing a day. `local` holds parameters that a
    parameters file sets or dates.
    """

    book: Book
    day: date
    documents: Mapping[str, Source] = field(default_factory=dict)
    lenient: bool = False
    local: Mapping[str, ParameterModel] = field(default_factory=dict)
    window: Window | None = None
    definitions: dict[str, Definition] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    trace: Trace = field(default_factory=Trace)
    """What is said of the part that is being compiled, or of all."""

    def __post_init__(self) -> None:
        """Type every fact once."""
        self.locale: Locale = LOCALES.get(self.book.manifest.locale, LOCALES["en"])
        self.systems = self.kept.systems
        if not self.systems:
            for id_, model in self.book.code_systems.items():
                listed = self.book.code_lists.get(id_)
                self.systems[id_] = code_system(id_, model, listed)
        self.facts: dict[str, FactSpec] = {}
        self._compiled: dict[Hashable, Standing] = {}

    def beside(self, book: Book) -> Scope:
        """Return a scope of the same day over a book of other rules.

        What this one has read of classifications and facts holds for both.
        """
        other = copy(self)
        other.book, other.definitions, other.trace = book, {}, Trace()
        other.kept = replace(self.kept, compiled=Standings())
        other._compiled = {}  # noqa: SLF001  (its own)
        return other

    def once(self, key: Hashable, work: Callable[[], _T]) -> _T:
        """Return what `work` compiles: one and the same wherever `key` stands.

        On other days as well, for as long as nothing differs that it reads. What
        has a fault is compiled, and told, anew.
        """
        standing = self._compiled.get(key)
        if standing is None:
            standing = self.kept.compiled.on(key, self.day)
        if standing is None:
            standing = self._traced(work)
            if standing.trace.sound and standing.trace.lasting:
                self.kept.compiled.keep(key, standing)
        if standing.trace.sound:
            self._compiled[key] = standing
        self.trace.include(standing.trace)
        return cast("_T", standing.found)

    def _traced(self, work: Callable[[], object]) -> Standing:
        around, self.trace = self.trace, Trace()
        try:
            return Standing(work(), self.trace)
        except MisuseError:
            around.include(self.trace)
            raise
        finally:
            self.trace = around

    def within(self, start: date | None, end: date | None) -> bool:
        """Return whether the day lies in a window, both ends included."""
        if start and self.day < start:
            self.trace.stands(date.min, start - _DAY)
        elif end and self.day > end:
            self.trace.stands(end + _DAY, date.max)
        else:
            self.trace.stands(start or date.min, end or date.max)
            return True
        return False

    def fact(self, name: str) -> FactSpec | None:
        """Return the specification of a fact, given or derived."""
        found = self.facts.get(name)
        if found is None:
            model = self.book.facts.get(name) or self.book.definitions.get(name)
            if model is None:
                return None
            key = (name, self.in_force(model.cite))
            found = self.kept.facts.get(key)
            if found is None:
                found = self.kept.facts[key] = self._specified(*key)
            self.facts[name] = found
        return found

    def _specified(self, name: str, cites: tuple[Citation, ...]) -> FactSpec:
        if name in self.book.facts:
            model = self.book.facts[name]
            found = base_fact(name, model, cites, self.locale)
        else:
            derived = self.book.definitions[name]
            found = derived_fact(name, derived, cites, self.locale)
        return replace(found, wording=wording(name, self.book))

    def in_force(
        self, cites: Iterable[Citation], day: date | None = None
    ) -> tuple[Citation, ...]:
        """Return the citations in force on a day, by default that of the scope."""
        cited = tuple(cites)
        if self.lenient or not cited:
            return cited
        if day is not None:
            return as_of(cited, self.documents, day)
        return self.once(("in force", cited), lambda: self._standing(cited))

    def _standing(self, cites: tuple[Citation, ...]) -> tuple[Citation, ...]:
        self._consult(cites)
        return as_of(cites, self.documents, self.day)

    def prolonging(self, cites: Iterable[Citation]) -> tuple[Citation, ...]:
        """Return what carries documents over the day, as far as it is in force."""
        some = tuple(cites)
        self._consult(some)
        return self.in_force(prolonging(some, self.documents, self.day))

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day of the span; None where it is open."""
        first, last = self.trace.first, self.trace.last
        return None if first == date.min else first, None if last == date.max else last

    def _consult(self, cites: Iterable[Citation]) -> None:
        """Ask of every window on which it rests whether a citation stands."""
        for cite in cites:
            source = self.documents.get(cite.source)
            stretches = source.stretches(cite.article) if source else ()
            for window in (cite.window, *(one.window for one in stretches)):
                if window is not None:
                    self.within(window.start, window.end)

    def number(self, text: str) -> Number | None:
        """Return the exact number that a rule writes, or None."""
        numbers = self.kept.numbers
        if text not in numbers:
            numbers[text] = self.locale.number(text)
        return numbers[text]

    def system(self, spec: FactSpec) -> CodeSystem:
        """Return the code system of a code fact."""
        return self.systems.get(spec.system) or CodeSystem(spec.system)

    def parameter(self, name: str, key: str, day: date | None, at: int) -> Value:
        """Return a parameter's value; raises MisuseError where there is none."""
        of = ("parameter", name, key, day)
        return self.once(of, lambda: self._parameter(name, key, day, at))

    def _parameter(self, name: str, key: str, day: date | None, at: int) -> Value:
        if day is not None:
            self.trace.read.add((name, day))
        model = self.local.get(name) or self.book.parameters.get(name)
        if model is None:
            hint = did_you_mean(name, self.book.parameters)
            message = said("no-parameter", name=f"${name}")
            raise MisuseError("R303", message, hint, at)
        if bool(key) != bool(model.by) or (key and key not in model.by):
            hint = said("write-so", form=f"${name}")
            if model.by:
                forms = tuple(f"${name}.{k}" for k in model.by)
                hint = said("write-one-of", forms=forms)
            raise MisuseError("R303", said("no-such-key", name=name), hint, at)
        value = self._as_of(model, day)
        if value is None and self.lenient:
            value = model.values[0]
        if value is None:
            message = said("no-value-on", name=name, day=day or self.day)
            windows = tuple(_span(v) for v in model.values)
            raise MisuseError("R308", message, said("values-for", windows=windows), at)
        full = f"{name}.{key}" if key else name
        use = ParameterUse(
            full,
            _named(model, key),
            value.start,
            value.end,
            self.in_force(value.cite, day),
            value.status,
            local=name in self.local and value.status == "local",
        )
        return self._typed(model, value, key, use)

    def set_locally(self) -> tuple[str, ...]:
        """Return the parameters whose local value holds on a day that is read."""
        read: dict[str, set[date | None]] = {name: {None} for name in self.local}
        for name, day in self.trace.read:
            read.get(name, set()).add(day)
        values = {
            name: [self._as_of(self.local[name], day) for day in days]
            for name, days in read.items()
        }
        return tuple(
            name
            for name, found in values.items()
            if any(value and value.status == "local" for value in found)
        )

    def _as_of(self, model: ParameterModel, day: date | None) -> ValueModel | None:
        """Return the value of a day, by default that of the scope."""
        for value in model.values:
            if day is None:
                found = self.within(value.start, value.end)
            else:
                found = (value.start or date.min) <= day <= (value.end or date.max)
            if found:
                return value
        return None

    def _typed(
        self, model: ParameterModel, value: ValueModel, key: str, use: ParameterUse
    ) -> Value:
        if value.value == "unset":
            return Unset(use, self.department(value.set_by))
        if model.type == "brackets" or isinstance(value.value, tuple):
            return Schedule(self._bands(value), (use,))
        text = value.value
        if isinstance(text, dict):
            if key not in text:
                message = said("no-value-from", name=use.name, day=value.start)
                raise MisuseError("R303", message, said("add-key", key=key))
            text = text[key]
        if text == "unset":
            return Unset(use, self.department(value.set_by))
        number, kind = self._number(text), FactType(model.type)
        return Const(number, kind, (replace(use, value=number, type=kind),), text)

    def _bands(self, value: ValueModel) -> tuple[Band, ...]:
        """Return the bands of a schedule; soundness refuses one without a list."""
        return tuple(
            Band(
                None if band.upto is None else self._number(band.upto),
                self._number(band.rate),
            )
            for band in (value.value if isinstance(value.value, tuple) else ())
        )

    def _number(self, text: str) -> Number:
        """Return a number; soundness refuses what is none, where it is written."""
        return self.number(text) or 0

    def department(self, text: Text | None) -> Text:
        """Return a department's name where `text` is its id, else the text."""
        if text is None:
            return NO_TEXT
        if tuple(text.by_language) == ("",):
            return self.book.departments.get(text.by_language[""], text)
        return text


def _named(model: ParameterModel, key: str) -> Text:
    """Return what a figure is called, with whom or what its key stands for."""
    if not key or not isinstance(model.by, dict):
        return model.title
    of = model.by[key]
    languages = dict.fromkeys((*model.title.by_language, *of.by_language))
    return Text({lang: f"{model.title.to(lang)} · {of.to(lang)}" for lang in languages})


def code_system(
    id_: str, model: CodeSystemModel, listed: CodeList | None
) -> CodeSystem:
    """Return a classification as it is declared, with the list that it names."""
    divisions = _prefixed(model.divisions)
    bare = CodeSystem(id_, divisions)
    codes, names = None, dict(model.names)
    if listed is not None:
        codes = frozenset(c for text in listed.codes if (c := bare.spelt(text)))
        for text, name in listed.codes.items():
            if name and (code := bare.spelt(text)) and code not in names:
                names[code] = name
    drawn = (shape(text, sections=bool(divisions)) for text in model.levels.values())
    shapes = tuple(s for s in drawn if s is not None)
    return CodeSystem(id_, divisions, model.title, names, shapes, codes)


def shape(text: str, *, sections: bool) -> str | None:
    """Return the picture of a code of a level: as drawn, or by its width.

    By its width a code is digits, behind the letter of its section where there
    are sections.
    """
    if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) > 0:  # noqa: PLR2004
        return "A" + "9" * (int(text) - 1) if sections else "9" * int(text)
    return text if is_picture(text) and not text.isdigit() else None


def _prefixed(divisions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        section: tuple(section + digits.removeprefix(section) for digits in below)
        for section, below in divisions.items()
    }


def _span(value: ValueModel) -> str:
    return f"{value.start or ''}..{value.end or ''}"


# ---- facts


def base_fact(
    id_: str, model: FactModel, cites: tuple[Citation, ...], locale: Locale
) -> FactSpec:
    """Return the specification of a declared fact."""
    low, high = _range(model.range, model.type, locale)
    return FactSpec(
        id=id_,
        type=model.type,
        title=model.title,
        asks=model.asks,
        definition=model.definition or NO_TEXT,
        unit=model.unit or NO_TEXT,
        low=low,
        high=high,
        may_be_none=model.may_be_none,
        members=model.values or {},
        settled_by=model.settled_by,
        changeable=model.changeable,
        lasting=model.lasting,
        elected=model.elected,
        event=model.event,
        format=model.format,
        system=model.system,
        aliases=model.aliases,
        cite=cites,
        nature=model.nature,
        theme=model.theme,
        paper=model.paper,
        seldom=model.seldom,
    )


def derived_fact(
    id_: str, model: DefinitionModel, cites: tuple[Citation, ...], locale: Locale
) -> FactSpec:
    """Return the specification of a derived fact."""
    low, high = _range(model.range, model.type, locale)
    return FactSpec(
        id=id_,
        type=model.type,
        title=model.title,
        asks=model.asks or NO_TEXT,
        definition=model.definition or NO_TEXT,
        unit=model.unit or NO_TEXT,
        low=low,
        high=high,
        may_be_none=model.may_be_none,
        members=model.values or {},
        settled_by=model.settled_by,
        aliases=model.aliases,
        cite=cites,
        derived=True,
        nature=model.nature,
        theme=model.theme,
        paper=model.paper,
        seldom=model.seldom,
        asked=model.asked,
    )


def _range(text: str | None, kind: FactType, locale: Locale) -> tuple[Number, Number]:
    """Return the bounds that are written, or all there are where they are none."""
    try:
        return declared_range(text, kind, locale)
    except MisuseError:
        return declared_range("..", kind, locale)


def declared_range(
    text: str | None, kind: FactType, locale: Locale
) -> tuple[Number, Number]:
    """Return the least and the greatest value of a fact; raises MisuseError."""
    if text is None and kind is not FactType.DATE:
        return 0, (1 if kind is FactType.RATIO else inf)
    low, dots, high = (text or "..").partition("..")
    lowest: Number | None
    highest: Number | None
    if kind is FactType.DATE:
        lowest = _ordinal(low, locale) if low else date.min.toordinal()
        highest = _ordinal(high, locale) if high else date.max.toordinal()
    else:
        lowest = locale.number(low) if low else -inf
        highest = locale.number(high) if high else inf
    if not dots or lowest is None or highest is None:
        form = "2020-01-01.." if kind is FactType.DATE else "0.."
        hint = said("write-it-as", form=form)
        raise MisuseError("R203", said("not-a-range", text=text), hint)
    if lowest > highest:
        message, hint = said("range-backwards", text=text), said("swap-the-ends")
        raise MisuseError("R307", message, hint)
    return lowest, highest


def _ordinal(text: str, locale: Locale) -> int | None:
    day = locale.day(text)
    return None if day is None else day.toordinal()
