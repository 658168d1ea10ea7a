"""A made-up city of firms: a register, the claims paid so far, and the truth.

    python examples/city/generate.py --firms 100000 --seed 1 --out DIR

needs NumPy and Polars. No firm in it exists.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import claims as claiming
import click
import numpy as np
import polars as pl
from population import BLOCK, block
from tables import headings, identity, table, with_gaps
from truth import SIZES, entitlements, size_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truth import Entitled

FORMATS = ("csv", "gbk", "parquet")


@click.command()
@click.option("--firms", "count", type=click.IntRange(1), default=10_000,
              show_default=True, help="How many firms.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True,
              help="The same seed gives the same city.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              required=True, help="Directory to write to.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv",
              show_default=True,
              help="gbk: a CSV with Chinese headings, in 万元.")  # fmt: skip
@click.option("--complete", is_flag=True, help="Leave no fact of the register out.")
def main(count: int, seed: int, out: Path, format_: str, complete: bool) -> None:
    """Write firms, claims, truth.parquet and truth.json into a directory."""
    out.mkdir(parents=True, exist_ok=True)
    parts = out / ".parts"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    told = _blocks(count, seed, parts, format_, complete=complete)
    _joined(parts, out, "truth", "parquet")
    _joined(parts, out, "firms", format_)
    _joined(parts, out, "claims", format_)
    shutil.rmtree(parts)
    (out / "truth.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _blocks(
    count: int, seed: int, parts: Path, format_: str, *, complete: bool
) -> Mapping[str, object]:
    """Write the city block by block; return what is true of the whole of it."""
    totals: dict[str, claiming.Total] = {}
    sizes = np.zeros(len(SIZES), np.int64)
    for number in range(-(-count // BLOCK)):
        firms = block(seed, number).first(count - number * BLOCK)
        known = identity(firms)
        whole = table(firms, known, chinese=format_ == "gbk")
        entitled = entitlements(firms)
        claims = claiming.claimed(firms, entitled)
        for policy, one in entitled.items():
            total = totals.setdefault(policy, claiming.Total())
            claiming.add(total, one, claims[policy])
        classes = size_class(firms)
        sizes += np.bincount(classes, minlength=len(SIZES))
        paid = _claims(claiming.rows(firms, known["uscc"], claims), format_)
        seen = whole if complete else with_gaps(firms, whole)
        for name, frame in (
            ("firms", seen),
            ("claims", paid),
            ("truth", _truth(known, entitled, claims, classes)),
        ):
            frame.write_parquet(parts / f"{name}-{number:05}.parquet")
    return {
        "firms": count,
        "sizes": {str(k): int(v) for k, v in zip(SIZES, sizes, strict=True)},
        "policies": {policy: asdict(total) for policy, total in totals.items()},
    }


def _claims(found: pl.DataFrame, format_: str) -> pl.DataFrame:
    """Return claims in yuan under the headings of the format."""
    yuan = (pl.col("amount").cast(pl.Decimal(38, 2)) / 100).cast(pl.Decimal(18, 2))
    names = headings(chinese=format_ == "gbk")
    return found.with_columns(yuan).rename(dict(zip(found.columns, names, strict=True)))


def _truth(
    known: pl.DataFrame,
    entitled: Mapping[str, Entitled],
    claims: Mapping[str, claiming.Claimed],
    sizes: np.ndarray,
) -> pl.DataFrame:
    """Return a row a firm: its size, and per policy what is true, in cents."""
    columns = [known["uscc"], pl.Series(SIZES).gather(sizes).alias("sme_class")]
    for policy, (to_it, low, high) in entitled.items():
        columns.append(pl.Series(policy, to_it))
        if low is not None:
            columns.append(pl.Series(f"{policy}.low", low))
            columns.append(pl.Series(f"{policy}.high", low if high is None else high))
        columns.append(pl.Series(f"{policy}.claimed", claims[policy].by))
    return pl.DataFrame(columns)


def _joined(parts: Path, out: Path, name: str, format_: str) -> None:
    """Put the blocks of one table together, one at a time."""
    files = sorted(parts.glob(f"{name}-*.parquet"))
    if format_ == "parquet":
        pl.scan_parquet(files).sink_parquet(out / f"{name}.parquet")
        return
    encoding = "gbk" if format_ == "gbk" else "utf-8"
    with (out / f"{name}.csv").open("w", encoding=encoding, newline="") as whole:
        for place, file in enumerate(files):
            whole.write(pl.read_parquet(file).write_csv(include_header=place == 0))


if __name__ == "__main__":
    main()
