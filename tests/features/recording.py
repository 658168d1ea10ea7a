"""The scenarios of the features as cases: run once, and then asked of any program.

What a scenario says of a firm, and what it then asserts, are recorded while
pytest runs it; the same assertions can be put to a program with a slip in it.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policy_match.checks.mutation.cases import Case
from tests.features.conftest import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policy_match.ir.program import Program
    from policy_match.rulebook.readings import Part

_HERE = Path(__file__).parent
Step = tuple["Callable[..., None]", dict[str, Any]]


class Replayed(World):
    """What a scenario says, under a program of ours."""

    law: Program

    @property
    def program(self) -> Program:
        """The program that is asked."""
        return self.law


@dataclass
class Recorder:
    """A plugin of pytest that keeps every scenario's world and assertions."""

    scenarios: dict[str, tuple[World, list[Step]]] = field(default_factory=dict)

    def pytest_bdd_after_step(
        self,
        request: Any,
        step: Any,
        step_func: Callable[..., None],
        step_func_args: dict[str, Any],
    ) -> None:
        """Keep a step that asserts, and the world it asserts it of."""
        if step.type == "then":
            world = step_func_args["world"]
            _, steps = self.scenarios.setdefault(request.node.nodeid, (world, []))
            steps.append((step_func, step_func_args))


def recorded() -> Iterator[Case]:
    """Yield a case for every scenario, and every row of an outline."""
    recorder = Recorder()
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--assert=plain"]
    options += ["-k", "reference"]
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = pytest.main([str(_HERE), *options], plugins=[recorder])
    if code:
        raise SystemExit(told.getvalue())
    for name, (world, steps) in recorder.scenarios.items():
        yield Case(name, _about(world, steps), world.day, _holds(world, steps))


def _about(world: World, steps: list[Step]) -> tuple[Part, ...]:
    derived = [args["fact"] for _, args in steps if "fact" in args]
    asked: list[Part] = [("definitions", world.fact(title)) for title in derived]
    return (*([("policies", world.policy)] if world.policy else []), *asked)


def _holds(world: World, steps: list[Step]) -> Callable[[Program], bool]:
    known = world.known

    def holds(program: Program) -> bool:
        asked = Replayed(world.backend, world.book, world.day, policy=world.policy)
        asked.law = program
        asked.__dict__["known"] = known
        try:
            for step, arguments in steps:
                step(**{**arguments, "world": asked})
        except (AssertionError, KeyError, pytest.fail.Exception):
            return False
        return True

    return holds
