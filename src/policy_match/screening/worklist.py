"""Worklists: a sheet a granting department, the largest amounts first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import xlsxwriter

from policy_match.firms.registers import KEPT
from policy_match.ir.analysis import dependences
from policy_match.ir.traversal import leaves
from policy_match.language.formats import unit_words
from policy_match.language.media import lines
from policy_match.language.words import label
from policy_match.reports.views.finding import claim_steps, granted_by
from policy_match.reports.words.claims import standing
from policy_match.reports.words.conditions import spoken
from policy_match.screening.csv_files import in_words, kept_in
from policy_match.screening.plan import TOWN
from policy_match.screening.sheets import Table
from policy_match.screening.statuses import asked_for
from policy_match.semantics.claiming import life, unknown_facts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from policy_match.ir.program import Policy
    from policy_match.reports.words.vocabulary import Vocabulary

MOST = 10_000
"""Rows a sheet; the rest is counted, and stands in findings.parquet."""
_LONGEST_NAME = 31
_WIDTHS = {
    "uscc": 22, "name": 30, "town": 14, "title": 26, "form": 12, "amount_low": 16,
    "amount_high": 16, "why": 46, "todo": 60, "due": 30, "basis": 40,
    "claimed": 16, "failed": 60,
}  # fmt: skip
_KEPT_WIDTH = 18
_MONEY = "#,##0.00"


def write_worklist(
    path: Path,
    findings: pl.LazyFrame,
    firms: pl.LazyFrame,
    words: Vocabulary,
    *,
    today: date,
    everything: bool,
) -> None:
    """Write what departments can act on: eligible firms that have not claimed.

    A last sheet has the firms that have claimed without being entitled, and why not.
    """
    by_department: dict[str, list[Policy]] = {}
    for policy in words.program.policies:
        if everything or asked_for(policy):
            by_department.setdefault(policy.about.granting, []).append(policy)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        names: set[str] = set()
        counts = _counts(findings)
        for department, policies in by_department.items():
            ids = [policy.id for policy in policies]
            if count := sum(counts.get(id_, 0) for id_ in ids):
                listed = _largest(findings, ids)
                name = sheet_name(words.department(department), names)
                texts = _texts(policies, words, today)
                rows = _named(listed, firms, texts, words)
                _sheet(book, name, rows, count, words)
        over = _over_claimed(findings, firms, words)
        if over.height:
            name = sheet_name(label("work-over", words.lang), names)
            _sheet(book, name, over.head(MOST), over.height, words)
        if not names:
            book.add_worksheet(sheet_name(label("work-none", words.lang), names))


def _unclaimed(findings: pl.LazyFrame) -> pl.LazyFrame:
    return findings.filter(pl.col("status") == "unclaimed")


def _counts(findings: pl.LazyFrame) -> dict[str, int]:
    """Return of how many firms a policy is unclaimed, of those where it is."""
    counted = _unclaimed(findings).group_by("policy").agg(pl.len())
    return dict(counted.collect(engine="streaming").rows())


def _largest(findings: pl.LazyFrame, policies: list[str]) -> pl.DataFrame:
    some = _unclaimed(findings).filter(pl.col("policy").is_in(policies))
    # What nobody can tell yet may be more than all the rest: it is not put last.
    order = ["amount_low", "policy", "uscc"]
    ranked = some.select("uscc", "policy", "amount_low", "amount_high").sort(
        order, descending=[True, False, False], nulls_last=False
    )
    return ranked.head(MOST).collect(engine="streaming")


def _texts(policies: list[Policy], words: Vocabulary, today: date) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "policy": [policy.id for policy in policies],
            "title": [words.policy(policy.id) for policy in policies],
            "form": [words.label(f"form-{policy.form}") for policy in policies],
            "why": [spoken(policy.when, words) for policy in policies],
            "todo": [_todo(policy, words, today) for policy in policies],
            "due": [_due(policy, words, today) for policy in policies],
            "basis": [
                words.label("semicolon").join(granted_by(policy, words))
                for policy in policies
            ],
        }
    )


def _todo(policy: Policy, words: Vocabulary, today: date) -> str:
    colon, comma = words.label("colon"), words.label("comma")
    steps = claim_steps(policy.about, words, today)
    said = (f"{step.label}{colon}{comma.join(step.texts)}" for step in steps)
    return words.label("semicolon").join(step.rstrip("。.") for step in said)


def _due(policy: Policy, words: Vocabulary, today: date) -> str:
    """Return by when, or until when the past can be recovered."""
    found = life(words.program, policy.about, today, unknown_facts(words.program))
    return standing(found, policy.about, today, words)


def _called(
    listed: pl.DataFrame, firms: pl.LazyFrame, words: Vocabulary
) -> pl.DataFrame:
    """Return rows with what is known of their firms beside them."""
    known = firms.join(listed.lazy().select("uscc").unique(), on="uscc", how="semi")
    shown = in_words(known.collect(), words)
    return listed.join(shown, on="uscc", how="left", maintain_order="left")


def _firm(firms: pl.LazyFrame, words: Vocabulary) -> list[str]:
    """Return the columns that say which firm it is."""
    town = ["town"] if TOWN in words.program.facts else []
    return ["uscc", "name", *town, *kept_in(firms)]


def _named(
    listed: pl.DataFrame, firms: pl.LazyFrame, texts: pl.DataFrame, words: Vocabulary
) -> pl.DataFrame:
    both = _called(listed, firms, words)
    return both.join(texts, on="policy", how="left", maintain_order="left").select(
        *_firm(firms, words),
        "title",
        "form",
        "amount_low",
        "amount_high",
        "why",
        "todo",
        "due",
        "basis",
    )


def _over_claimed(
    findings: pl.LazyFrame, firms: pl.LazyFrame, words: Vocabulary
) -> pl.DataFrame:
    """Return who has claimed without being entitled, with the conditions not met."""
    some = findings.filter(pl.col("status") == "over-claimed")
    found = some.select("uscc", "policy", "claimed_amount", "failed").sort(
        "claimed_amount", "policy", "uscc", descending=[True, False, False]
    )
    listed = found.collect(engine="streaming")
    over = frozenset(listed["policy"])
    read = dependences(words.program)
    conditions = {
        (policy.id, leaf.test.text): (spoken(leaf, words), bool(read.listed(leaf)))
        for policy in words.program.policies
        if policy.id in over
        for leaf in leaves(policy.when)
    }
    semicolon = words.label("semicolon")
    failed = [
        semicolon.join(_of_the_firm([conditions[policy, text] for text in texts]))
        for policy, texts in listed.select("policy", "failed").iter_rows()
    ]
    titles = [words.policy(policy) for policy in listed["policy"]]
    told = listed.with_columns(
        pl.Series("title", titles, pl.String), pl.Series("failed", failed, pl.String)
    )
    return _called(told, firms, words).select(
        *_firm(firms, words),
        "title",
        pl.col("claimed_amount").alias("claimed"),
        "failed",
    )


def _of_the_firm(conditions: list[tuple[str, bool]]) -> dict[str, None]:
    """Return the conditions on facts; those on the day alone only where none is."""
    some = [words for words, reads in conditions if reads]
    return dict.fromkeys(some or [words for words, _ in conditions])


def _heading(column: str, words: Vocabulary) -> str:
    """Return what a column is headed with: a firm is called as its rulebook says."""
    known, identity = words.program.facts, words.program.identity
    fact = {"uscc": identity.key, "name": identity.name}.get(column, "")
    if column.startswith(KEPT):
        heading = column.removeprefix(KEPT)
        if heading not in known:
            return heading
        fact = heading
    if fact in known:
        title = words.title(fact)
        return title[:1].upper() + title[1:]
    unit = unit_words(words.lang, words.program.currency)
    return words.label(f"work-{column}", unit=unit)


def sheet_name(name: str, taken: set[str]) -> str:
    """Return the name of a sheet as a workbook takes it, none of those taken."""
    # An apostrophe may stand within a name, not at its ends.
    plain = re.sub(r"[\[\]:*?/\\]", " ", name)[:_LONGEST_NAME].strip(" '") or "-"
    unique, number = plain, 2
    while unique.lower() in taken:
        tail = f" {number}"
        unique, number = plain[: _LONGEST_NAME - len(tail)] + tail, number + 1
    taken.add(unique.lower())
    return unique


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    rows: pl.DataFrame,
    count: int,
    words: Vocabulary,
) -> None:
    sheet = book.add_worksheet(name, Table)
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True})
    money = book.add_format({"num_format": _MONEY})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, column in enumerate(rows.columns):
        sheet.set_column(place, place, _WIDTHS.get(column, _KEPT_WIDTH))
        sheet.write_string(0, place, lines(_heading(column, words)), head)
    styles = dict.fromkeys(("claimed", "amount_low", "amount_high"), money)
    styles |= dict.fromkeys(("why", "todo", "due", "failed"), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows.height, rows.width - 1)
    if count > rows.height:
        rest = label("work-rest", words.lang, count=count - rows.height)
        last = pl.DataFrame({rows.columns[0]: [rest]})
        rows = pl.concat([rows, last], how="diagonal")
    sheet.fill(rows, [styles.get(column) for column in rows.columns])
