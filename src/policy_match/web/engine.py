"""The engine in a browser: text goes in, JSON comes out, nothing leaves the page.

It runs in a worker, on laws that were compiled before (`ir/codec.py`), and answers
as the API does: the same bodies, the same answers, the same refusals.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policy_match import api
from policy_match.api.origin import Origin
from policy_match.errors import Fault, Place, ProfileError, UsageError
from policy_match.ir.codec import decode
from policy_match.language.messages import said
from policy_match.web.asked import CALLS
from policy_match.web.playground import draft
from policy_match.web.told import QUERY, details

if TYPE_CHECKING:
    from datetime import date

    from policy_match.ir.program import Program

_ANSWERED, _REFUSED, _NO_JSON, _NOTHING = 200, 422, 400, 404


class Engine:
    """The rulebook as far as it was shipped: the law of some days."""

    def __init__(self) -> None:
        """Begin without any law."""
        self._programs: dict[date, Program] = {}

    def add(self, data: bytes) -> None:
        """Take a law that was compiled; raises DamagedError."""
        program = decode(data)
        self._programs[program.day] = program

    def ask(self, call: str, text: str, lang: str) -> str:
        """Return `{"status", "data"}`: an answer, or problem details."""
        status, data = self._asked(call, text, lang)
        found = {"status": status, "data": data}
        return json.dumps(found, ensure_ascii=False)

    def _asked(self, call: str, text: str, lang: str) -> tuple[int, Any]:
        try:
            if call == "draft":
                both = json.loads(text)
                return _ANSWERED, draft(both["rules"], both["firm"], lang)
            if call == "codes":
                asked = json.loads(text)
                law = self._law(api.day_of(asked["on"]))
                return _ANSWERED, law.list_codes(asked["fact"], asked["q"], lang)
            answer, beside = CALLS[call]
            bodies = api.read_bodies(text.encode(), beside)
            found = [
                answer(self._law(body.profile.day or body.today), body, lang)
                for body in bodies.firms
            ]
            return _ANSWERED, found if bodies.several else found[0]
        except ProfileError as error:
            lost = any(fault.code == "F509" for fault in error.faults)
            status = _NO_JSON if lost else _REFUSED
            return status, details(status, error.faults, lang)
        except UsageError as error:
            message: Any = error.message
            fault = Fault(Place(QUERY, pointer="on"), "H809", message)
            return _NOTHING, details(_NOTHING, [fault], lang)

    def _law(self, day: date | None) -> api.Law:
        program = self._programs.get(day or max(self._programs))
        if program is None:
            raise UsageError(said("not-shipped"))
        return api.Law(program, Origin(self._on, {}, None))

    def _on(self, day: date) -> Program:
        """Return the program of a day; of one not shipped, one without policies.

        So nothing is said of what waiting until then would bring: less than the
        command line says, and nothing wrong.
        """
        known = self._programs.get(day)
        if known is not None:
            return known
        any_law = next(iter(self._programs.values()))
        return replace(any_law, day=day, policies=(), groups=(), caps=())


ENGINE = Engine()
"""The one of the worker."""
