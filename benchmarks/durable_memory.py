"""Memory of the forward-chaining backend over many firms, one after another.

    python benchmarks/durable_memory.py [FIRMS]

Prints the resident memory of the process at ten steps. It must stay flat: a
firm leaves nothing behind in the rule engine.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.unit import small_programs as s

from policy_match.backends.forward_chaining import ForwardChaining
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import exactly, one
from policy_match.ir.terms import All, AnyOf, Not

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

PAGE = 4096
"""Bytes of a page, as /proc/self/statm counts them."""


def megabytes() -> float:
    """Return the resident memory of this process (Linux)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * PAGE / 1e6


def program() -> Program:
    """Return two policies that exclude each other, and a derived fact."""
    small = s.defined(
        s.fact("small", FactType.BOOL), condition=s.compare("employees", "<=", 300)
    )
    policies = [
        s.policy("p", All((s.holds("small"), Not(s.holds("listed")))), s.const(5)),
        s.policy("q", AnyOf((s.holds("listed"), s.holds("small"))), s.const(3)),
    ]
    facts = [s.fact("employees"), s.fact("listed", FactType.BOOL)]
    return s.program(facts, policies, [small], [("p", "q")])


def main(firms: int) -> None:
    """Match the firms and print how much memory that takes."""
    matcher = ForwardChaining(program())
    start = time.perf_counter()
    for number in range(1, firms + 1):
        given: dict[str, Possible] = {"employees": exactly(number % 600)}
        if number % 3:
            given["listed"] = one(number % 2 == 0)
        matcher.match(Facts(given))
        if number == 1 or number % max(1, firms // 10) == 0:
            seconds = time.perf_counter() - start
            print(f"{number:>8} firms {megabytes():7.1f} MB {seconds:6.1f} s")
    matcher.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
