"""The nearest point of a grid at which something surely holds.

Branch and bound: a whole box is judged at once, and left alone where nothing
in it can hold, so a threshold is met in a few steps however fine the grid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.truth import FALSE, TRUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_match.domain.truth import Truth

Ends = tuple[int, int | None]
"""Steps along one axis, from the nearest to the furthest; None: without end."""
Box = tuple[Ends, ...]

_FURTHEST = 2**62
_FIRST_LEAP = 64


class Budget:
    """How many boxes may still be judged before a search gives up."""

    def __init__(self, boxes: int) -> None:
        """Allow this many."""
        self.left = boxes


def least(
    judge: Callable[[Box], Truth],
    box: Box,
    cuts: Sequence[Sequence[int]],
    budget: Budget,
) -> tuple[int, ...] | None:
    """Return the first point of `box` that holds, by its first axis first.

    `judge` says true where every point holds, false where none can. `cuts`
    are steps, axis by axis, at which it is likely to change. None where no
    point holds, or none was met within the budget.
    """
    if budget.left <= 0:
        return None
    budget.left -= 1
    truth = judge(box)
    if truth is FALSE:
        return None
    if truth is TRUE:
        return tuple(near for near, _ in box)
    for place, (near, far) in enumerate(box):
        if near == far:
            continue
        middle = _middle(near, far, cuts[place])
        if middle > _FURTHEST:
            return None
        for half in ((near, middle - 1), (middle, far)):
            found = least(judge, (*box[:place], half, *box[place + 1 :]), cuts, budget)
            if found is not None:
                return found
        return None
    return None


def _middle(near: int, far: int | None, cuts: Sequence[int]) -> int:
    """Return where the second half starts."""
    inside = [cut for cut in cuts if near < cut and (far is None or cut <= far)]
    if inside:
        return inside[len(inside) // 2]
    if far is None:
        return 2 * near + _FIRST_LEAP
    return (near + far) // 2 + 1
