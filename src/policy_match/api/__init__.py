"""What policy-match offers to Python: load, on a day, assess, render.

    book = load()                       a rulebook
    law = book.on("2022-12-31")         the law as of a day
    answer = law.assess({"employees": 86})

The command line is written with nothing else. Heavy parts are imported where
they are used, so that a question about one firm does not pay for a register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match.api.answer import PLAN_FORMATS, Answer, render, render_plan
from policy_match.api.law import Law, read_profile
from policy_match.api.matching import BACKENDS
from policy_match.api.registers import TREND_FORMATS, notices, takeup
from policy_match.api.rulebook import Rulebook, load
from policy_match.api.usage import Looks, day_of, one_of, today
from policy_match.firms.profile import Profile
from policy_match.firms.values.typed import ValueFault
from policy_match.language.messages import Message

if TYPE_CHECKING:
    from policy_match.api.bodies import FILE as BODY
    from policy_match.api.bodies import Bodies, Body, read_bodies
    from policy_match.api.comparing import PROFILES, Comparison, compare
    from policy_match.api.linting import LINT_FORMATS, Linted, lint
    from policy_match.api.replaying import Replay, replay
    from policy_match.api.trying import Tried, try_rules
    from policy_match.records import NOTHING, Difference

__all__ = [
    "BACKENDS",
    "BODY",
    "LINT_FORMATS",
    "NOTHING",
    "PLAN_FORMATS",
    "PROFILES",
    "TREND_FORMATS",
    "Answer",
    "Bodies",
    "Body",
    "Comparison",
    "Difference",
    "Law",
    "Linted",
    "Looks",
    "Message",
    "Profile",
    "Replay",
    "Rulebook",
    "Tried",
    "ValueFault",
    "compare",
    "day_of",
    "lint",
    "load",
    "notices",
    "one_of",
    "read_bodies",
    "read_profile",
    "render",
    "render_plan",
    "replay",
    "takeup",
    "today",
    "try_rules",
]

_LATER = {
    "BODY": ("api.bodies", "FILE"),
    "Bodies": ("api.bodies", "Bodies"),
    "Body": ("api.bodies", "Body"),
    "Comparison": ("api.comparing", "Comparison"),
    "Difference": ("records", "Difference"),
    "LINT_FORMATS": ("api.linting", "LINT_FORMATS"),
    "Linted": ("api.linting", "Linted"),
    "NOTHING": ("records", "NOTHING"),
    "PROFILES": ("api.comparing", "PROFILES"),
    "Replay": ("api.replaying", "Replay"),
    "Tried": ("api.trying", "Tried"),
    "compare": ("api.comparing", "compare"),
    "lint": ("api.linting", "lint"),
    "read_bodies": ("api.bodies", "read_bodies"),
    "replay": ("api.replaying", "replay"),
    "try_rules": ("api.trying", "try_rules"),
}
"""What an answer for one firm does without, and where it is."""


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any of these names)
    if name not in _LATER:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module  # noqa: PLC0415

    module, named = _LATER[name]
    return getattr(import_module(f"policy_match.{module}"), named)
