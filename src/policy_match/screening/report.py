"""The report for people: money left by form, why, what changed, where most is left."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.language.formats import share_words
from policy_match.reports.layouts.pages import page
from policy_match.screening.bars import band, bar
from policy_match.screening.report_lists import Lists
from policy_match.screening.since import moved_words
from policy_match.screening.takeup import FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.screening.report_words import Reported


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
        day=view.day(words.program.day),
        summary=made_of.summary,
        known=made_of.found.known,
        view=view,
    )
    path.write_text(text, encoding="utf-8")


_CAUSES = {
    "unclaimed": "unclaimed",
    "one-fact": "needs-one-fact",
    "judgement": "needs-judgement",
    "worth": "worth-unknown",
}
"""Why something is left, and the status that says so."""


class _Report(Lists):
    """The figures of the report, in words."""

    @property
    def figures(self) -> list[dict[str, str]]:
        """Money left, form by form, and of how many firms."""
        firms = self.of.firms
        return [
            {
                "form": self.form(form),
                "amount": self.left(self.whole.forms[form]),
                "firms": self.counted("count-firms", firms.get(form, 0)),
            }
            for form in FORMS
            if self.has(form)
        ]

    @property
    def headline(self) -> str:
        """Return what is left, in one sentence."""
        if not self.main:
            return self.say("head-nothing")
        firms = self.of.firms.get(self.main, 0)
        return self.say(
            "head-left" if self.found.known else "head-due",
            amount=self.left(self.whole.forms[self.main]),
            form=self.form(self.main),
            count=firms,
            figure=self.count(firms),
        )

    @property
    def share(self) -> dict[str, object] | None:
        """How much of what is due, in the main form, has been claimed."""
        total = self.whole.forms.get(self.main)
        if not self.found.known or total is None or not total.due:
            return None
        had = Fraction(total.claimed_of_due, total.due)
        return {
            "due": self.money(total.due),
            "had": self.money(total.claimed_of_due),
            "rest": self.money(total.due - total.claimed_of_due),
            "share": float(had * 100),
            "had_share": share_words(float(had), self.words.lang),
            "rest_share": share_words(float(1 - had), self.words.lang),
        }

    @property
    def causes(self) -> list[dict[str, str]]:
        """Why it is left: not claimed, one fact missing, awaiting a decision."""
        counts = self.found.of_claimable
        whole, stake = self.whole.forms.get(self.main), self.of.stakes.get(self.main, 0)
        most = self.say("cause-at-most", amount=self.money(stake)) if stake else ""
        told = [
            ("unclaimed", self.left(whole) if whole else "", self._first_letters()),
            ("one-fact", most, ""),
            ("judgement", "", ""),
            ("worth", "", ""),
        ]
        return [
            {
                "what": self.say(f"cause-{key}"),
                "money": money
                and self.say("notice-form", form=self.form(self.main), amount=money),
                "count": self.counted("count-findings", count),
                "note": note or self.say(f"cause-{key}-note"),
            }
            for key, money, note in told
            if (count := counts.get(_CAUSES[key]))
        ]

    def _first_letters(self) -> str:
        reach = next((row for row in self.reach if row["share"] == "80%"), None)
        if reach is None:
            return ""
        return self.say("cause-unclaimed-letters", firms=reach["firms"], share="80%")

    @property
    def caution(self) -> list[dict[str, str]]:
        """Return what has been claimed without being surely due."""
        counts = self.found.statuses
        over = self.forms(self.found.over_claimed)
        return [
            {
                "what": self.say(key),
                "money": over if status == "over-claimed" else "",
                "count": self.counted("count-findings", counts[status]),
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
        since = self.of.since
        moved = {} if since is None else since.moves(self.main)
        return [
            {"what": self.say(f"since-{key}"), "amount": self.signed(cents)}
            for key, cents in moved.items()
        ]

    @property
    def reasons(self) -> list[str]:
        """Why the rate moved, cause by cause, in firms; and whether the law did."""
        since, claimable = self.of.since, self.found.claimable
        if since is None:
            return []
        lang = self.words.lang
        lines = [moved_words(x, n, lang) for x, n in since.why(claimable).items()]
        before, after = since.together(claimable).rate_before, self.found.whole.counts
        if lines and before is not None and after.rate is not None:
            rates = {"before": before, "after": after.rate}
            shown = {name: share_words(rate, lang) for name, rate in rates.items()}
            lines.insert(0, self.say("since-rate", **shown))
        if since.rulebook != self.found.program.digest:
            lines.append(self.say("since-other-law"))
        return lines

    @property
    def since(self) -> dict[str, str] | None:
        """What the last run left, and its day."""
        since = self.of.since
        if since is None:
            return None
        return {
            "day": self.day(since.day),
            "before": self.money(since.left_before(self.main)),
            "after": self.money(since.left_after(self.main)),
        }
