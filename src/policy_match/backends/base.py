"""What callers may ask of a backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from policy_match.domain.facts import Facts
    from policy_match.semantics.outcome import Assessment


class Matcher(Protocol):
    """Matches one firm at a time against all policies of one program."""

    name: str
    """How results name the backend."""

    def match(self, facts: Facts) -> Assessment:
        """Return the whole answer for one firm; raises BackendError."""

    def close(self) -> None:
        """Free what the engine holds; the matcher answers no more."""
