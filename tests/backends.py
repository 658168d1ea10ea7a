"""The backends that answer for one firm, by name, for tests that run on all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.domain.facts import Facts
    from policy_match.domain.outcome import Assessment
    from policy_match.ir.program import Program

BACKENDS: dict[str, Callable[[Program, Facts], Assessment]] = {"reference": assess}
