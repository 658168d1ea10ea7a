"""The engine in a browser: text goes in, JSON comes out, nothing leaves the page.

It runs in a worker, on laws that were compiled before (`ir/codec.py`), and answers
as the API does: the same bodies, the same answers, the same refusals.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policy_match import api
from policy_match.api.origin import Origin
from policy_match.errors import Fault, Place, ProfileError, UsageError
from policy_match.ir.codec import decode_spans
from policy_match.language.messages import said
from policy_match.web.asked import CALLS
from policy_match.web.playground import draft
from policy_match.web.told import QUERY, details

if TYPE_CHECKING:
    from datetime import date

    from policy_match.ir.program import Program
    from policy_match.ir.spans import SpanProgram

_ANSWERED, _REFUSED, _NO_JSON, _NOTHING = 200, 422, 400, 404
_HELD = 32
"""Days whose law is held at once."""


class Engine:
    """The rulebook as it was shipped: the law of all days, by spans of them."""

    def __init__(self) -> None:
        """Begin without any law."""
        self._spans: tuple[SpanProgram, ...] = ()
        self._on = lru_cache(maxsize=_HELD)(self._program)

    def add(self, data: bytes) -> None:
        """Take the laws that were compiled; raises DamagedError."""
        self._spans = decode_spans(data)
        self._on.cache_clear()

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
            if call in {"codes", "facts"}:
                asked = json.loads(text)
                law = self._law(api.day_of(asked["on"] or api.today()))
                if call == "facts":
                    return _ANSWERED, law.list_facts(lang)
                return _ANSWERED, law.list_codes(asked["fact"], asked["q"], lang)
            answer, beside = CALLS[call]
            bodies = api.read_bodies(text.encode(), beside)
            found = [
                answer(
                    self._law(body.profile.day or body.today or api.today()), body, lang
                )
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

    def _law(self, day: date) -> api.Law:
        return api.Law(self._on(day), Origin(self._on, {}, None))

    def _program(self, day: date) -> Program:
        for one in self._spans:
            if day in one.window:
                return one.at(day)
        raise UsageError(said("not-shipped"))


ENGINE = Engine()
"""The one of the worker."""
