"""Who does the inference for single firms, and what happens where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.api.usage import one_of
from policy_match.errors import BackendUnavailableError, UnsupportedError
from policy_match.language.messages import said
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.language.messages import Message
    from policy_match.semantics.outcome import Assessment

BACKENDS = ("auto", "durable-rules", "reference")
"""`auto` is durable-rules where it is installed, else the reference evaluator."""


def match(
    known: Sequence[tuple[Program, Facts]],
    backend: str,
    warn: Callable[[Message], None],
) -> list[Assessment]:
    """Return the assessment of each firm under its program.

    `warn` is told where the reference evaluator answers in place of an engine
    that is not there, or cannot hold a program. Raises
    BackendUnavailableError where that engine was asked for by name, UsageError
    for an unknown backend.
    """
    one_of("backend", backend, BACKENDS)
    if backend != "reference":
        try:
            return _durable(known, warn)
        except BackendUnavailableError as error:
            if backend != "auto":
                raise
            warn(said("reference-answers", backend=error.backend, mend=error.mend))
    return [assess(program, facts) for program, facts in known]


def engine_version(backend: str) -> str | None:
    """Return the version of a rule engine; None for the reference evaluator."""
    if backend == "reference":
        return None
    from importlib.metadata import version  # noqa: PLC0415

    return version(backend)


def _durable(
    known: Sequence[tuple[Program, Facts]], warn: Callable[[Message], None]
) -> list[Assessment]:
    from policy_match.backends.forward_chaining import (  # noqa: PLC0415
        ForwardChaining,
    )

    programs = {id(program): program for program, _ in known}
    matchers: dict[int, ForwardChaining] = {}
    try:
        for key, program in programs.items():
            try:
                matchers[key] = ForwardChaining(program)
            except UnsupportedError as error:
                warn(said("reference-answers-beyond", why=error.args[0]))
        return [
            matchers[id(program)].match(facts)
            if id(program) in matchers
            else assess(program, facts)
            for program, facts in known
        ]
    finally:
        for matcher in matchers.values():
            matcher.close()
