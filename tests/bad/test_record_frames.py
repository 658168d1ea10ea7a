"""A record that its own schema refuses is no record, whatever seal it has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm
from policy_match.records.sealing import sealed

if TYPE_CHECKING:
    from collections.abc import Callable

Content = dict[str, Any]
AT = "2026-01-31T09:30:00+08:00"


@pytest.fixture(scope="module")
def record() -> bytes:
    """Return the record of an answer of the shipped rulebook."""
    answer = pm.load().on("2022-12-31").assess({"employees": 86, "name": "星禾"})
    return answer.record(AT, "zh")


def _sealed_again(record: bytes, change: Callable[[Content], object]) -> bytes:
    content: Content = json.loads(record)
    change(content)
    return sealed({key: value for key, value in content.items() if key != "seal"})


CHANGES: dict[str, Callable[[Content], object]] = {
    "a further key": lambda c: c.update(note="1"),
    "a further key within": lambda c: c["made_by"].update(note="1"),
    "nobody made it": lambda c: c.pop("made_by"),
    "no time": lambda c: c.update(recorded_at="yesterday"),
    "a time without a zone": lambda c: c.update(recorded_at="2026-01-31T09:30:00"),
    "a time before there were records": lambda c: c.update(
        recorded_at="0001-01-01T00:00:00+00:00"
    ),
    "a digest that is none": lambda c: c["rulebook"].update(digest="x"),
    "a fact that there is not": lambda c: c["profile"]["facts"].update(moons="1"),
    "a figure beyond its range": lambda c: c["profile"]["facts"].update(revenue="-5"),
    "a member that there is not": lambda c: c["profile"]["facts"].update(
        legal_form="order of knights"
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_the_schema_refuses_is_refused(record: bytes, kind: str) -> None:
    """Although its seal holds: anyone can make a digest."""
    with pytest.raises(pm.RecordError) as refused:
        pm.replay(_sealed_again(record, CHANGES[kind]))
    assert [fault.code for fault in refused.value.faults] == ["F701"]


def test_a_further_key_in_the_answer_is_a_difference(record: bytes) -> None:
    """The answer is compared with the one given again, to the last key."""
    found = pm.replay(_sealed_again(record, lambda c: c["answer"].update(note="1")))
    assert found.difference is not None
    assert pm.replay(record).difference is None
