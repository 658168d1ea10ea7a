"""First-match branches: the turn passes from guard to guard.

A branch whose guard is true ends the chain, one whose guard is false drops
out, and one whose guard is unknown stays open while the turn passes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.backends.forward_chaining.memory import WorkingMemory
    from policy_match.backends.forward_chaining.ruleset_builder import Draft, Need
    from policy_match.ir.terms import Cases, Condition


class Chain:
    """The messages of one chain.

    `key` is what memory knows it by, `need` what formulas call it that wait.
    """

    def __init__(
        self,
        draft: Draft,
        key: Cases | str,
        need: Need,
        guards: Sequence[Condition | None],
    ) -> None:
        """Let the first branch have its turn as soon as a firm is there."""
        self.id = draft.new_chain(key, need)
        self.guards = guards
        self._turns = [draft.ids.new() for _ in guards]
        draft.opening.append(lambda _: self._pass_to(0, ()))

    def at(self, step: int) -> list[Term]:
        """Return the terms for the turn of a branch."""
        return [("=", "is", "turn"), ("=", "chain", self.id), ("=", "step", step)]

    def decide(self, _: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
        """Return what follows from a turn and the verdict on its guard."""
        turn, verdict = found
        step = int(turn["step"])
        may = tuple(map(int, str(turn["may"]).split()))
        match verdict["truth"]:
            case "T":
                return self._end((*may, step))
            case "U":
                return self._pass_to(step + 1, (*may, step))
            case _:
                return self._pass_to(step + 1, may)

    def _pass_to(self, step: int, may: tuple[int, ...]) -> tuple[Fact]:
        if step == len(self.guards):
            return self._end(may, through=True)
        if self.guards[step] is None:
            return self._end((*may, step))
        turn: Fact = {"is": "turn", "chain": self.id, "id": self._turns[step]}
        return ({**turn, "step": step, "may": _words(may)},)

    def _end(self, may: tuple[int, ...], *, through: bool = False) -> tuple[Fact]:
        end: Fact = {"is": "chain", "id": self.id, "may": _words(may)}
        return ({**end, "through": int(through)},)


def _words(may: tuple[int, ...]) -> str:
    return " ".join(map(str, may))
