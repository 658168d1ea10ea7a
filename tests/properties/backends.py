"""The backends that must agree with the reference, where they are installed.

A backend is asked through one function: a program and what is known of a firm
in, what it tells of every policy out.
"""

from __future__ import annotations

from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.properties.equality import Told, in_cents, rounded, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_match.backends.columnar import Found, Screener
    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment

    Backend = Callable[[Program, Facts], dict[str, Told]]


def forward_chaining(program: Program, facts: Facts) -> dict[str, Told]:
    """Return what durable-rules tells."""
    from policy_match.backends.forward_chaining import (  # noqa: PLC0415
        ForwardChaining,
    )

    with closing(ForwardChaining(program)) as matcher:
        return told(matcher.match(facts))


def columnar(program: Program, facts: Facts) -> dict[str, Told]:
    """Return what a register of one firm tells, money in cents."""
    from policy_match.backends.columnar import (  # noqa: PLC0415
        compile as compiled,
    )

    return told_by(compiled(program), [facts])[0]


def told_by(screener: Screener, firms: Sequence[Facts]) -> list[dict[str, Told]]:
    """Return what a screener tells of each firm of a register, money in cents."""
    from policy_match.backends.columnar import findings_of, frame_of  # noqa: PLC0415

    result = screener.part(frame_of(screener.program, firms))
    return [_told(row) for row in findings_of(screener.sheets, result)]


def _told(row: Sequence[Found]) -> dict[str, Told]:
    return {
        found.policy: Told(
            found.outcome,
            found.tiers,
            found.amount and in_cents(*found.amount),
            found.missing,
            found.open_for_outcome,
            found.selected,
            found.excluded_by,
        )
        for found in row
    }


def told_exactly(answer: Assessment) -> dict[str, Told]:
    """Return what the reference tells, to the last fraction."""
    return told(answer)


def told_in_cents(answer: Assessment) -> dict[str, Told]:
    """Return what the reference tells, money rounded as columns hold it."""
    return {policy: rounded(one) for policy, one in told(answer).items()}


BACKENDS: dict[str, tuple[Backend, Callable[[Assessment], dict[str, Told]]]] = {
    "forward_chaining": (forward_chaining, told_exactly),
    "columnar": (columnar, told_in_cents),
}
"""By module name: how it is asked, and how the reference is read beside it."""


def skip_without(name: str) -> None:
    """Skip the test where the backend, or its engine, cannot be imported."""
    try:
        import_module(f"policy_match.backends.{name}")
    except ImportError as error:
        pytest.skip(f"the {name} backend cannot be imported: {error}")
