"""A figure of the law over time: its windows in words, and a drawing of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.language.formats import day_words
from policy_match.language.locales import LOCALES
from policy_match.language.words import label
from policy_match.reports.words.figures import period_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.domain.possible import Number
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.rulebook.models import BandModel, ParameterModel, ValueModel

WIDTH, HEIGHT, LEFT = 620, 96, 8
"""Of a drawing, in its own units."""
_TOP, _BASE = 26, 80

_UNSET = "unset"
"""A value that no document fixes, as rules write it."""


class Row(NamedTuple):
    """One window of a parameter."""

    period: str
    values: tuple[tuple[str, str], ...]
    """What it is a value of (empty: of the whole), and the value."""
    cites: tuple[str, ...]
    status: str
    review_by: str


class Step(NamedTuple):
    """A stretch of a drawing: from `x` to `to`, at height `y`."""

    x: int
    to: int
    y: int
    text: str


class Drawing(NamedTuple):
    """A figure's course: its steps, and the years beneath."""

    name: str
    steps: tuple[Step, ...]
    years: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class History:
    """A parameter with its whole past and what is known of its future."""

    id: str
    title: str
    place: str
    rows: tuple[Row, ...]
    drawings: tuple[Drawing, ...]


def history(
    name: str, model: ParameterModel, place: str, words: Vocabulary, today: date
) -> History:
    """Return the course of one parameter."""
    kind = FactType(model.type) if model.type != "brackets" else None
    teller = _Teller(words, model, kind)
    rows = tuple(teller.row(value) for value in model.values)
    drawings: tuple[Drawing, ...] = ()
    if kind is not None and len(model.values) > 1:
        drawings = tuple(teller.drawings(today))
    return History(name, words.heading(model.title), place, rows, drawings)


class _Teller:
    def __init__(
        self, words: Vocabulary, model: ParameterModel, kind: FactType | None
    ) -> None:
        self.words, self.model, self.kind = words, model, kind
        self.locale = LOCALES.get(words.program.locale, LOCALES["en"])

    def row(self, value: ValueModel) -> Row:
        """Return one window in words."""
        lang, review = self.words.lang, value.review_by
        until = day_words(review, lang) if review else ""
        return Row(
            period=period_words(value.start, value.end, lang),
            values=tuple(self._values(value)),
            cites=self.words.cites(value.cite),
            status=label(f"status-{value.status}", lang),
            review_by=label("review-by", lang, day=until) if until else "",
        )

    def _values(self, value: ValueModel) -> Iterator[tuple[str, str]]:
        if isinstance(value.value, dict):
            for key, text in value.value.items():
                yield self._key(key), self._amount(text)
        elif isinstance(value.value, tuple):
            for band in value.value:
                yield "", self._band(band)
        elif value.set_by:
            department = self.words.text(value.set_by)
            who = self.words.department(department)
            yield "", label("set-by", self.words.lang, who=who)
        else:
            yield "", self._amount(str(value.value))

    def _amount(self, text: str) -> str:
        if text == _UNSET:
            return self.words.label("set-by-authority")
        number = self.locale.number(text)
        if number is None or self.kind is None:
            return text
        return self.words.amount(number, self.kind)

    def _band(self, band: BandModel) -> str:
        rate = self._of(band.rate, FactType.RATIO)
        if band.upto is None:
            return label("band-beyond", self.words.lang, rate=rate)
        upto = self._of(band.upto, FactType.MONEY)
        return label("band", self.words.lang, upto=upto, rate=rate)

    def _of(self, text: str, kind: FactType) -> str:
        number = self.locale.number(str(text))
        return str(text) if number is None else self.words.amount(number, kind)

    def _key(self, key: str) -> str:
        by = self.model.by
        return self.words.text(by[key]) if isinstance(by, dict) else key

    # ---- drawings

    def drawings(self, today: date) -> Iterator[Drawing]:
        """Yield a course for each key whose value ever changes."""
        for key in self.model.by or ("",):
            numbers = [self._number(value, key) for value in self.model.values]
            if None not in numbers and len(set(numbers)) > 1:
                known = [n for n in numbers if n is not None]
                name = self._key(key) if key else ""
                yield self._drawing(name, self.model.values, known, today)

    def _number(self, value: ValueModel, key: str) -> Number | None:
        text = value.value.get(key) if isinstance(value.value, dict) else value.value
        return self.locale.number(text) if isinstance(text, str) else None

    def _drawing(
        self,
        name: str,
        values: Sequence[ValueModel],
        numbers: Sequence[Number],
        today: date,
    ) -> Drawing:
        starts = [value.start or today for value in values]
        ends = [value.end or max(today, starts[-1]) for value in values]
        first, last = starts[0].toordinal(), max(ends).toordinal() + 1
        top, length = max(numbers), max(last - first, 1)

        def across(day: date) -> int:
            share = (day.toordinal() - first) / length
            return LEFT + round(share * (WIDTH - 2 * LEFT))

        def up(number: Number) -> int:
            share = float(number / top) if top else 0.0
            return _BASE - round(share * (_BASE - _TOP))

        steps: list[Step] = []
        for start, end, number in zip(starts, ends, numbers, strict=True):
            step = Step(across(start), across(end), up(number), self._told(number))
            if steps and steps[-1].text == step.text:
                step = step._replace(x=steps.pop().x)
            steps.append(step)
        years = range(starts[0].year, max(ends).year + 1)
        days = ((date(year, 1, 1), str(year)) for year in years)
        marks = tuple((across(d), text) for d, text in days if d >= starts[0])
        return Drawing(name, tuple(steps), marks)

    def _told(self, number: Number) -> str:
        assert self.kind is not None  # noqa: S101  # INVARIANT: only numbers are drawn
        return self.words.amount(number, self.kind)
