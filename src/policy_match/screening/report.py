"""The report for people: money left by form, why, what changed, where most is left."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.language.formats import day_words, share_words, tabled
from policy_match.language.words import label
from policy_match.reports.layouts.pages import page
from policy_match.reports.words.figures import rounded_money
from policy_match.screening.bars import band, bar
from policy_match.screening.csv_files import label as value_label
from policy_match.screening.since import moved_words
from policy_match.screening.takeup import FORMS, Total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.screening.since import Since
    from policy_match.screening.takeup import TakeUp

_POLICIES, _PLACES, _GAPS = 8, 6, 8
_CENTS = 100
_SHARES = (0.5, 0.8, 0.9, 0.95, 1.0)


class Reported(NamedTuple):
    """What a report is made of."""

    found: TakeUp
    gaps: pl.DataFrame
    """data_gaps.csv."""
    letters: pl.DataFrame
    """letters.csv."""
    findings: pl.LazyFrame
    since: Since | None
    """What changed since the last run, where there was one."""
    summary: Mapping[str, object]


def write_report(path: Path, made_of: Reported, words: Vocabulary) -> None:
    """Write report.html: what a screening found, for people."""
    view = _Report(made_of, words)
    text = page(
        "screening",
        "html",
        words.lang,
        bar=bar,
        band=band,
        title=words.text(words.program.title),
        day=_day(words.program.day, words),
        summary=made_of.summary,
        known=made_of.found.known,
        view=view,
    )
    path.write_text(text, encoding="utf-8")


class _Report:
    """The figures of the report, in words."""

    def __init__(self, made_of: Reported, words: Vocabulary) -> None:
        self._of, self._words = made_of, words
        self._found = made_of.found
        self._whole = made_of.found.whole
        left = [form for form in FORMS if self._has(form)]
        self.main = left[0] if left else ""
        """The form that the charts tell of: the first with something left."""

    def say(self, key: str, **fields: object) -> str:
        """Return fixed words of a screening."""
        return label(key, self._words.lang, **fields)

    def count(self, number: int) -> str:
        """Return a count as a table has it."""
        return tabled(number, self._words.lang)

    def _counted(self, key: str, number: int) -> str:
        return self.say(key, count=number, figure=self.count(number))

    def money(self, cents: int) -> str:
        """Return a sum, rounded as a head of a bureau reads it."""
        yuan = Fraction(cents, _CENTS)
        return rounded_money(yuan, self._words.lang, self._words.program.currency)

    def _has(self, form: str) -> bool:
        total = self._whole.forms.get(form)
        return total is not None and total.unclaimed > 0

    def form(self, form: str) -> str:
        """Return what a form of benefit is called."""
        return self._words.label(f"form-{form}")

    @property
    def figures(self) -> list[dict[str, str]]:
        """Money left, form by form, and of how many firms."""
        firms = self._firms_by_form
        return [
            {
                "form": self.form(form),
                "amount": self._left(self._whole.forms[form]),
                "firms": self._counted("count-firms", firms.get(form, 0)),
            }
            for form in FORMS
            if self._has(form)
        ]

    @cached_property
    def _firms_by_form(self) -> dict[str, int]:
        some = self._of.findings.filter(pl.col("status").cast(pl.String) == "unclaimed")
        counted = some.group_by("form").agg(pl.col("uscc").n_unique()).collect()
        return {str(form): int(count) for form, count in counted.iter_rows()}

    def _left(self, total: Total) -> str:
        sums = self._found.money(total)
        if sums["amount_unclaimed"] is None:
            return self.say("amount-unset")
        low = self.money(total.left)
        if total.unbounded_left:
            return self._words.label("at-least", low=low)
        high = self.money(total.left_high)
        return low if low == high else self._words.label("range", low=low, high=high)

    @property
    def headline(self) -> str:
        """Return what is left, in one sentence."""
        if not self.main:
            return self.say("head-nothing")
        firms = self._firms_by_form.get(self.main, 0)
        return self.say(
            "head-left" if self._found.known else "head-due",
            amount=self._left(self._whole.forms[self.main]),
            form=self.form(self.main),
            count=firms,
            figure=self.count(firms),
        )

    @property
    def share(self) -> dict[str, object] | None:
        """How much of what is due, in the main form, has been claimed."""
        total = self._whole.forms.get(self.main)
        if not self._found.known or total is None or not total.due:
            return None
        had = Fraction(total.claimed_of_due, total.due)
        return {
            "due": self.money(total.due),
            "had": self.money(total.claimed_of_due),
            "rest": self.money(total.due - total.claimed_of_due),
            "share": float(had * 100),
            "had_share": share_words(float(had), self._words.lang),
            "rest_share": share_words(float(1 - had), self._words.lang),
        }

    @property
    def causes(self) -> list[dict[str, str]]:
        """Why it is left: not claimed, one fact missing, awaiting a decision."""
        counts = self._found.of_claimable
        stake = self._stakes()
        told = [
            ("cause-unclaimed", counts.get("unclaimed", 0), self._first_letters()),
            ("cause-one-fact", counts.get("needs-one-fact", 0), stake),
            ("cause-judgement", counts.get("needs-judgement", 0), ""),
            ("cause-worth", counts.get("worth-unknown", 0), ""),
        ]
        return [
            {
                "what": self.say(key),
                "count": self._counted("count-findings", count),
                "note": note or self.say(f"{key}-note"),
            }
            for key, count, note in told
            if count
        ]

    def _stakes(self) -> str:
        some = self._of.gaps.filter(
            pl.col("form") == self.main, pl.col("amount_at_stake") > 0
        )
        if some.is_empty():
            return ""
        total = some["amount_at_stake"].sum()
        return self.say(
            "cause-one-fact-stake",
            amount=self.money(int(total * _CENTS)),
            form=self.form(self.main),
        )

    def _first_letters(self) -> str:
        reach = next((row for row in self.reach if row["share"] == "80%"), None)
        if reach is None:
            return ""
        return self.say("cause-unclaimed-letters", firms=reach["firms"], share="80%")

    @property
    def caution(self) -> list[dict[str, str]]:
        """Return what has been claimed without being surely due."""
        counts = self._found.statuses
        return [
            {
                "what": self.say(key),
                "count": self._counted("count-findings", counts[status]),
                "note": self.say(f"{key}-note"),
            }
            for key, status in (
                ("caution-over", "over-claimed"),
                ("caution-open", "claimed-undetermined"),
            )
            if counts.get(status)
        ]

    @property
    def changes(self) -> list[dict[str, str]]:
        """What changed since the last run, cause by cause."""
        since = self._of.since
        moved = {} if since is None else since.moves(self.main)
        return [
            {"what": self.say(f"since-{key}"), "amount": self._signed(cents)}
            for key, cents in moved.items()
        ]

    @property
    def reasons(self) -> list[str]:
        """Why the rate moved, cause by cause, in firms; and whether the law did."""
        since, claimable = self._of.since, self._found.claimable
        if since is None:
            return []
        lang = self._words.lang
        lines = [moved_words(x, n, lang) for x, n in since.why(claimable).items()]
        before, after = since.together(claimable).rate_before, self._found.whole.counts
        if lines and before is not None and after.rate is not None:
            rates = {"before": before, "after": after.rate}
            shown = {name: share_words(rate, lang) for name, rate in rates.items()}
            lines.insert(0, self.say("since-rate", **shown))
        if since.rulebook != self._found.program.digest:
            lines.append(self.say("since-other-law"))
        return lines

    def _signed(self, cents: int) -> str:
        sign = "−" if cents < 0 else "+" if cents > 0 else ""
        return sign + self.money(abs(cents))

    @property
    def since(self) -> dict[str, str] | None:
        """What the last run left, and its day."""
        since = self._of.since
        if since is None:
            return None
        return {
            "day": _day(since.day, self._words),
            "before": self.money(since.left_before(self.main)),
            "after": self.money(since.left_after(self.main)),
        }

    @property
    def other_forms(self) -> list[str]:
        """The other forms of which something is left."""
        return [form for form in FORMS if form != self.main and self._has(form)]

    def policies(self, form: str) -> list[dict[str, object]]:
        """Return the policies of a form with most left."""
        by_id = self._found.program.by_id
        some = [
            (self._words.policy(id_), self._found.policies[id_])
            for id_ in self._found.claimable
            if by_id[id_].form == form and self._found.policies[id_].unclaimed
        ]
        return self._bars(some, _POLICIES, "others-policies")

    def places(self, by: str) -> list[dict[str, object]]:
        """The values of a breakdown with most left in the main form."""
        groups = self._found.breakdowns.get(by, {})
        some = []
        for value, parts in groups.items():
            total = self._found.together(parts).forms.get(self.main)
            if total is not None and total.unclaimed:
                some.append((value_label(by, value, self._words), total))
        return self._bars(some, _PLACES, "others")

    @property
    def breakdowns(self) -> list[dict[str, object]]:
        """Every breakdown of more than one value, with its bars."""
        return [
            {"heading": self._split_by(by), "rows": rows}
            for by in self._found.breakdowns
            if len(rows := self.places(by)) > 1
        ]

    def _bars(
        self, some: Iterable[tuple[str, Total]], most: int, rest: str
    ) -> list[dict[str, object]]:
        ranked = sorted(some, key=lambda x: (-x[1].left, -x[1].unclaimed, x[0]))
        top = max((total.left for _, total in ranked), default=0) or 1
        shown = [
            {
                "name": name,
                "width": 100 * total.left / top,
                "left": self._left(total),
                "count": self.count(total.unclaimed),
            }
            for name, total in ranked[:most]
        ]
        others = ranked[most:]
        if others:
            left = sum(total.left for _, total in others)
            count = sum(total.unclaimed for _, total in others)
            name = self.say(rest, count=len(others))
            shown.append(
                {"name": name, "width": None, "left": self.money(left),
                 "count": self.count(count)}
            )  # fmt: skip
        return shown

    def _split_by(self, by: str) -> str:
        """Return the heading of a breakdown, which may be one of one's own."""
        if by not in self._found.own:
            return self.say(f"by-{by}")
        known = by in self._words.program.facts
        return self.say("by-own", name=self._words.title(by) if known else by)

    @property
    def rates(self) -> list[dict[str, object]]:
        """The rate of every policy with enough firms, with its range."""
        some = [
            (self._words.policy(id_), total)
            for id_ in self._found.claimable
            if (total := self._found.policies[id_]).rate is not None
        ]
        ranked = sorted(some, key=lambda x: (-(x[1].rate or 0), x[0]))
        return [
            {
                "name": name,
                "low": float((total.rate_low or 0) * 100),
                "high": float((total.rate_high or 0) * 100),
                "at": float((total.rate or 0) * 100),
                "rate": share_words(total.rate or 0, self._words.lang),
                "range": f"{total.rate_low:.0%}–{total.rate_high:.0%}",
                "total": total,
            }
            for name, total in ranked
        ]

    @property
    def lists(self) -> list[dict[str, str]]:
        """The facts whose lists would bring most."""
        return [
            {
                "title": row["title"],
                "who": self.say(f"who-{row['settled_by']}"),
                "firms": self.count(row["firms_missing"]),
                "settles": self.count(row["findings_settled_alone"]),
                "stake": self._at_stake(row),
            }
            for row in self._of.gaps.head(_GAPS).iter_rows(named=True)
        ]

    def _at_stake(self, row: Mapping[str, object]) -> str:
        stake = row["amount_at_stake"]
        if not stake:
            return ""
        amount = self.money(int(Fraction(str(stake)) * _CENTS))
        form = self.form(str(row["form"]))
        return self._words.label("form-without", form=form, amount=amount)

    @cached_property
    def reach(self) -> list[dict[str, object]]:
        """How many letters reach how much of what is left in the main form."""
        some = self._of.letters.filter(pl.col("form") == self.main)
        shares = some["cumulative_share"].cast(pl.Float64).fill_null(0).to_list()
        least = some["amount_left"].to_list()
        found: list[dict[str, object]] = []
        for share in _SHARES:
            place = next((n for n, x in enumerate(shares) if x >= share - 1e-9), None)
            if place is not None:
                found.append(
                    {
                        "firms": self._counted("count-firms", place + 1),
                        "share": f"{share:.0%}",
                        "width": share * 100,
                        "least": self.money(int(least[place] * _CENTS)),
                    }
                )
        return found


def _day(day: date, words: Vocabulary) -> str:
    return day_words(day, words.lang)
