"""Why a value cannot be taken: for the author of a profile, and for a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match.domain.facts import FactSpec, FactType
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from policy_match.errors import Hint

_RANGE, _FORM = "F504", "F503"
_CODES = {"range": _RANGE, "none": _RANGE, "identifier": _FORM}
_OTHERWISE = "F502"


class ValueFault(Exception):  # noqa: N818  (becomes a Fault once its place is known)
    """A value that its fact cannot have.

    `reason` is the kind, as registers list it (`REASONS`).
    """

    def __init__(
        self, code: str, message: Message, hint: Hint = "", reason: str = ""
    ) -> None:
        """Keep the parts of a fault."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.reason = reason


def wrong(
    spec: FactSpec,
    reason: str,
    key: str,
    hint: Hint = "",
    *,
    code: str = "",
    **fields: Any,  # noqa: ANN401
) -> ValueFault:
    """Return the fault `key` of a fact, with what the fact takes instead."""
    message = said(key, fact=spec.id, title=spec.title, **fields)
    code = code or _CODES.get(reason, _OTHERWISE)
    return ValueFault(code, message, hint or expected(spec), reason)


def expected(spec: FactSpec) -> Message:
    """Return what a fact takes, as a hint."""
    match spec.type:
        case FactType.BOOL:
            return said("write-bool")
        case FactType.ENUM:
            members, titles = tuple(spec.members), tuple(spec.members.values())
            return said("write-member", members=members, titles=titles)
        case FactType.DATE:
            return said("write-date")
        case FactType.CODE:
            return said("write-code")
        case FactType.LIST:
            return said("write-pairs")
        case FactType.INT:
            return said("write-int")
        case FactType.TEXT:
            return said("write-text")
        case FactType.NUMBER | FactType.MONEY | FactType.RATIO:
            return said("write-number")
