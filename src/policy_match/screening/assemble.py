"""The files of the result, made of the files of the parts."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.registers import claims_in, lost, rejects, shortened
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.screening import csv_files, gaps, near, tallies
from policy_match.screening.dataset import write_dataset
from policy_match.screening.left import UNCLAIMED
from policy_match.screening.part import outcomes
from policy_match.screening.report import write_report
from policy_match.screening.report_words import Reported
from policy_match.screening.segments import names
from policy_match.screening.since import since
from policy_match.screening.spark_parts import whole_tally
from policy_match.screening.takeup import FORMS, TakeUp, Total, yuan
from policy_match.screening.work import SCHEMA, SUMMARY
from policy_match.screening.worklist import write_worklist
from policy_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from policy_match.firms.registers import Claims
    from policy_match.screening.part import Counts
    from policy_match.screening.plan import Plan
    from policy_match.screening.request import Request
    from policy_match.screening.since import Since
    from policy_match.screening.takeup import Row
    from policy_match.screening.work import Work


class Sources(NamedTuple):
    """What the result is made of."""

    plan: Plan
    work: Work
    claims: Claims | None
    request: Request
    digests: Mapping[str, str]

    def scan(self, name: str, parts: int) -> pl.LazyFrame:
        """Return a file of all parts as one table."""
        return pl.scan_parquet(self.paths(name, parts))

    def paths(self, name: str, parts: int, kind: str = "parquet") -> list[Path]:
        """Return where the files of a name are, part after part."""
        every = (self.work.part(number) for number in range(parts))
        return [path for part in every for path in sorted(part.glob(f"{name}.{kind}"))]


class Assembled(NamedTuple):
    """What is told of a result, besides its files."""

    takeup: TakeUp
    since: Since | None
    """What moved since the result that this one replaces."""
    rejected: int
    """Rows, of the register and of the claims."""
    claims_rejected: int
    listed: int
    settling: tuple[tuple[str, int], ...]
    """Facts, and how many findings each would settle by itself; most first."""


def assemble(
    sources: Sources,
    counts: Sequence[Counts],
    times: Mapping[str, float],
    started: float,
) -> Assembled:
    """Write every file of the result."""
    begun = time.perf_counter()
    request, out, parts = sources.request, sources.work.result, len(counts)
    words = Vocabulary.of(request.program, request.lang)
    write_dataset(sources.paths("findings-*", parts), out / "findings.parquet")
    with ThreadPoolExecutor(2) as beside:
        worked = beside.submit(_worklist, sources, parts, words)
        told = beside.submit(_outcomes, sources, parts)
        refused = _rejects(sources, parts)
        shown = [(file, shortened(frame)) for file, frame in refused]
        csv_files.write_csv(csv_files.rejected(shown, words), out / "rejects.csv")
        found = _takeup(sources, parts, words)
        open_facts = gaps.added(sources.scan("gaps", parts))
        missing = csv_files.data_gaps(open_facts, words)
        csv_files.write_csv(missing, out / "data_gaps.csv")
        left = pl.scan_ipc(sources.paths("left", parts, "arrow")).collect()
        letters = csv_files.letters(csv_files.in_words(left, words))
        csv_files.write_csv(letters, out / "letters.csv")
        written = pl.scan_parquet(out / "findings.parquet").select(pl.len())
        summary = _summary(sources, counts, found, refused, written.collect().item())
        told.result()
        changed = since(request.out, out, summary, request.program, request.same_law)
        if changed is not None:
            summary["since"] = _since(changed, found)
        missed = left.filter(pl.col(UNCLAIMED) > 0).group_by("form").len()
        stakes = dict(open_facts.group_by("form").agg(pl.col("stake").sum()).rows())
        reported = Reported(
            found, missing, letters, dict(missed.rows()), changed, summary, stakes
        )
        write_report(out / "report.html", reported, words)
        merged = time.perf_counter()
        worked.result()
    spent = {
        **times,
        "merge": merged - begun,
        "worklists": time.perf_counter() - merged,
    }
    spent["whole"] = time.perf_counter() - started
    summary["seconds"] = {name: round(value, 3) for name, value in spent.items()}
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    (out / SUMMARY).write_text(text, encoding="utf-8")
    rejected = [_refused(frame) for _, frame in refused]
    listed = sum(frame.height for _, frame in refused)
    alone = missing.filter(pl.col(csv_files.ALONE) > 0).select("title", csv_files.ALONE)
    most = alone.sort(csv_files.ALONE, "title", descending=[True, False]).rows()
    claims = sum(rejected[1:])
    return Assembled(found, changed, sum(rejected), claims, listed, tuple(most))


def _outcomes(sources: Sources, parts: int) -> None:
    """Write the outcomes, a row a firm."""
    told = pl.scan_ipc(sources.paths("outcomes", parts, "arrow"))
    outcomes(sources.plan, told).sink_parquet(
        sources.work.result / "outcomes.parquet", compression="lz4"
    )


def _worklist(sources: Sources, parts: int, words: Vocabulary) -> None:
    """Write the worklists."""
    request, out = sources.request, sources.work.result
    write_worklist(
        out / "worklist.xlsx",
        pl.scan_parquet(out / "findings.parquet"),
        sources.scan("firms", parts),
        words,
        today=request.asked_on,
        everything=request.everything,
    )


def _takeup(sources: Sources, parts: int, words: Vocabulary) -> TakeUp:
    """Write take-up and near misses."""
    plan, out = sources.plan, sources.work.result
    total = whole_tally(sources.work)
    tally = tallies.added(
        pl.scan_parquet(total) if total.exists() else sources.scan("tally", parts),
        names(plan.own_segments),
    )
    known = sources.claims is not None
    found = TakeUp(sources.request.program, tally, known, plan.own_segments)
    csv_files.write_csv(csv_files.takeup(found, words), out / "takeup.csv")
    csv_files.write_csv(csv_files.takeup_by(found, words), out / "takeup_by.csv")
    firms = sources.scan("firms", parts)
    misses = near.nearest(sources.scan("near", parts).collect())
    misses = csv_files.near_misses(misses, plan, firms, words)
    csv_files.write_csv(misses, out / "near_misses.csv")
    return found


def _refused(frame: pl.DataFrame) -> int:
    """Return how many rows are refused; those of firms that are gone are not."""
    return int((lost(frame)["effect"].cast(pl.String) == "row").sum())


def _rejects(sources: Sources, parts: int) -> list[tuple[str, pl.DataFrame]]:
    firms = sources.scan("rejects", parts).collect()
    found = [(sources.request.firms.name, firms)]
    claims, path = sources.claims, sources.request.claims
    if claims is None or path is None:
        return found
    used = sources.scan("claims", parts)
    every = claims_in(sources.work.scratch_of("claims"))
    left = every.join(used, on="row", how="anti").collect(engine="streaming")
    stray = claims.placed(left).select(
        "row",
        "sheet",
        pl.lit(claims.headings["uscc"]).alias("column"),
        pl.col("uscc").alias("value"),
        pl.lit("unknown-firm").alias("reason"),
    )
    both = rejects([claims.rejects, stray])
    return [*found, (path.name, both)]


def _summary(
    sources: Sources,
    counts: Sequence[Counts],
    found: TakeUp,
    refused: Sequence[tuple[str, pl.DataFrame]],
    written: int,
) -> dict[str, object]:
    request, program, claims = sources.request, sources.request.program, sources.claims
    firms = {
        "file": request.firms.name,
        "digest": sources.digests["firms"],
        "rows": sum(part.rows for part in counts),
        "screened": sum(part.firms for part in counts),
        "rejected": sum(part.rejected for part in counts),
        "deregistered": sum(part.left_out for part in counts),
    }
    inputs: dict[str, object] = {"firms": firms}
    if claims is not None and request.claims is not None:
        inputs["claims"] = {
            "file": request.claims.name,
            "digest": sources.digests["claims"],
            "rows": claims.rows,
            "counted": sum(part.claims for part in counts),
            "rejected": _refused(refused[1][1]),
            "other_years": claims.other_years,
            "amount": str(yuan(sum(part.claimed for part in counts))),
        }
    whole = found.whole
    return {
        "schema": SCHEMA,
        "version": __version__,
        "backend": request.backend,
        "rulebook": {"id": program.rulebook, "digest": program.digest},
        "on": program.day.isoformat(),
        "today": request.asked_on.isoformat(),
        "inputs": inputs,
        "policies": len(program.policies),
        "statuses": dict(sorted(found.statuses.items())),
        "findings": written,
        "takeup": _row({**found.counts(whole.counts), **_one_form(found)}),
        "money": {
            form: _row(found.money(whole.forms[form]))
            for form in FORMS
            if form in whole.forms
        },
        "disclaimer": program.disclaimer.to(request.lang),
    }


def _since(changed: Since, found: TakeUp) -> dict[str, object]:
    """Return why the rates moved, for `summary.json`; of policies only where it did."""

    def told(policies: Iterable[str]) -> dict[str, object]:
        rate = changed.together(policies).rate_before
        why = changed.why(policies).items()
        moved = {x: {"claimed": more, "unclaimed": less} for x, (more, less) in why}
        return {"takeup_rate": None if rate is None else str(rate), "moved": moved}

    some = [id_ for id_ in found.policies if id_ in found.claimable]
    moved = [id_ for id_ in some if changed.why([id_])]
    return {
        "on": changed.day.isoformat(),
        "rulebook": changed.rulebook,
        **told(some),
        "policies": {id_: told([id_]) for id_ in moved},
    }


def _one_form(found: TakeUp) -> Row:
    """Return the money of the whole: of the only form there is, or no sum at all."""
    forms = found.whole.forms.values()
    some = [total for total in forms if total.due or total.paid or total.left]
    if len(some) <= 1:
        return found.money(some[0] if some else Total())
    return dict.fromkeys(found.money(Total()))


def _row(cells: Row) -> dict[str, object]:
    return {name: _json(cell) for name, cell in cells.items()}


def _json(cell: object) -> object:
    return cell if cell is None or isinstance(cell, int) else str(cell)
