"""What somebody should do about a firm and a policy, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import sheet as s
from policy_match.domain.facts import Settler

if TYPE_CHECKING:
    from policy_match.backends.columnar.sheet import Sheet

STATUSES = (
    "claimed",
    "unclaimed",
    "excluded",
    "claimed-instead",
    "needs-choice",
    "needs-one-fact",
    "needs-data",
    "needs-judgement",
    "claimed-undetermined",
    "over-claimed",
    "not-entitled",
)
"""Every status, in the order of contract section 7; a column has their places."""
CODE = {status: code for code, status in enumerate(STATUSES)}
KIND = pl.Enum(STATUSES)
SILENT = frozenset({"needs-data", "needs-judgement", "not-entitled"})
"""What is found by `--all` only."""
UNASKED = frozenset({"service", "recognition", "credit"})
"""Forms of benefit that no claim is paid for."""
OPEN, CLAIMED = "·open", "·claimed"
"""The words of facts open for the outcome, and what has been claimed, in cents."""


class OpenFacts(NamedTuple):
    """How many facts are open for an outcome, and how many of them are judged."""

    every: pl.Expr
    judged: pl.Expr


def open_facts(sheet: Sheet) -> OpenFacts:
    """Return the counts over the words named OPEN (`·open`, `·open.1` …)."""
    specs = sheet.reading.program.facts
    every: pl.Expr = pl.lit(0, pl.UInt32)
    judged: pl.Expr = pl.lit(0, pl.UInt32)
    for place, name in enumerate(open_names(sheet)):
        facts = sheet.open_facts[place * s.WORD : (place + 1) * s.WORD]
        officers = sum(
            1 << bit
            for bit, fact in enumerate(facts)
            if specs[fact].settled_by is Settler.OFFICER
        )
        word = pl.col(name)
        every = every + word.bitwise_count_ones()
        if officers:
            mask = pl.lit(officers, pl.UInt64)
            judged = judged + (word & mask).bitwise_count_ones()
    return OpenFacts(every, judged)


def open_names(sheet: Sheet) -> tuple[str, ...]:
    """Return the names of the words of open facts."""
    words = -(-len(sheet.open_facts) // s.WORD)
    return tuple(f"{OPEN}{place or ''}" for place in range(words))


def status(sheet: Sheet) -> pl.Expr:
    """Return the code of the status in every row (contract, section 7)."""
    outcome = pl.col(sheet.name("outcome"))
    claimed = pl.col(CLAIMED).is_not_null()
    facts = open_facts(sheet)

    def code(status: str) -> pl.Expr:
        return pl.lit(CODE[status], pl.UInt8)

    judged = (facts.every == facts.judged) & (facts.every > 0)
    one = (facts.every == 1) & (facts.judged == 0)
    undetermined = (
        pl.when(claimed).then(code("claimed-undetermined"))
        .when(one).then(code("needs-one-fact"))
        .when(judged).then(code("needs-judgement"))
        .otherwise(code("needs-data"))
    )  # fmt: skip
    return (
        pl.when(outcome == s.ELIGIBLE).then(_eligible(sheet, claimed))
        .when(outcome == s.UNDETERMINED).then(undetermined)
        .when(claimed).then(code("over-claimed"))
        .otherwise(code("not-entitled"))
        .alias("status")
    )  # fmt: skip


def _eligible(sheet: Sheet, claimed: pl.Expr) -> pl.Expr:
    def either(yes: str, no: str) -> pl.Expr:
        paid = pl.when(claimed).then(pl.lit(CODE[yes], pl.UInt8))
        return paid.otherwise(pl.lit(CODE[no], pl.UInt8))

    if sheet.component is None:
        return either("claimed", "unclaimed")
    selected = pl.col(sheet.name("selected"))
    # A claim for an eligible firm is the firm's own choice where figures leave
    # it open.
    return (
        pl.when(selected).then(either("claimed", "unclaimed"))
        .when(~selected).then(either("claimed-instead", "excluded"))
        .otherwise(either("claimed", "needs-choice"))
    )  # fmt: skip


def written(sheet: Sheet, *, everything: bool) -> pl.Expr:
    """Return where a row of findings is worth writing."""
    if everything:
        return pl.lit(True)  # noqa: FBT003
    if sheet.policy.indirect:
        return pl.col(CLAIMED).is_not_null()
    quiet = {CODE[name] for name in SILENT}
    if sheet.policy.form in UNASKED:
        quiet |= {CODE["unclaimed"], CODE["excluded"], CODE["needs-choice"]}
    return ~pl.col("status").is_in(sorted(quiet))
