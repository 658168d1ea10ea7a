"""The trend of take-up, as a table and as a page with a chart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from markupsafe import Markup
from rich.console import Console
from rich.table import Table

from policy_match.language.formats import share_words, tabled
from policy_match.language.words import label
from policy_match.reports.layouts.pages import page
from policy_match.screening.charts import STYLE, drawn, pygal
from policy_match.screening.since import moved_words
from policy_match.screening.takeup import yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.screening.history import Point, Trend

_LINES = 8
"""Policies that a chart shows."""


def as_text(found: Trend, lang: str, width: int) -> str:
    """Return a table of all screenings, and one of each policy's last two."""
    if not found.whole:
        return label("trend-empty", lang)
    text = io.StringIO()
    console = Console(file=text, width=width, no_color=True, highlight=False)
    console.print(label("trend", lang))
    runs = _table(("trend-day", "rate", "claimed", "unclaimed", "left"), lang)
    for one in found.whole:
        runs.add_row(one.day, *_cells(one, lang))
    console.print(runs)
    for line in _reasons(found, lang):
        console.print(line)
    console.print()
    policies = _table(("policy", "rate", "claimed", "unclaimed", "left"), lang)
    for name, points in found.policies.items():
        if points[-1].claimed + points[-1].unclaimed:
            rate, *rest = _cells(points[-1], lang)
            before = [_rate(point, lang) for point in points[-2:-1]]
            policies.add_row(name, " → ".join([*before, rate]), *rest)
    console.print(policies)
    return text.getvalue().rstrip("\n")


def _table(keys: Sequence[str], lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for key in keys:
        first = key in {"trend-day", "policy"}
        table.add_column(label(key, lang), justify="left" if first else "right")
    return table


def _cells(point: Point, lang: str) -> tuple[str, ...]:
    left = tabled(yuan(point.unclaimed_cents), lang, places=2)
    counts = (tabled(n, lang) for n in (point.claimed, point.unclaimed))
    return (_rate(point, lang), *counts, left)


def _reasons(found: Trend, lang: str) -> Iterator[str]:
    """Yield of each screening why the rate moved, and where other law was applied."""
    earlier: Point | None = None
    for one in found.whole:
        moved = found.moved.get(one.run, ())
        causes = [
            moved_words(move.cause, (move.claimed, move.unclaimed), lang)
            for move in moved
        ]
        if causes:
            text = label("semicolon", lang).join(causes)
            yield label("trend-why", lang, day=one.day, since=moved[0].since, why=text)
        if earlier and found.rulebooks[earlier.run] != found.rulebooks[one.run]:
            yield label("trend-other-law", lang, day=one.day, since=earlier.day)
        earlier = one


def _rate(point: Point, lang: str) -> str:
    return "–" if point.rate is None else share_words(point.rate, lang)


def as_html(found: Trend, lang: str) -> str:
    """Return one page that needs nothing else."""
    rows = {
        name: points
        for name, points in found.policies.items()
        if points[-1].claimed + points[-1].unclaimed
    }
    return page(
        "trend",
        "html",
        lang,
        chart=_chart(found, lang),
        runs=[(one.day, *_cells(one, lang)) for one in found.whole],
        reasons=[*_reasons(found, lang)],
        policies=[(name, *_cells(points[-1], lang)) for name, points in rows.items()],
    )


def _chart(found: Trend, lang: str) -> Markup:
    if not found.whole:
        return Markup()
    chart = pygal.Line(
        style=STYLE,
        js=[],
        disable_xml_declaration=True,
        width=860,
        height=380,
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        truncate_legend=-1,
        range=(0, 100),
        value_formatter=lambda value: f"{value:.0f}%",
    )
    chart.x_labels = [one.day for one in found.whole]
    some = list(found.policies.items())[:_LINES]
    for name, points in ((label("in-all", lang), found.whole), *some):
        rates = {p.run: None if p.rate is None else float(p.rate * 100) for p in points}
        chart.add(name, [rates.get(one.run) for one in found.whole])
    return drawn(chart, "trend")
