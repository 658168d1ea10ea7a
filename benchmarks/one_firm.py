"""One firm against every policy in force: our backends beside GoRules ZEN.

    pip install zen-engine && python benchmarks/one_firm.py [ROUNDS]

ZEN is given the very same conditions and amounts and a complete firm: it knows
no unknowns and gives no reasons. It is asked in three ways: a decision for each
policy, one decision with a node for each policy, and one decision that is a
single node; each compiled beforehand. Ours give outcome, amount, evidence, what
is missing, selection and questions.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

from machine import described, interleaved, table
from peers.zen import Peer, complete

from policy_match.api import load
from policy_match.backends.forward_chaining import ForwardChaining
from policy_match.firms.profile import Profile
from policy_match.semantics.assessment import assess

DAY = date(2022, 12, 31)


def main() -> None:
    """Print a table for each example firm."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    how = "of five in a row, interleaved; medians of processor time"
    print(f"{described()}\n{rounds} rounds, {how}\n")
    program = load().on(DAY).program
    chaining = ForwardChaining(program)
    for path in sorted(Path("examples/firms").glob("*.yaml")):
        profile = Profile(path.read_bytes(), path.name)
        facts = profile.facts(program.facts, program.systems, program.locale)
        peer, firm = Peer(program, facts.given), complete(program, facts.given)
        found = interleaved(
            {
                "a decision a policy": partial(peer.one_by_one, firm),
                "a node a policy": partial(peer.node_by_node, firm),
                "one node": partial(peer.at_once, firm),
                "reference": partial(assess, program, facts),
                "durable-rules": partial(chaining.match, facts),
            },
            rounds,
            row=5,
            clock=time.process_time,
        )
        print(f"{path.stem}\n\n{table(found, *list(found)[:3])}\n")


if __name__ == "__main__":
    main()
