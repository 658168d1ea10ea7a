"""The report for people: one page with charts that needs nothing else."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup
from wcwidth import wcswidth

from policy_match.language.words import label
from policy_match.reports.layouts.pages import page
from policy_match.reports.words.figures import money_words
from policy_match.screening.charts import Style, drawn, pygal
from policy_match.screening.csv_files import label as value_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.screening.takeup import TakeUp, Total

_SHOWN = 15
_MARGIN, _LABEL = 20, 12
"""Pixels."""
_NAME = 42
"""Columns of a terminal, as wide as a name may be beside a bar."""
_STEPS = 8
_CENTS = 100
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#5b6570",
    foreground_strong="#1c2126",
    foreground_subtle="#dde2e7",
    guide_stroke_color="#dde2e7",
    major_guide_stroke_color="#c3cad1",
    colors=(
        "#116b43",
        "#e0a63b",
        "#3a6ea5",
        "#a1261b",
        "#6b4e9b",
        "#5b6570",
        "#b5651d",
        "#2a9d8f",
        "#8a5300",
    ),
    opacity="1",
    font_family="inherit",
    label_font_size=_LABEL,
    major_label_font_size=12,
    legend_font_size=13,
    tooltip_font_size=12,
)
"""How every chart looks."""


def write_report(
    path: Path,
    found: TakeUp,
    gaps: pl.DataFrame,
    summary: Mapping[str, object],
    words: Vocabulary,
) -> None:
    """Write report.html: what a screening found, for people."""
    breakdowns = [
        _breakdown(by, groups, found, words) for by, groups in found.breakdowns.items()
    ]
    text = page(
        "screening",
        "html",
        words.lang,
        title=words.text(words.program.title),
        summary=summary,
        known=found.known,
        whole=_cells("", found.whole, found, words),
        tables=[_by_policy(found, words), *breakdowns],
        gaps=[_gap(row, words) for row in gaps.head(_SHOWN).iter_rows(named=True)],
    )
    path.write_text(text, encoding="utf-8")


def _by_policy(found: TakeUp, words: Vocabulary) -> dict[str, object]:
    totals = {id_: found.policies[id_] for id_ in found.claimable}
    ranked = sorted(totals.items(), key=lambda x: (-x[1].left, -x[1].eligible, x[0]))
    rows = [(words.policy(id_), total) for id_, total in ranked]
    return _table("by-policy", rows, found, words)


def _breakdown(
    by: str,
    groups: Mapping[str, Mapping[str, Total]],
    found: TakeUp,
    words: Vocabulary,
) -> dict[str, object]:
    together = [
        (value_label(by, value, words), found.together(parts))
        for value, parts in groups.items()
    ]
    ranked = sorted(together, key=lambda x: (-x[1].left, -x[1].eligible, x[0]))
    return _table(f"by-{by}", ranked, found, words)


def _table(
    key: str,
    rows: Sequence[tuple[str, Total]],
    found: TakeUp,
    words: Vocabulary,
) -> dict[str, object]:
    told = [(name, total) for name, total in rows if total.eligible or total.paid]
    return {
        "heading": label(key, words.lang),
        "chart": _chart(key, told[:_SHOWN], found, words),
        "rows": [_cells(name, total, found, words) for name, total in told],
    }


def _cells(
    name: str, total: Total, found: TakeUp, words: Vocabulary
) -> dict[str, object]:
    def money(cents: int) -> str:
        return money_words(Fraction(cents, _CENTS), words.lang, words.program.currency)

    rate = total.rate if found.known else None
    return {
        "name": name,
        "total": total,
        "rate": "" if rate is None else f"{rate:.1%}",
        "due": money(total.due),
        "paid": money(total.paid),
        "left": money(total.left),
    }


def _chart(
    key: str, rows: Sequence[tuple[str, Total]], found: TakeUp, words: Vocabulary
) -> Markup:
    """Return firms that have claimed and that have not, as bars."""
    if not any(total.claimed + total.unclaimed for _, total in rows):
        return Markup()
    names = [_short(name) for name, _ in rows]
    chart = pygal.HorizontalStackedBar(
        style=STYLE,
        js=[],
        disable_xml_declaration=True,
        width=860,
        height=90 + 26 * len(rows),
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        truncate_label=-1,
        max_scale=_STEPS,
        margin_left=_MARGIN + max(map(_more_room, names)),
        print_values=False,
        show_y_guides=True,
    )
    shown = rows[::-1]
    chart.x_labels = names[::-1]
    if found.known:
        claimed = [total.claimed for _, total in shown]
        chart.add(label("claimed", words.lang), claimed)
    left = label("unclaimed" if found.known else "eligible", words.lang)
    chart.add(left, [total.unclaimed for _, total in shown])
    return drawn(chart, key)


def _short(name: str) -> str:
    """Return a name that leaves room for its bar; the table has it whole."""
    if wcswidth(name) <= _NAME:
        return name
    kept = name
    while wcswidth(kept) >= _NAME:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _more_room(name: str) -> int:
    """Return the pixels that a name needs beyond six tenths of an em a character."""
    return max(0, round((wcswidth(name) / 2 - len(name) * 0.6) * _LABEL))


def _gap(row: Mapping[str, object], words: Vocabulary) -> dict[str, object]:
    stake = row["amount_at_stake"]
    return {
        **row,
        "who": label(f"who-{row['settled_by']}", words.lang),
        "stake": f"{stake:,.2f}" if stake else "",
    }
