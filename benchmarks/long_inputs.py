"""Long texts of one kind in one place: seconds, and how they grow with the length.

    python benchmarks/long_inputs.py [CHARACTERS] [PLACE]...

Of each place the kind is told that takes longest, and the one whose time grows
most from a quarter of the length to the whole, of those that take a tenth of a
second: 4 is in step with the length, 16 with its square.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from machine import described

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.properties.long_inputs import KINDS, PLACES, Bench

_MEASURED = 0.1
"""Seconds below which a ratio is noise."""


def main() -> None:
    """Print a row for each place."""
    whole = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    places = sys.argv[2:] or list(PLACES)
    print(f"{described()}\n{whole:,} characters\n")
    print("| place | slowest kind | seconds | steepest kind | ratio |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory)).prepare()
        for place in places:
            PLACES[place]("a", bench)
            print(_row(place, bench, whole), flush=True)


def _row(place: str, bench: Bench, whole: int) -> str:
    seconds: dict[str, float] = {}
    ratios: dict[str, float] = {}
    for kind, piece in KINDS.items():
        if (place, kind) == ("a file to read", "nulls"):
            continue
        quarter, seconds[kind] = (
            _seconds(place, piece * (count // len(piece)), bench)
            for count in (whole // 4, whole)
        )
        if seconds[kind] >= _MEASURED:
            ratios[kind] = seconds[kind] / quarter
    slowest = max(seconds, key=seconds.__getitem__)
    told = f"| {place} | {slowest} | {seconds[slowest]:.2f} |"
    if not ratios:
        return f"{told} – | – |"
    steepest = max(ratios, key=ratios.__getitem__)
    return f"{told} {steepest} | {ratios[steepest]:.1f} |"


def _seconds(place: str, run: str, bench: Bench) -> float:
    start = time.process_time()
    PLACES[place](run, bench)
    return time.process_time() - start


if __name__ == "__main__":
    main()
