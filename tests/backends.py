"""The backends that answer for one firm, by name, for tests that run on all."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment


def durable(program: Program, facts: Facts) -> Assessment:
    """Return the answer of durable-rules; the engine of a program is kept."""
    from policy_match.backends.forward_chaining import (  # noqa: PLC0415
        ForwardChaining,
    )

    kept = _ENGINES.get(id(program))
    if kept is None or kept[0] is not program:
        for _, old in _ENGINES.values():
            old.close()
        _ENGINES.clear()
        kept = _ENGINES[id(program)] = (program, ForwardChaining(program))
    return kept[1].match(facts)


_ENGINES: dict[int, Any] = {}

BACKENDS: dict[str, Callable[[Program, Facts], Assessment]] = {"reference": assess}
if importlib.util.find_spec("durable") is not None:
    BACKENDS["durable-rules"] = durable
