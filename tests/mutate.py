"""How well the examples guard the rules: every small slip, and who notices it.

    python3 tasks.py mutate [--rules DIR] [--policy ID] [--file FILE] [--page FILE]

Each mutant is the rulebook with one slip in it. It is put to the rule examples
that rest on it, and, of the shipped rulebook, to the scenarios of the features.
What nobody notices is proved to be the same law, or named with its place. The
last run is kept: who noticed a mutant then is asked first.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from policy_match.checks.mutation.cases import cases
from policy_match.checks.mutation.equivalence import Equivalence
from policy_match.checks.mutation.laws import Laws
from policy_match.checks.mutation.mutants import mutants
from policy_match.checks.mutation.trial import Trial
from policy_match.compiler.rulebook import load_files
from policy_match.rulebook.files import read_directory, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.checks.mutation.cases import Case
    from policy_match.checks.mutation.mutants import Mutant
    from policy_match.compiler.rulebook import Rulebook

KEPT = Path(".mutation.json")
"""Who noticed each mutant in the last run."""
REASONS = Path(__file__).with_name("mutation.yaml")
"""Why some mutants of the shipped rulebook are the same law, or stay alive."""
BY = ("examples", "features", "same", "told", "reason", "alive", "refused")
"""What may come of a mutant."""


class Result(NamedTuple):
    """What came of one mutant: one of `BY`, and who noticed it or why."""

    mutant: Mutant
    by: str
    why: str = ""


def tried(
    rulebook: Rulebook, chosen: Sequence[Mutant], *, features: bool
) -> list[Result]:
    """Return what came of each mutant."""
    laws = Laws(rulebook)
    before = json.loads(KEPT.read_text("utf8")) if KEPT.exists() else {}
    found = {mutant.key: Result(mutant, "alive") for mutant in chosen}
    _put(Trial(laws, cases(rulebook)), "examples", found, before)
    same, reasons = Equivalence(laws), _reasons() if features else {}
    for key, result in _alive(found):
        found[key] = _explained(same, result, reasons)
    if features:
        _put(Trial(laws, _scenarios()), "features", found, before)
    return list(found.values())


def _put(
    trial: Trial, by: str, found: dict[str, Result], before: Mapping[str, str]
) -> None:
    """Put what is alive to the cases of a trial, and keep who noticed it."""
    for place, (key, result) in enumerate(_alive(found)):
        verdict = trial.of(result.mutant, before.get(key, ""))
        if verdict.refused:
            found[key] = result._replace(by="refused")
        elif verdict.noticed_by:
            found[key] = Result(result.mutant, by, verdict.noticed_by)
        _tell(f"{by}: {place + 1}")
    _tell(f"alive after the {by}: {len(_alive(found))}\n")
    noticed = {key: r.why for key, r in found.items() if r.by in BY[:2]}
    kept = json.dumps({**before, **noticed}, ensure_ascii=False, indent=0)
    KEPT.write_text(kept, encoding="utf8")


def _alive(found: Mapping[str, Result]) -> list[tuple[str, Result]]:
    """Return what nobody has noticed or explained, by its key."""
    return [(key, r) for key, r in found.items() if r.by in {"alive", "reason"}]


def _scenarios() -> list[Case]:
    from tests.features.recording import recorded  # noqa: PLC0415  (runs pytest)

    return list(recorded())


def _explained(
    same: Equivalence, result: Result, reasons: Mapping[str, Mapping[str, str]]
) -> Result:
    key = result.mutant.key
    for pattern, said in reasons.items():
        if fnmatch.fnmatchcase(key, pattern):
            ((by, why),) = said.items()
            return result._replace(by={"same": "same", "alive": "reason"}[by], why=why)
    if not same.decides(result.mutant):
        return result._replace(by="told", why="decides nothing")
    if same.of(result.mutant):
        return result._replace(by="same", why="proved")
    return result


def _reasons() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for reason in yaml.safe_load(REASONS.read_text(encoding="utf8")):
        for by in ("same", "alive"):
            for pattern in reason.get(by, ()):
                # Brackets stand for themselves in a key.
                found[pattern.replace("[", "[[]")] = {by: reason["because"]}
    return found


# ---- what is told


def score(results: Iterable[Result], *by: str) -> float:
    """Return the share of mutants that are noticed, of those that could be."""
    counts = Counter(result.by for result in results)
    whole = sum(counts[by] for by in ("examples", "features", "reason", "alive"))
    return 100 * sum(counts[one] for one in by) / whole if whole else 100.0


def table(results: Sequence[Result], rulebook: Rulebook) -> str:
    """Return the scores file by file, as a table of Markdown."""
    files: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        files[result.mutant.place(rulebook.book).file].append(result)
    head = (
        "| File | Mutants | Same law | Only told | Examples | With features | Alive |"
    )
    lines = [head, "|---|---:|---:|---:|---:|---:|---:|"]
    rows = [*sorted(files.items()), ("all", list(results))]
    for file, some in rows:
        counts = Counter(result.by for result in some)
        alive = counts["alive"] + counts["reason"]
        examples = score(some, "examples")
        both = score(some, "examples", "features")
        lines.append(
            f"| {file} | {len(some) - counts['refused']} | {counts['same']} "
            f"| {counts['told']} | {examples:.1f} % | {both:.1f} % | {alive} |"
        )
    return "\n".join(lines)


def alive(results: Sequence[Result], rulebook: Rulebook) -> str:
    """Return what stays alive with its reason, a line each."""
    lines: list[str] = []
    for result in results:
        if result.by in {"alive", "reason"}:
            place = result.mutant.place(rulebook.book)
            why = result.why or "no example"
            lines.append(f"- {place.file}, `{result.mutant.key}`: {why}")
    return "\n".join(lines)


def page(text: str, results: Sequence[Result], rulebook: Rulebook) -> str:
    """Return a page with its generated parts written anew."""
    for name, part in (("scores", table), ("alive", alive)):
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}\n\n{part(results, rulebook)}\n\n{end}{tail}"
    return text


def _tell(words: str) -> None:
    if words.endswith("\n") or sys.stderr.isatty():
        sys.stderr.write(f"\r{words}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tasks.py mutate", description=__doc__)
    parser.add_argument("--rules", type=Path, help="a rulebook; else the shipped one")
    parser.add_argument("--policy", default="", help="one policy, or derived fact")
    parser.add_argument("--file", default="", help="one file of the rulebook")
    parser.add_argument("--page", type=Path, help="a page to write the scores into")
    return parser.parse_args()


def main() -> int:
    """Try the mutants that are asked for; 1 where one is alive without a reason."""
    options = _options()
    begun = time.process_time()
    rulebook = load_files(read_directory(options.rules or shipped_rules()))
    chosen = [
        mutant
        for mutant in mutants(rulebook.book)
        if options.policy in {"", mutant.part[1]}
        and mutant.place(rulebook.book).file.endswith(options.file)
    ]
    results = tried(rulebook, chosen, features=options.rules is None)
    for result in results:
        if result.by == "alive":
            place = result.mutant.place(rulebook.book)
            sys.stdout.write(f"{place}: {result.mutant.key}\n")
    if options.page:
        text = options.page.read_text(encoding="utf8")
        new = page(text, results, rulebook)
        options.page.write_text(new, encoding="utf8")
    counts = Counter(result.by for result in results)
    whole = len(results) - counts["refused"]
    sys.stdout.write(
        f"{whole} mutants, {counts['same']} of the same law, "
        f"{counts['told']} only told; "
        f"noticed by rule examples {score(results, 'examples'):.2f} %, "
        f"with features {score(results, 'examples', 'features'):.2f} %; "
        f"{time.process_time() - begun:.0f} s of one core\n"
    )
    return int(counts["alive"] > 0)


if __name__ == "__main__":
    sys.exit(main())
