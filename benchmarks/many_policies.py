"""What a policy more costs a screening: 200 firms by 201, 801 and 2,201 policies.

    python benchmarks/many_policies.py [FIRMS] [FACTS]

Prints the processor seconds of `screen` by each made-up rulebook, in a process of
its own, the compiled rulebook kept from a run before; and how many times the first
both are: policies and seconds. Linear is where the second is no more than the first.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from next_question import rulebook

POLICIES = (201, 801, 2201)
_FACTS = """\
facts:
  uscc: {type: text, title: Code, asks: What is the code?, settled_by: register}
"""


def screened(place: Path, rules: Path, register: Path) -> float:
    """Return the processor seconds of one screening."""
    words = ("screen", str(register), "--rules", str(rules), "--on", "2024-06-30")
    line = (sys.executable, "-m", "policy_match", *words, "--out", str(place / "out"))
    kept = os.environ | {"POLICY_MATCH_CACHE": str(place / "cache")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, check=True, env=kept, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def firms(count: int, facts: int) -> str:
    """Return a register as CSV: a third of all cells is blank."""
    draw = random.Random(3)  # noqa: S311  (the same firms each time)
    rows = [",".join(("uscc", *(f"f{n}" for n in range(facts))))]
    for firm in range(count):
        cells = [
            draw.choice(("", "yes", "no"))
            if n % 2
            else draw.choice(("", str(draw.randrange(10_000)), "4000"))
            for n in range(facts)
        ]
        rows.append(",".join((f"firm-{firm}", *cells)))
    return "\n".join(rows) + "\n"


def main() -> None:
    """Measure and print."""
    count, facts = (int(n) for n in (*sys.argv[1:], 200, 60)[:2])
    spent: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        register = place / "firms.csv"
        register.write_text(firms(count, facts), "utf-8")
        for policies in POLICIES:
            rules = place / f"rules-{policies}"
            rules.mkdir()
            text = rulebook(policies, facts).replace("facts:\n", _FACTS, 1)
            (rules / "rules.yaml").write_text(text, "utf-8")
            screened(place, rules, register)
            spent.append(min(screened(place, rules, register) for _ in range(2)))
            times = policies / POLICIES[0], spent[-1] / spent[0]
            told = f"{policies:5} policies {times[0]:5.1f} ×"
            print(f"{told}  {spent[-1]:6.1f} s {times[1]:5.1f} ×", flush=True)


if __name__ == "__main__":
    main()
