"""Page two of the report: where most is left, rates, lists to get, whom to write to."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from policy_match.language.formats import share_words
from policy_match.screening.csv_files import label as value_label
from policy_match.screening.report_words import CENTS, Told
from policy_match.screening.takeup import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.screening.takeup import Total

_POLICIES, _PLACES, _GAPS = 8, 6, 8
_SHARES = (0.5, 0.8, 0.9, 0.95, 1.0)


class Lists(Told):
    """Bars and tables, each with what is most first."""

    @property
    def other_forms(self) -> list[str]:
        """The other forms of which something is left."""
        return [form for form in FORMS if form != self.main and self.has(form)]

    def policies(self, form: str) -> list[dict[str, object]]:
        """Return the policies of a form with most left."""
        by_id = self.found.program.by_id
        some = [
            (self.words.policy(id_), self.found.policies[id_])
            for id_ in self.found.claimable
            if by_id[id_].form == form and self.found.policies[id_].unclaimed
        ]
        return self._bars(some, _POLICIES, "others-policies")

    def places(self, by: str) -> list[dict[str, object]]:
        """The values of a breakdown with most left in the main form."""
        groups = self.found.breakdowns.get(by, {})
        some = []
        for value, parts in groups.items():
            total = self.found.together(parts).forms.get(self.main)
            if total is not None and total.unclaimed:
                some.append((value_label(by, value, self.words), total))
        return self._bars(some, _PLACES, "others")

    @property
    def breakdowns(self) -> list[dict[str, object]]:
        """Every breakdown of more than one value, with its bars."""
        return [
            {"heading": self._split_by(by), "rows": rows}
            for by in self.found.breakdowns
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
                "left": self.left(total),
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
        if by not in self.found.own:
            return self.say(f"by-{by}")
        known = by in self.words.program.facts
        return self.say("by-own", name=self.words.title(by) if known else by)

    @property
    def rates(self) -> list[dict[str, object]]:
        """The rate of every policy with enough firms, with its range."""
        some = [
            (self.words.policy(id_), total)
            for id_ in self.found.claimable
            if (total := self.found.policies[id_]).rate is not None
        ]
        ranked = sorted(some, key=lambda x: (-(x[1].rate or 0), x[0]))
        return [
            {
                "name": name,
                "low": float((total.rate_low or 0) * 100),
                "high": float((total.rate_high or 0) * 100),
                "at": float((total.rate or 0) * 100),
                "rate": share_words(total.rate or 0, self.words.lang),
                "range": self.say(
                    "share-range",
                    low=f"{total.rate_low or 0:.0%}",
                    high=f"{total.rate_high or 0:.0%}",
                ),
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
            for row in self.of.gaps.head(_GAPS).iter_rows(named=True)
        ]

    def _at_stake(self, row: Mapping[str, object]) -> str:
        stake = row["amount_at_stake"]
        if not stake:
            return ""
        amount = self.money(int(Fraction(str(stake)) * CENTS))
        form = self.form(str(row["form"]))
        return self.words.label("form-without", form=form, amount=amount)

    @cached_property
    def reach(self) -> list[dict[str, object]]:
        """How many letters reach how much of what is left in the main form."""
        some = self.of.letters.filter(pl.col("form") == self.main)
        shares = some["cumulative_share"].cast(pl.Float64).fill_null(0).to_list()
        least = some["amount_left"].to_list()
        found: list[dict[str, object]] = []
        for share in _SHARES:
            place = next((n for n, x in enumerate(shares) if x >= share - 1e-9), None)
            if place is not None:
                found.append(
                    {
                        "firms": self.counted("count-firms", place + 1),
                        "share": f"{share:.0%}",
                        "width": share * 100,
                        "least": self.money(int(least[place] * CENTS)),
                    }
                )
        return found
