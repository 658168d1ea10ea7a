"""What has been read of cells, by their text, so that each is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.firms.values.faults import ValueFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.domain.possible import Possible

_MOST = 200_000


class Memo:
    """Remembers what a reader made of each text, or why it could not."""

    def __init__(self, read: Callable[[str], Possible | None]) -> None:
        """Start with nothing read."""
        self._read = read
        self._known: dict[str, Possible | str | None] = {}

    def of(self, text: str) -> Possible | str | None:
        """Return what a text says, None where nothing; a `str` is a reason."""
        if text not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            try:
                self._known[text] = self._read(text)
            except ValueFault as error:
                self._known[text] = error.reason
        return self._known[text]
