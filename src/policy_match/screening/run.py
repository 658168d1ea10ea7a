"""One screening from its inputs to its result, part by part."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match import outputs
from policy_match.errors import UsageError, reason
from policy_match.firms.registers import (
    REJECTS,
    ROW,
    USCC,
    Part,
    claims_in,
    open_claims,
    open_register,
)
from policy_match.firms.registers.mapping import TableMapping, mapping_of
from policy_match.firms.registers.tables import fault
from policy_match.language.messages import said
from policy_match.screening import history
from policy_match.screening.assemble import Sources, assemble
from policy_match.screening.part import Counts, screen_part
from policy_match.screening.plan import Plan
from policy_match.screening.request import Screening
from policy_match.screening.ruined import refuse_ruined
from policy_match.screening.spark_parts import Spread
from policy_match.screening.work import Work, looked_at
from policy_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

    from policy_match.firms.registers import Claims
    from policy_match.screening.request import Progress, Request

_MOST_CELLS = 25_000_000
"""What a part may have, so that memory is bounded whatever the register's width."""


class _Run(NamedTuple):
    """One screening under way."""

    request: Request
    progress: Progress
    plan: Plan
    mapping: TableMapping
    work: Work
    spread: Spread | None
    started: float


def screen(request: Request, progress: Progress) -> Screening:
    """Screen a register and write the result; raises the errors of its inputs.

    A run that is stopped leaves its finished parts, hidden beside the result,
    for one with `resume`; one that fails leaves nothing.
    """
    if request.program.identity.key not in request.program.facts:
        raise UsageError(said("no-identity"), said("add-identity"))
    inputs_ = [path for path in (request.firms, request.claims) if path is not None]
    outputs.distinct(request.out, request.history)
    work = Work(outputs.target(request.out, inputs_))
    if request.history is not None:
        outputs.target(request.history, inputs_)
        history.check(request.history)
    work.check()
    try:
        with work.held():
            work.check()
            try:
                return _screened(_begun(request, progress, work))
            except Exception as error:
                work.discard()
                if isinstance(error, pl.exceptions.PolarsError):
                    raise _of_the_system(error) from error
                raise
    except OSError as error:
        path = error.filename or str(work.root)
        raise UsageError(
            said("cannot-write", path=str(path), reason=reason(error))
        ) from error


def _of_the_system(error: Exception) -> Exception:
    """Return what the system refused, where Polars tells of it in words of its own."""
    number = re.search(r"\(os error (\d+)\)", str(error))
    return error if number is None else OSError(int(number[1]), str(error))


def _begun(request: Request, progress: Progress, work: Work) -> _Run:
    mapping = _mapping(request)
    plan = Plan(request.program, request.everything, mapping.segments)
    spread = Spread(plan, work) if request.backend == "spark" else None
    started = time.perf_counter()
    work.prepare()
    return _Run(request, progress, plan, mapping, work, spread, started)


def _screened(run: _Run) -> Screening:
    request, work, program = run.request, run.work, run.request.program
    with ThreadPoolExecutor(3) as aside:
        looked = aside.submit(_digests, request)
        opened = aside.submit(_claims, run)
        register = open_register(
            request.firms,
            program,
            work.scratch_of("firms"),
            strict=request.strict,
            mapping=run.mapping,
        )
        rows = min(request.rows, _MOST_CELLS // (register.width or 1))
        parts = _ahead(_at_least_one(register.parts(program, rows)), aside)
        digests, lines = looked.result()
        request = _kept(run, digests)
        claims = opened.result()
        for warning in (*register.warnings, *(claims.warnings if claims else ())):
            run.progress.warn(warning)
        run.progress.expect(register.rows or lines)
        prepared = time.perf_counter() - run.started
        waited, counts = _parts(run, parts)
    refuse_ruined(request, counts, work)
    run.progress.stage("assemble")
    sources = Sources(run.plan, work, claims, request, digests)
    times = {"prepare": prepared, "read": waited, **_spent(counts)}
    found = assemble(sources, counts, times, run.started)
    if request.history is not None:
        history.keep(request.history, found.takeup, digests, found.since)
    work.publish()
    screened, claimed = (sum(getattr(part, x) for part in counts) for x in _COUNTED)
    return Screening(
        found.takeup,
        screened,
        found.rejected,
        claimed,
        found.listed,
        sum(part.left_out for part in counts),
        found.claims_rejected,
        found.settling,
    )


def _kept(run: _Run, digests: dict[str, str]) -> Request:
    """Keep what an earlier run has finished; return the request with its day."""
    request, work = run.request, run.work
    inputs = {
        "program": [request.program.digest, request.law, str(request.program.day)],
        "version": __version__,
        "everything": request.everything,
        "strict": request.strict,
        "sheet": request.sheet,
        "part": [request.rows, _MOST_CELLS],
        **digests,
    }
    work.keep(inputs, resume=request.resume)
    return replace(request, today=work.asked_on(request.asked_on))


_COUNTED = ("firms", "claims")


def _claims(run: _Run) -> Claims | None:
    """Read the claims, where there are any."""
    path = run.request.claims
    if path is None:
        return None
    return open_claims(path, run.request.program, run.work.scratch_of("claims"))


def _mapping(request: Request) -> TableMapping:
    return mapping_of(request.mapping, request.program.facts, request.sheet)


def _digests(request: Request) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    lines = 0
    inputs = (
        ("claims", request.claims),
        ("firms", request.firms),
        ("mapping", request.mapping),
    )
    for name, path in inputs:
        if path is not None:
            try:
                found[name], lines = looked_at(path)
            except (OSError, ValueError) as error:
                message = said("unreadable", reason=reason(error))
                raise fault(path, "F507", message) from None
    return found, lines


def _parts(run: _Run, parts: Iterator[Part]) -> tuple[float, list[Counts]]:
    """Screen every part that is not there yet; return seconds of waiting for one."""
    work, spread = run.work, run.spread
    waited = 0.0
    number = 0
    claims = claims_in(work.scratch_of("claims"))
    started = time.perf_counter()
    for number, part in enumerate(parts):
        waited += time.perf_counter() - started
        if work.part(number).is_dir():
            pass
        elif spread is not None:
            spread.stage(number, part)
        else:
            screen_part(run.plan, part, claims, work.begin(number))
            work.finish(number)
        run.progress.rows(part.rows)
        del part
        started = time.perf_counter()
    if spread is not None:
        spread.run(number + 1)
    told = [work.part(n) / "counts.json" for n in range(number + 1)]
    return waited, [Counts(**json.loads(path.read_text())) for path in told]


def _ahead(parts: Iterator[Part], reader: Executor) -> Iterator[Part]:
    """Have the first part read, and the next one whenever one is handed out."""
    first = reader.submit(next, parts, None)

    def every(coming: Future[Part | None]) -> Iterator[Part]:
        while (part := coming.result()) is not None:
            coming = reader.submit(next, parts, None)
            ready = [part]
            del part
            yield ready.pop()

    return every(first)


def _at_least_one(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts, or an empty one: an empty register has an answer too."""
    some = False
    for part in parts:
        some = True
        ready = [part]
        del part
        yield ready.pop()
    if not some:
        empty = pl.DataFrame(schema={ROW: pl.Int64, USCC: pl.String})
        yield Part(empty, {}, pl.DataFrame(schema=REJECTS), 0)


def _spent(counts: list[Counts]) -> dict[str, float]:
    return {
        "kernel": sum(part.kernel for part in counts),
        "write": sum(part.write for part in counts),
    }
