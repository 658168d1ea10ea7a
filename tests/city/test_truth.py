"""What is said of a city is true, and stays true whatever is missing."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tests.city import city
from tests.screening.command import Result, screen

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.city

FIRMS = 3000
SET_BY_A_BODY = {
    "three-in-one-certification-incentive",
    "online-international-fair-subsidy",
}
"""No document fixes their amounts, so that a sum is blank, not 0."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a city whose register lacks nothing."""
    out = tmp_path_factory.mktemp("whole")
    return city.generate(out, "--firms", FIRMS, "--seed", 7, "--complete")


@pytest.fixture(scope="module")
def screened(whole: Path) -> Result:
    """Return what is found when nothing is missing."""
    return screened_city(whole, whole / "firms.csv")


def screened_city(place: Path, firms: Path) -> Result:
    """Screen a register of a city with the city's claims."""
    result = screen(
        firms, "--claims", place / "claims.csv", out=firms.with_suffix(".out")
    )
    assert result.code == 0, result.err
    return result


def test_sums_equal_the_truth(whole: Path, screened: Result) -> None:
    """Counts of firms, take-up, and money to the cent, by policy."""
    for policy, true in city.policies(whole).items():
        row = screened.takeup(policy)
        right = true["claimed"] + true["unclaimed"]
        rate = f"{Decimal(true['claimed']) / right:.4f}" if right else None
        expected = {
            "eligible": str(true["eligible"]),
            "claimed": str(true["claimed"]),
            "unclaimed": str(true["unclaimed"]),
            "worth_unknown": str(true["worth_unknown"]),
            "nothing_to_claim": str(true["nothing_to_claim"]),
            "takeup_rate": rate,
            "undetermined": "0",
            "over_claimed": str(true["over_claimed"]),
            "amount_due": yuan(true["due"]),
            "amount_due_high": yuan(true["due_high"]),
            "amount_claimed": yuan(true["paid"]),
            "amount_unclaimed": yuan(true["left"]),
            "amount_unclaimed_high": yuan(true["left_high"]),
        }
        if policy in SET_BY_A_BODY:
            sums = ("due", "due_high", "unclaimed", "unclaimed_high")
            expected |= {f"amount_{name}": None for name in sums}
        assert {name: row[name] for name in expected} == expected, policy


def yuan(cents: int) -> str:
    """Return cents as a table shows them."""
    return f"{Decimal(cents) / 100:.2f}"


def test_size_classes_equal_the_truth(whole: Path, screened: Result) -> None:
    """Every firm is in the class that the size standard puts it in."""
    found = screened.csv("takeup_by").filter(
        by="size_class", policy="small-low-profit-cit"
    )
    counts = {row["value"]: int(row["firms"]) for row in found.to_dicts()}
    true = city.told(whole)["sizes"]
    assert counts == {size.lower(): n for size, n in true.items() if n}


def test_every_firm_gets_what_it_is_entitled_to(whole: Path, screened: Result) -> None:
    """Outcome and amount of each firm under each policy, to the cent."""
    assert wrong(whole, screened, exactly=True) == {}


@pytest.mark.parametrize(("seed", "format_"), [(8, "gbk"), (9, "parquet")])
def test_nobody_entitled_is_refused_where_departments_lack_data(
    tmp_path: Path, seed: int, format_: str
) -> None:
    """The register as the city has it, in each format, without any option."""
    options = ("--firms", FIRMS, "--seed", seed, "--format", format_)
    place = city.generate(tmp_path / "city", *options)
    ending = "parquet" if format_ == "parquet" else "csv"
    firms = place / f"firms.{ending}"
    claims = place / f"claims.{ending}"
    result = screen(firms, "--claims", claims, out=tmp_path / "out")
    assert result.code == 0, result.err
    assert wrong(place, result, exactly=False) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_entitled_is_refused_whatever_is_left_out(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    """Of each column some cells, most, or all are taken away."""
    chance = random.Random(seed)  # noqa: S311
    full = pl.read_csv(whole / "firms.csv", infer_schema=False)
    columns = [full["uscc"]]
    for series in full.get_columns()[1:]:
        share = chance.choice((0.0, 0.02, 0.3, 0.8, 1.0))
        kept = [chance.random() >= share for _ in range(full.height)]
        columns.append(pl.select(pl.when(pl.Series(kept)).then(series)).to_series())
    firms = tmp_path / "less.csv"
    pl.DataFrame(columns).write_csv(firms)
    assert wrong(whole, screened_city(whole, firms), exactly=False) == {}


def wrong(place: Path, result: Result, *, exactly: bool) -> dict[str, list[str]]:
    """Return the firms of which something untrue is said, by policy.

    Unless everything is known exactly, `undetermined` is true of any firm and
    a range is true where it contains the amount.
    """
    true, found = city.truth(place), result.parquet("outcomes")
    both = true.join(found, on="uscc", suffix=".found")
    assert both.height == true.height
    refused: dict[str, list[str]] = {}
    for policy in city.policies(place):
        outcome = pl.col(f"{policy}.found").cast(pl.String)
        entitled = pl.col(policy)
        settled = pl.lit(exactly) | (outcome != "undetermined")
        untrue = settled & (entitled != (outcome == "eligible"))
        if f"{policy}.low" in true.columns:
            low, high = (pl.col(f"{policy}.{end}") for end in ("low", "high"))
            least, most = (
                (pl.col(f"{policy}.{end}.found") * 100).cast(pl.Int64)
                for end in ("low", "high")
            )
            outside = (least > low).fill_null(value=exactly)
            outside |= (most < high).fill_null(value=exactly)
            if exactly:
                outside |= (least != low) | (most != high)
            untrue |= entitled & outside
        some = both.filter(untrue)["uscc"].to_list()
        if some:
            refused[policy] = some
    return refused
