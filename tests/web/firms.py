"""Firms as programs send them: the examples, and random ones known in part."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

import policy_match as pm
from tests.bad.run import run
from tests.docs.markdown import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = sorted((ROOT / "examples" / "firms").glob("*.yaml"))
DAY = "2022-12-31"
MANY = 300


class Compared(NamedTuple):
    """Firms, and what `check` answers to each on the command line."""

    bodies: list[dict[str, Any]]
    lines: list[Any]


def sent(path: Path) -> dict[str, Any]:
    """Return a profile as a program sends it: its scalars are texts."""
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


@cache
def _pool() -> dict[str, list[Any]]:
    """Return what the example firms say of each fact."""
    found: dict[str, list[Any]] = {}
    for path in FIRMS:
        for fact, value in (sent(path)["facts"] or {}).items():
            found.setdefault(fact, []).append(value)
    return found


def _drawn(seed: int) -> dict[str, Any]:
    """Return a firm of which some facts are known."""
    chance = Random(seed)  # noqa: S311
    share = chance.choice((0.1, 0.5, 0.9))
    facts = {
        fact: chance.choice(values)
        for fact, values in _pool().items()
        if chance.random() < share
    }
    return {"on": DAY, "facts": facts}


def _sound(body: dict[str, Any]) -> bool:
    """Whether facts of several firms can be those of one."""
    try:
        pm.load().on(DAY).known(body["facts"])
    except pm.ProfileError:
        return False
    return True


def compared(count: int, place: Path) -> Compared:
    """Return so many partial firms that can be firms, and their answers."""
    bodies: list[dict[str, Any]] = []
    seed = 0
    while len(bodies) < count:
        body = _drawn(seed)
        seed += 1
        if _sound(body):
            bodies.append(body)
    files = [place / f"{number:03}.yaml" for number in range(count)]
    for file, body in zip(files, bodies, strict=True):
        file.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    words = ("--backend", "reference", "--format", "json", "--lang", "zh")
    lines: list[Any] = json.loads(run("check", *files, *words).out)
    return Compared(bodies, lines)
