"""What a screening says on stdout when it is done: a summary, and a table."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from policy_match.language.formats import day_words, share_words, tabled
from policy_match.language.words import label
from policy_match.reports.readings.summary import better_days
from policy_match.reports.words.vocabulary import language
from policy_match.screening.takeup import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policy_match.ir.program import Program
    from policy_match.screening.request import Screening
    from policy_match.screening.takeup import TakeUp

_ROWS, _FACTS = 20, 3
_GAP = 2
_TITLE = 40
"""Columns of a terminal that a title has beside the figures, or else above them."""


def table(
    found: Screening, out: Path, lang: str, width: int, then: Sequence[str] = ()
) -> str:
    """Return the summary: counts, the policies with most unclaimed, the place.

    `then` are lines on what to do next.

    As everywhere, in the rulebook's own language where it has no texts in `lang`.
    """
    text = io.StringIO()
    console = Console(file=text, width=width, no_color=True, highlight=False)
    takeup = found.takeup
    lang = language(takeup.program, lang)
    for line in _counts(found, lang):
        console.print(line, markup=False)
    ranked = sorted(
        ((takeup.policies[id_], id_) for id_ in takeup.claimable),
        key=lambda pair: (-pair[0].left, -pair[0].unclaimed, -pair[0].paid, pair[1]),
    )
    told = [id_ for t, id_ in ranked if t.eligible or t.undetermined or t.paid]
    if told:
        _print(console, takeup, told[:_ROWS], lang)
    if len(told) > _ROWS:
        console.print(label("more-policies", lang, count=len(told) - _ROWS))
    if found.settling:
        console.print(_settling(found.settling[:_FACTS], lang), markup=False)
    few = _few(takeup.program, lang)
    if few:
        console.print(few, markup=False)
    console.print(
        label("result-written", lang, path=str(out)), markup=False, soft_wrap=True
    )
    for line in then:
        console.print(line, markup=False, soft_wrap=True)
    console.print(takeup.program.disclaimer.to(lang), markup=False)
    return text.getvalue().rstrip("\n")


def _counts(found: Screening, lang: str) -> list[str]:
    colon = label("colon", lang)
    firms = found.rejected - found.claims_rejected
    counts = [("firms", found.screened), ("rejected", firms)]
    if found.takeup.known:
        counts.append(("claims", found.claims))
        counts.append(("claims-rejected", found.claims_rejected))
    day = day_words(found.takeup.program.day, lang)
    lines = [label("on", lang, day=day)]
    lines += [
        f"{label(key, lang)}{colon}{tabled(count, lang)}" for key, count in counts
    ]
    rate = found.takeup.whole.counts.rate
    if found.takeup.known and rate is not None:
        lines.append(f"{label('rate', lang)}{colon}{share_words(rate, lang)}")
    return lines


def _print(console: Console, takeup: TakeUp, rows: list[str], lang: str) -> None:
    """Print the policies; in a narrow terminal each title has a line of its own."""
    keys = ["eligible", "claimed", "unclaimed", "not-settled", "over-claimed"]
    if not takeup.known:
        keys = ["eligible", "not-settled"]
    titles = {p.id: p.about.title.to(lang) for p in takeup.program.policies}
    lines = [(titles[id_], _figures(takeup, id_, keys, lang)) for id_ in rows]
    heads = [label(key, lang) for key in (*keys, "left")]
    cells = zip(heads, *(figures for _, figures in lines), strict=True)
    widths = [max(map(cell_len, column)) for column in cells]
    wide = console.width >= sum(widths) + _GAP * len(widths) + _TITLE
    shown = [(label("policy", lang), heads), *lines]
    if wide:
        every = _grid(widths, titled=True)
        for title, figures in shown:
            every.add_row(title, *figures)
        console.print(every)
        return
    for title, figures in shown:
        one = _grid(widths, titled=False)
        one.add_row(*figures)
        console.print(title, markup=False)
        console.print(Padding.indent(one, _GAP))


def _grid(widths: list[int], *, titled: bool) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    if titled:
        grid.add_column()
    for width in widths:
        grid.add_column(justify="right", width=width)
    return grid


def _figures(takeup: TakeUp, policy: str, keys: list[str], lang: str) -> list[str]:
    total = takeup.policies[policy]
    counts = {
        "eligible": total.eligible,
        "claimed": total.claimed,
        "unclaimed": total.unclaimed,
        "not-settled": total.undetermined,
        "over-claimed": total.over_claimed,
    }
    money = takeup.money(total)["amount_unclaimed"]
    left = label("amount-unset", lang)
    nothing = total.unclaimed > 0 and not (total.left_high or total.unset_left)
    if takeup.program.by_id[policy].form not in FORMS or nothing:
        left = ""
    elif isinstance(money, Decimal):
        left = tabled(money, lang, places=2)
    return [*(tabled(counts[key], lang) for key in keys), left]


def _settling(facts: Sequence[tuple[str, int]], lang: str) -> str:
    named = (label("gap-count", lang, fact=f, count=n) for f, n in facts)
    return label("gaps-most", lang, facts=label("comma", lang).join(named))


def _few(program: Program, lang: str) -> str:
    count, every, days = better_days(program)
    if not days:
        return ""
    named = [
        label("day-count", lang, day=day_words(day, lang), count=number)
        for day, number in days
    ]
    listed = label("comma", lang).join(named)
    few = label("few-in-force", lang, count=count, all=every)
    return few + label("more-on", lang, days=listed)
