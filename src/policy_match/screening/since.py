"""What changed since the result that a screening replaces, and why."""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.domain.texts import Window
from policy_match.language.formats import tabled
from policy_match.language.words import label
from policy_match.screening.takeup import share
from policy_match.screening.work import SCHEMA, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from policy_match.ir.program import Program

CAUSES = ("claims", "firms", "data", "law", "day", "data-or-law")
"""New claims; firms that came or went; better data; other law; the same law on a
later day; data or law, where both are others."""
_KEY = "finding"
"""One number for a firm and a policy: texts take far longer to compare."""
_RATE = ("had", "missed", "had_now", "missed_now")
_SUMS = ("left", "left_now", *_RATE)
_CLAIMED = ("claimed", "claimed-instead", "claimed-undetermined", "over-claimed")


class Counted(NamedTuple):
    """Firms that a rate is made of, then and now."""

    claimed_before: int = 0
    unclaimed_before: int = 0
    claimed: int = 0
    unclaimed: int = 0

    @property
    def rate_before(self) -> Decimal | None:
        """The earlier rate; None where there was nothing to claim."""
        return share(self.claimed_before, self.claimed_before + self.unclaimed_before)

    @property
    def moved(self) -> tuple[int, int]:
        """How many more have claimed, and have not."""
        more = self.claimed - self.claimed_before
        return more, self.unclaimed - self.unclaimed_before


class Since(NamedTuple):
    """How what is left has moved since an earlier result, in cents."""

    day: date
    """The day whose law the earlier result applied."""
    before: Mapping[str, int]
    """What was left, by form."""
    after: Mapping[str, int]
    moved: Mapping[tuple[str, str], int]
    """By form and one of CAUSES."""
    rulebook: str = ""
    """The digest of the rulebook that the earlier result applied."""
    counted: Mapping[tuple[str, str], Counted] = MappingProxyType({})
    """What a rate is made of, by policy and one of CAUSES."""

    def left_before(self, form: str) -> int:
        """Return what was left then."""
        return self.before.get(form, 0)

    def left_after(self, form: str) -> int:
        """Return what is left now."""
        return self.after.get(form, 0)

    def moves(self, form: str) -> dict[str, int]:
        """Return by cause how what is left has moved; their sum is the difference."""
        found = {cause: self.moved.get((form, cause), 0) for cause in CAUSES}
        return {cause: cents for cause, cents in found.items() if cents}

    def together(self, policies: Iterable[str]) -> Counted:
        """Return what the rate of some policies is made of."""
        return self._counted(policies, CAUSES)

    def why(self, policies: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return by cause how many more firms of a rate have claimed, and have not."""
        some = set(policies)
        moved = {cause: self._counted(some, (cause,)).moved for cause in CAUSES}
        return {cause: counts for cause, counts in moved.items() if any(counts)}

    def _counted(self, policies: Iterable[str], causes: Collection[str]) -> Counted:
        some = set(policies)
        mine = (
            one
            for (id_, cause), one in self.counted.items()
            if id_ in some and cause in causes
        )
        return Counted(*map(sum, zip(Counted(), *mine, strict=True)))


def since(
    earlier: Path,
    now: Path,
    summary: Mapping[str, object],
    program: Program,
    same_law: Window | None,
) -> Since | None:
    """Compare two results firm by firm; None where there is no earlier one to compare.

    One of another rulebook or another year is another question, and so is one
    without claims. `same_law` are the days whose law is that of the program.
    """
    known = _summary(earlier)
    if known is None or not _comparable(known, summary):
        return None
    policies = program.policies
    firms = _firms(earlier, now)
    then, later = (_left(place, program, firms) for place in (earlier, now))
    both = then.join(later, on=_KEY, how="full", coalesce=True, suffix="_now")
    counted = (
        both.with_columns(
            pl.coalesce("kept", "kept_now").alias("kept"),
            pl.col("left", "left_now").fill_null(0),
        )
        .with_columns(_cause(known, summary, same_law).alias("cause"))
        .group_by((pl.col(_KEY) % len(policies)).alias("at"), "cause")
        .agg(pl.col(_SUMS).sum())
        .collect()
    )
    moved = counted.with_columns(
        pl.Series("policy", [policies[at].id for at in counted["at"]], pl.String),
        pl.Series("form", [policies[at].form for at in counted["at"]], pl.String),
    )
    forms = moved.group_by("form", "cause").agg(pl.col("left", "left_now").sum())
    rates = moved.select("policy", "cause", *_RATE)
    return Since(
        date.fromisoformat(str(known["on"])),
        _sums(moved, "left"),
        _sums(moved, "left_now"),
        {(form, cause): now - before for form, cause, before, now in forms.iter_rows()},
        str(_of(known, "rulebook", "digest")),
        {(id_, cause): Counted(*counts) for id_, cause, *counts in rates.iter_rows()},
    )


def moved_words(cause: str, counts: tuple[int, int], lang: str) -> str:
    """Return what one cause did to the firms that a rate is made of."""
    claimed, unclaimed = (
        ("−" if count < 0 else "+" if count else "") + tabled(abs(count), lang)
        for count in counts
    )
    why = label(f"since-{cause}", lang)
    return label("since-moved", lang, why=why, claimed=claimed, unclaimed=unclaimed)


def _summary(place: Path) -> dict[str, object] | None:
    try:
        found = json.loads((place / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        return None
    return found


def _comparable(known: Mapping[str, object], now: Mapping[str, object]) -> bool:
    same_year = str(known.get("on"))[:4] == str(now["on"])[:4]
    return (
        same_year
        and _of(known, "rulebook", "id") == _of(now, "rulebook", "id")
        and all(_of(x, "inputs", "claims") is not None for x in (known, now))
    )


def _of(summary: Mapping[str, object], *names: str) -> object:
    found: object = summary
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _firms(earlier: Path, now: Path) -> pl.LazyFrame:
    """Return the firms of both results with a number, and whether each is in both."""
    then, later = (
        pl.scan_parquet(place / "outcomes.parquet").select("uscc").unique()
        for place in (earlier, now)
    )
    both = then.with_columns(then=True).join(
        later.with_columns(now=True), on="uscc", how="full", coalesce=True
    )
    kept = pl.col("then") & pl.col("now")
    named = both.filter(pl.col("uscc").is_not_null()).with_row_index("at")
    return named.select("uscc", "at", kept.fill_null(value=False).alias("kept"))


def _left(place: Path, program: Program, firms: pl.LazyFrame) -> pl.LazyFrame:
    """Return what is left of each finding, in cents, and whether it is claimed.

    A finding without a claim of which nothing is left adds to no sum, as one that
    is not there: most are, and stay out.
    """
    numbers = {policy.id: at for at, policy in enumerate(program.policies)}
    policy = pl.col("policy").replace_strict(
        numbers, default=None, return_dtype=pl.UInt64
    )
    unclaimed, claimed = pl.col("status") == "unclaimed", pl.col("status") == "claimed"
    cents = pl.col("amount_low").to_physical().cast(pl.Int64)
    return (
        pl.scan_parquet(place / "findings.parquet")
        .filter(pl.col("status").is_in([*_CLAIMED, "unclaimed"]))
        .select(
            "uscc",
            policy.alias("policy"),
            pl.when(unclaimed).then(cents).otherwise(0).alias("left"),
            (~unclaimed).alias("claimed"),
            claimed.alias("had"),
            unclaimed.alias("missed"),
        )
        .filter(pl.col("policy").is_not_null())
        .join(firms, on="uscc")
        .with_columns((pl.col("at") * len(numbers) + pl.col("policy")).alias(_KEY))
        .drop("uscc", "at", "policy")
    )


def _cause(
    known: Mapping[str, object], now: Mapping[str, object], same_law: Window | None
) -> pl.Expr:
    """Return why a finding's rest has moved.

    Where both the register and the law are others, no result tells which of the
    two it was.
    """
    before, today = (date.fromisoformat(str(x["on"])) for x in (known, now))
    one_book = _of(known, "rulebook", "digest") == _of(now, "rulebook", "digest")
    data = [_of(x, "inputs", "firms", "digest") for x in (known, now)]
    rest = "data-or-law"
    if one_book and before in (same_law or Window(today, today)):
        rest = "day" if data[0] == data[1] and before != today else "data"
    elif data[0] == data[1]:
        rest = "law"
    differ = pl.col("claimed").fill_null(value=False) != pl.col(
        "claimed_now"
    ).fill_null(value=False)
    return (
        pl.when(~pl.col("kept"))
        .then(pl.lit("firms"))
        .when(differ)
        .then(pl.lit("claims"))
        .otherwise(pl.lit(rest))
    )


def _sums(moved: pl.DataFrame, column: str) -> dict[str, int]:
    found = moved.group_by("form").agg(pl.col(column).sum())
    return {str(form): int(cents) for form, cents in found.iter_rows()}
