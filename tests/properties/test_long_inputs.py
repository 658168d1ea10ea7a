"""A million characters of one kind in one place: an answer, or a few short lines."""

from __future__ import annotations

import pytest

from tests.properties.long_inputs import KINDS, PLACES, Bench, calls

MILLION = 1_000_000
KEPT = 20
"""Faults of one file that are told, at most; each has its place."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a directory with the rules of a town."""
    return Bench(tmp_path_factory.mktemp("bench")).prepare()


def cases() -> list[object]:
    """Return every place with every kind; one kind of a place is tried quickly."""
    kinds = list(KINDS)
    return [
        pytest.param(
            place,
            kind,
            id=f"{place}-{kind}",
            marks=() if kinds[at % len(kinds)] == kind else pytest.mark.long,
        )
        for at, place in enumerate(PLACES)
        for kind in kinds
        if (place, kind) != ("a file to read", "nulls")  # no command line holds one
    ]


@pytest.mark.parametrize(("place", "kind"), cases())
def test_a_million_are_answered_or_refused_in_short_lines(
    place: str, kind: str, bench: Bench
) -> None:
    """A work that grew with the square of the length would not end."""
    piece = KINDS[kind]
    told = PLACES[place](piece * (MILLION // len(piece)), bench)
    assert len(told) <= KEPT * 3, told[:3]
    assert all(len(line) < 600 for line in told), max(told, key=len)[:600]


@pytest.mark.parametrize(("place", "kind"), cases())
def test_the_work_grows_with_the_length(place: str, kind: str, bench: Bench) -> None:
    """Four times as long, at most five times as many calls."""
    short, long = (KINDS[kind] * count for count in (1000, 4000))
    PLACES[place](short, bench)
    less = calls(lambda: PLACES[place](short, bench))
    more = calls(lambda: PLACES[place](long, bench))
    assert more <= 5 * less
