"""Windows moved by a day: of a measure, of a figure, of a case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.checks.mutation.slips import Slip
from policy_match.rulebook.models import WindowModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_match.rulebook.models import CaseModel

_DAY = timedelta(1)


class Span(NamedTuple):
    """Days, both included; None where there is no first or last one."""

    start: date | None
    end: date | None

    def moved(self, cut: date, by: timedelta) -> Span:
        """Return the span with the end that lies at `cut` moved."""
        start = self.start + by if self.start == cut else self.start
        ends = self.end is not None and self.end < date.max
        if ends and self.end is not None and self.end + _DAY == cut:
            return Span(start, self.end + by)
        return Span(start, self.end)


def dated(models: Sequence[Any]) -> Iterator[Slip]:
    """Yield slips of models with `start` and `end`: windows, values."""
    spans = [Span(model.start, model.end) for model in models]

    def placed(place: int, span: Span) -> object:
        ends = {"start": span.start, "end": span.end}
        return models[place].model_copy(update=ends)

    return _slips(spans, placed)


def of_cases(cases: Sequence[CaseModel]) -> Iterator[Slip]:
    """Yield slips of the windows of cases; a year is all its days."""
    spans = [_within(case.within) for case in cases]

    def placed(place: int, span: Span) -> object:
        if span == spans[place]:
            return cases[place]
        within = WindowModel.model_construct(start=span.start, end=span.end)
        return cases[place].model_copy(update={"within": within})

    return _slips(spans, placed)


def _within(within: str | WindowModel | None) -> Span:
    if isinstance(within, WindowModel):
        return Span(within.start, within.end)
    if within is not None and within.isdigit():
        return Span(date(int(within), 1, 1), date(int(within), 12, 31))
    return Span(None, None)


def _slips(
    spans: Sequence[Span], placed: Callable[[int, Span], object]
) -> Iterator[Slip]:
    """Yield a slip for each day on which the spans change, moved either way.

    Where one span ends and the next begins, both move: no hole is made.
    """
    cuts = {span.start for span in spans if span.start}
    cuts |= {span.end + _DAY for span in spans if span.end and span.end < date.max}
    for cut in sorted(cuts):
        for by in (-_DAY, _DAY):
            moved = [span.moved(cut, by) for span in spans]
            first = next(i for i, span in enumerate(moved) if span != spans[i])
            new = tuple(placed(i, span) for i, span in enumerate(moved))
            days = (min(cut, cut + by),)
            yield Slip("window", f"{cut} → {cut + by}", new, (first,), 0, days)
