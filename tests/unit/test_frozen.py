"""Frozen dataclasses: all that the standard library's do, written once."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from policy_match.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """By value, with a default, a part made for each, and one not compared."""

    x: int
    y: int = 0
    names: dict[str, str] = field(default_factory=dict)
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """By identity."""

    of: object


@dataclass(frozen=True, kw_only=True)
class Named:
    """By keywords, with room for more than its fields."""

    name: str
    size: int = 1


def test_fields_are_given_by_place_by_name_and_by_default() -> None:
    """As the standard library takes them."""
    assert Point(1) == Point(x=1, y=0) == Point(1, 0, names={})
    assert (Named(name="a").name, Named(name="a").size) == ("a", 1)
    assert Point(1).names is not Point(1).names
    assert [one.name for one in fields(Point)] == ["x", "y", "names", "note"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        ((1, 2, {}, "", 5), {}),
        ((1,), {"x": 1}),
        ((1,), {"z": 1}),
    ],
)
def test_other_fields_are_refused(
    given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    """Too few, too many, twice, or of another name."""
    with pytest.raises(TypeError, match="Point"):
        Point(*given, **named)


def test_nothing_changes_once_it_is_made() -> None:
    """Neither set nor deleted, with slots and without."""
    for one, name in ((Point(1), "x"), (Named(name="a"), "name")):
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(one, name)


def test_values_compare_and_nodes_are_themselves() -> None:
    """What is not compared does not count, in a hash neither; kinds differ."""
    assert Named(name="a") == Named(name="a") != Named(name="b")
    assert hash(Named(name="a")) == hash(Named(name="a"))
    assert Point(1, note="here") == Point(1, note="there")
    other: object = Point(1)
    assert Named(name="a") != other
    assert Node(1) != Node(1)


def test_a_copy_says_the_same() -> None:
    """Replaced, copied and pickled; a pattern reads it by place."""
    assert replace(Point(1, 2), y=3) == Point(1, 3)
    for one in (Point(1, 2, {"a": "b"}, "n"), Named(name="a", size=2)):
        for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301
            assert other == one
    match Point(4, 5):
        case Point(x, y):
            assert (x, y) == (4, 5)


def test_it_shows_how_it_is_made() -> None:
    """Without what is not to be shown."""
    assert repr(Point(1)) == "Point(x=1, y=0, names={})"
    assert repr(Named(name="a")) == "Named(name='a', size=1)"
