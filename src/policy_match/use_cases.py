"""One function for each thing the product does; backends are wired here.

Heavy parts are imported where they are used, so that a question to one firm
does not pay for what it does not need.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from policy_match import cache
from policy_match.assessment import assess
from policy_match.counterfactuals import prospects
from policy_match.errors import BackendUnavailableError, Fault, ProfileError, UsageError
from policy_match.messages import said
from policy_match.profile import Profile
from policy_match.rulebook.files import parameters_file, read_directory, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from policy_match.compiler import Rulebook
    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.outcome import Assessment
    from policy_match.screening.run import Progress, Screening

BACKENDS = ("auto", "durable-rules", "reference")


@dataclass(frozen=True)
class Law:
    """Where the rules come from: a directory, and perhaps local parameters."""

    rules: Path | None = None
    parameters: Path | None = None

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every rule file; raises RulebookError."""
        return read_directory(self.rules or shipped_rules())

    def rulebook(self) -> Rulebook:
        """Return the rulebook, checked; raises RulebookError."""
        from policy_match.compiler import load_files  # noqa: PLC0415
        from policy_match.compiler.local import local_parameters  # noqa: PLC0415

        book = load_files(self.files())
        if self.parameters is None:
            return book
        data = parameters_file(self.parameters)
        local = local_parameters(data, str(self.parameters), book.book)
        return book.with_parameters(local)

    def on(self, day: date) -> Program:
        """Return the law as of `day`, from the cache where it can be trusted."""
        files = self.files()
        parts = [day.isoformat().encode()]
        for name, data in files.items():
            parts += [name.encode(), data]
        if self.parameters is not None:
            parts.append(parameters_file(self.parameters))
        name = cache.key(parts)
        program = cache.recall(name)
        if program is None:
            program = self.rulebook().on(day)
            cache.keep(name, program)
        return program


@dataclass(frozen=True)
class Firm:
    """A profile to be read: its name for messages, and its bytes."""

    file: str
    data: bytes


def check(
    firms: Iterable[Firm],
    law: Law,
    *,
    day: date | None = None,
    today: date,
    backend: str = "auto",
    warn: Callable[[str], None],
) -> list[Assessment]:
    """Return the answer for each firm.

    Every profile is read before any is evaluated. Raises ProfileError with the
    faults of all of them, RulebookError, and BackendUnavailableError where a
    backend was asked for by name.
    """
    profiles: list[Profile] = []
    faults: list[Fault] = []
    for firm in firms:
        try:
            profiles.append(Profile(firm.data, firm.file))
        except ProfileError as error:
            faults += error.faults
    known: list[tuple[Program, Facts]] = []
    programs: dict[date, Program] = {}
    for profile in profiles:
        on = day or profile.day or today
        program = programs.setdefault(on, programs.get(on) or law.on(on))
        try:
            known.append(
                (program, profile.facts(program.facts, program.systems, program.locale))
            )
        except ProfileError as error:
            faults += error.faults
    if faults:
        raise ProfileError(faults)
    answers = _match(known, backend, warn)
    return [replace(a, prospects=prospects(a, law.on)) for a in answers]


def _match(
    known: Sequence[tuple[Program, Facts]], backend: str, warn: Callable[[str], None]
) -> list[Assessment]:
    if backend != "reference":
        try:
            return _durable(known)
        except BackendUnavailableError as error:
            if backend != "auto":
                raise
            warn(said("reference-answers", backend=error.backend, mend=error.mend))
    return [assess(program, facts) for program, facts in known]


def _durable(known: Sequence[tuple[Program, Facts]]) -> list[Assessment]:
    from policy_match.backends.forward_chaining import (  # noqa: PLC0415
        ForwardChaining,
    )

    programs = {id(program): program for program, _ in known}
    matchers = {key: ForwardChaining(program) for key, program in programs.items()}
    try:
        return [matchers[id(program)].match(facts) for program, facts in known]
    finally:
        for matcher in matchers.values():
            matcher.close()


@dataclass(frozen=True)
class Register:
    """A register to be screened, what has been claimed, and where results go."""

    firms: Path
    claims: Path | None
    out: Path
    everything: bool = False
    """Whether findings nobody has to act on are written as well."""
    resume: bool = False
    history: Path | None = None
    backend: str = "polars"


def screen(
    law: Law,
    register: Register,
    *,
    day: date,
    lang: str,
    progress: Progress,
) -> Screening:
    """Screen a register and write the result.

    Raises ProfileError where a file cannot be used as a whole, UsageError where
    the result cannot be written, RulebookError, BackendUnavailableError.
    """
    from policy_match.screening.run import Request, screen  # noqa: PLC0415

    local = b"" if law.parameters is None else parameters_file(law.parameters)
    request = Request(
        law.on(day),
        register.firms,
        register.claims,
        register.out,
        lang,
        hashlib.sha256(local).hexdigest(),
        register.everything,
        register.resume,
        register.history,
        backend=register.backend,
    )
    return screen(request, progress)


def today() -> date:
    """Return the present day in the user's own calendar."""
    return date.today()  # noqa: DTZ011


def policy_in(program: Program, name: str) -> str:
    """Return `name` where it is a policy, in force or not; raises UsageError."""
    from policy_match.errors import did_you_mean  # noqa: PLC0415

    known = [*program.by_id, *(p.id for p in program.out_of_force)]
    if name not in known:
        hint = did_you_mean(name, known, said("see-policies"))
        raise UsageError(said("unknown-policy", name=name), hint)
    return name


def schemas(law: Law) -> dict[str, dict[str, object]]:
    """Return the JSON Schemas of rule files, profiles and results, by file name."""
    from policy_match.compiler.result_schema import (  # noqa: PLC0415
        assessment_schema,
    )
    from policy_match.compiler.schema import (  # noqa: PLC0415
        profile_schema,
        rule_file_schema,
    )

    book = law.rulebook()
    plan = book.book.manifest.plan
    # The vocabulary of facts is the same on every day.
    program = book.on(plan.start if plan else date(2024, 1, 1))
    return {
        "rule-file.schema.json": rule_file_schema(),
        "profile.schema.json": profile_schema(program),
        "assessment.schema.json": assessment_schema(),
    }
