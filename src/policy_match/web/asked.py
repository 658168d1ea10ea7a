"""What is asked about a firm, answered as data: by a server and in a page alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policy_match import api
from policy_match.errors import Fault, Place, ProfileError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from policy_match.api.bodies import Body


def check(law: api.Law, body: Body, lang: str) -> dict[str, Any]:
    """Return the JSON of `check`; raises ProfileError."""
    return law.assess(body.profile, today=body.today).to_dict(lang)


def plan(law: api.Law, body: Body, lang: str) -> dict[str, Any]:
    """Return the JSON of `check --plan`; raises ProfileError."""
    found: dict[str, Any] = json.loads(
        law.assess(body.profile, today=body.today).plan("json", lang)
    )
    return found


def calendar(law: api.Law, body: Body, lang: str) -> str:
    """Return the days of a plan as a calendar; raises ProfileError."""
    return law.assess(body.profile, today=body.today).plan("ics", lang)


def sheet(law: api.Law, body: Body, lang: str) -> str:
    """Return the decision sheet, a page to print; raises ProfileError."""
    return law.assess(body.profile, today=body.today).render("sheet", lang)


def questions(law: api.Law, body: Body, lang: str) -> dict[str, Any]:
    """Return the JSON of `assess --questions json`; raises ProfileError.

    `skipped`, beside the facts, are those that the firm does not know.
    """
    skipped = body.beside.get("skipped") or []
    if not isinstance(skipped, list):
        raise ProfileError([_wrong("", said("json-list"))])
    faults = [
        _wrong(f"/{place}", said("unknown-fact", key=str(fact)))
        for place, fact in enumerate(skipped)
        if not isinstance(fact, str) or fact not in law.facts
    ]
    if faults:
        raise ProfileError(faults)
    return law.questions(body.profile, lang, skipped)


def _wrong(below: str, message: api.Message) -> Fault:
    return Fault(Place(api.BODY, pointer=f"/skipped{below}"), "F501", message)


CALLS = {
    "check": (check, ()),
    "plan": (plan, ()),
    "calendar": (calendar, ()),
    "sheet": (sheet, ()),
    "questions": (questions, ("skipped",)),
}
"""By name: what answers, and the keys that a body may have beside a profile's."""
