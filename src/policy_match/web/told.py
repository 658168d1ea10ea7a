"""Faults as problem details (RFC 9457): the same from a server and from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match.api.bodies import FILE
from policy_match.language.messages import clean, in_language, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.errors import Fault

QUERY = "<query>"
REQUEST = "<request>"


def details(status: int, faults: Sequence[Fault], lang: str) -> dict[str, Any]:
    """Return what is wrong with a request, all of it, in a language."""
    first = faults[0]
    title = in_language(first.message, lang)
    if len(faults) > 1:
        title = said("problem-faults", count=len(faults)).to(lang)
    return {
        "type": f"urn:policy-match:fault:{first.code}",
        "title": clean(title),
        "status": status,
        "faults": [_fault(fault, lang) for fault in faults],
    }


def _fault(fault: Fault, lang: str) -> dict[str, Any]:
    place = fault.place
    found = {"code": fault.code, "message": clean(fault.message.to(lang))}
    if fault.hint:
        found["hint"] = clean(in_language(fault.hint, lang))
    if place.file == FILE and place.pointer is not None:
        found["pointer"] = place.pointer
    elif place.file == QUERY:
        found["parameter"] = place.pointer or ""
    elif place.file != REQUEST:
        found["place"] = clean(str(place))
    return found
