"""How a register would be read, for whoever asks before screening it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.errors import BackendUnavailableError, UsageError
from policy_match.language.messages import said
from policy_match.reports.words.vocabulary import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_match.advice.finding import FoundCode
    from policy_match.firms.registers.looking import Look
    from policy_match.ir.program import Program


def look(  # noqa: PLR0913  (what a table can be asked)
    program: Program,
    firms: Path,
    mapping: Path | None,
    lang: str,
    codes: Callable[[str, str], Sequence[FoundCode]],
    *,
    strict: bool,
    sheet: str = "",
) -> Look:
    """Return how a register would be read, and what could be answered of it.

    `codes` finds codes of a fact by words, the best first. Raises ProfileError
    where the file cannot be used as a whole, BackendUnavailableError, UsageError.
    """
    try:
        from policy_match.firms.registers import looking, open_register  # noqa: PLC0415
        from policy_match.firms.registers.mapping import mapping_of  # noqa: PLC0415
        from policy_match.screening.answerable import answerable  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    if program.identity.key not in program.facts:
        raise UsageError(said("no-identity"), said("add-identity"))
    known = mapping_of(mapping, program.facts, sheet)
    with tempfile.TemporaryDirectory() as work:
        register = open_register(
            firms, program, Path(work), strict=strict, mapping=known, looking=True
        )
        lang = language(program, lang)
        found, first = looking.look(register, program, lang)
        if first is not None:
            found.policies = answerable(program, first, lang)
    _propose(program, found, codes)
    return found


def _propose(
    program: Program,
    found: Look,
    codes: Callable[[str, str], Sequence[FoundCode]],
) -> None:
    """Say of values that cannot be read what they may mean."""
    for one in found.columns:
        spec = program.facts.get(one.fact)
        if spec is None or spec.type not in {FactType.CODE, FactType.ENUM}:
            continue
        for value in one.common:
            some = codes(spec.id, value) if spec.type is FactType.CODE else ()
            one.proposals[value] = some[0].code if some else "unknown"
