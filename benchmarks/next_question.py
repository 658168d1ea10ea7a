"""The next question of an interview, against `check`: 2,000 policies, 500 facts.

    python3 benchmarks/next_question.py [POLICIES] [FACTS]

Prints the seconds that `check` takes on a made-up rulebook, as JSON and with all that
would change the answer, and those until the next screen is known, answers to choose
from included.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import policy_match as pm

HEAD = """\
rulebook:
  id: made-up
  title: Made up
  languages: [en]
  currency: EUR
  disclaimer: For measurement only.
departments:
  council: Council
sources:
  by-law:
    number: By-law 1
    title: By-law
"""


def rulebook(policies: int, facts: int) -> str:
    """Return the text of a rulebook: a policy rests on five facts."""
    draw = random.Random(7)  # noqa: S311  (the same rulebook each time)
    lines = [HEAD, "facts:"]
    for n in range(facts):
        kind = "bool" if n % 2 else "money"
        lines.append(
            f"  f{n}: {{type: {kind}, title: Fact {n}, asks: What is {n}?, "
            "settled_by: firm}"
        )
    lines.append("policies:")
    for n in range(policies):
        parts = [
            f"f{k}" if k % 2 else f"f{k} >= {draw.randrange(1, 9) * 1000}"
            for k in draw.sample(range(facts), 5)
        ]
        lines += [
            f"  p{n}:",
            f"    title: Policy {n}",
            f"    summary: Policy {n}",
            "    kind: subsidy",
            "    departments: {lead: council, granting: council}",
            "    in_force: {from: 2020-01-01}",
            "    reaches: directly",
            "    when:",
            f"      all: [{', '.join(parts[:3])}, {{any: [{', '.join(parts[3:])}]}}]",
            f"    benefit: {{form: grant, amount: {draw.randrange(1, 90) * 100}}}",
            "    claim: {channel: the council, deadline: any day}",
            "    cite: by-law",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    policies, facts = (int(n) for n in (*sys.argv[1:], 2000, 500)[:2])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rules.yaml").write_text(rulebook(policies, facts), "utf-8")
        law = pm.load(folder).on("2024-06-30")
    start = time.process_time()
    law.assess({}).to_dict("en")
    check = time.process_time() - start
    start = time.process_time()
    found = law.questions(None, "en")
    asked = time.process_time() - start
    print(f"policies {policies}  facts {facts}  check {check:.1f} s")
    print(f"next question {asked:.1f} s  {asked / check:.2f} × check")
    print(found["next"])


if __name__ == "__main__":
    main()
