"""What is compiled once for all days on which it comes out the same.

Between two spans of a law most of it is the same. Whoever compiles a part notes as
it goes on which days everything that it reads is as it is (`Trace`), and so on which
days the part stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


@dataclass
class Trace:
    """What the day decides in whatever is being compiled.

    From `first` to `last` all that it reads is the same. `lasting` is False where the
    day itself is a term, with the value of one of the days of a span. `sound` is
    False where there is a fault, to be told whenever the part is asked for.
    """

    first: date = date.min
    last: date = date.max
    lasting: bool = True
    sound: bool = True
    read: set[tuple[str, date]] = field(default_factory=set)
    """The parameters that are read as of a day which is written, and that day."""

    def stands(self, first: date, last: date) -> None:
        """Note that something is read which is the same on these days."""
        self.first, self.last = max(self.first, first), min(self.last, last)

    def include(self, other: Trace) -> None:
        """Note that another part is a part of this one."""
        self.stands(other.first, other.last)
        self.lasting &= other.lasting
        self.sound &= other.sound
        self.read |= other.read


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that was compiled, and what it rests on."""

    found: object
    trace: Trace


@dataclass
class Standings:
    """What was compiled of one rulebook, by what it is and on which days it stands.

    Its size is bounded by the windows of the rulebook.
    """

    _kept: dict[Hashable, list[Standing]] = field(default_factory=dict)

    def on(self, key: Hashable, day: date) -> Standing | None:
        """Return what stands on a day, if that is known."""
        for standing in self._kept.get(key, ()):
            if standing.trace.first <= day <= standing.trace.last:
                return standing
        return None

    def keep(self, key: Hashable, standing: Standing) -> None:
        """Keep what stands on some days, and on all of them is the same."""
        self._kept.setdefault(key, []).append(standing)
