"""One program serves every day between two changes of the law."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from policy_match.compiler.rulebook import Rulebook, load_texts
from policy_match.ir.codec import decode_spans, encode
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from policy_match.ir.spans import SpanProgram

DAY = timedelta(days=1)
FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
TIMED = (
    RULES.replace(
        "sources:\n",
        "sources:\n  old: {number: 〔2020〕9号, title: {zh: 旧法, en: Old act},\n"
        "    in_force: [{from: 2020-01-01, to: 2022-06-30}]}\n",
    )
    .replace(
        "policies:\n",
        """  young:
    type: bool
    title: {zh: 新近, en: recent}
    is:
      any:
        - fair_on > on - 1 year
        - fair_on within year
        - not: fair_on <= on + 1 month - 3 days
        - {any: [fair_on < year.from + 6 months, fair_on >= 2022-07-01]}
        - {all: [on >= 2022-03-01, staff <= 30], cite: old 第一条}
  bonus:
    type: money
    title: {zh: 附加, en: bonus}
    cases:
      - {in: 2022, is: 50}
      - {in: {from: 2023-02-01, to: 2023-05-31}, if: on > fair_on, is: 70}
      - {is: 60}
policies:
""",
    )
    .replace("[eligible_firm, costs > 0]", "[eligible_firm, costs > 0, young]")
    .replace("amount: costs * $rate", "amount: costs * $rate + bonus")
)
DAYS = [
    FIRST,
    *(date(2020, month, 29) for month in (2, 8)),
    *(date(2022, month, day) for month in (1, 2, 6, 7, 12) for day in (1, 28, 30)
      if (month, day) != (2, 30)),
    *(date(2023, month, 1) + n * DAY for month in (1, 2, 6) for n in (-1, 0)),
    date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), LAST,
]  # fmt: skip


def spans(book: Rulebook) -> list[SpanProgram]:
    """Return the law of some years, by its spans."""
    found = [book.span(FIRST)]
    while found[-1].window.end and found[-1].window.end < LAST:
        found.append(book.span(found[-1].window.end + DAY))
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_law_of_a_day_is_that_of_its_span_on_the_day(day: date) -> None:
    """To the last node, whichever day of the span it was made on."""
    town = {"town.yaml": TIMED}
    of_the_day = load_texts(town)
    (span,) = (one for one in spans(load_texts(town)) if day in one.window)
    assert encode(span.at(day)) == encode(of_the_day.on(day))
    assert encode(span.as_written(day)) == encode(of_the_day.as_written(day))


def test_a_span_ends_where_the_law_changes_and_not_with_the_day() -> None:
    """Windows of policies, figures, documents and cases; years by which cases go."""
    found = spans(load_texts({"town.yaml": TIMED}))
    assert [one.window.start for one in found][1:] == [
        date(2020, 1, 1),
        date(2021, 1, 1),
        date(2022, 1, 1),
        date(2022, 7, 1),
        date(2023, 1, 1),
        date(2023, 2, 1),
        date(2023, 6, 1),
        date(2024, 1, 1),
        date(2026, 1, 1),
    ]
    assert found[0].window.start is None
    assert found[-1].window.end is None


def test_a_day_outside_has_another_law() -> None:
    span = load_texts({"town.yaml": TIMED}).span(date(2022, 8, 1))
    with pytest.raises(ValueError, match="2023"):
        span.at(date(2023, 1, 1))


def test_spans_that_were_written_are_the_same_laws() -> None:
    """What they have in common is written once; each is as if it stood alone."""
    found = tuple(spans(load_texts({"town.yaml": TIMED})))
    together = encode(found)
    read = decode_spans(together)
    alone = [encode((one,)) for one in found]
    assert [encode((one,)) for one in read] == alone
    assert encode(read) == together
    assert len(together) < sum(map(len, alone)) / 2


def test_the_shipped_law_has_a_span_for_each_change(rulebook: Rulebook) -> None:
    """From 2019 to 2027 they are some thirty, and follow each other without a gap."""
    found = spans(rulebook)
    assert 20 <= len(found) < 35
    for before, after in pairwise(found):
        assert before.window.end is not None
        assert after.window.start == before.window.end + DAY
