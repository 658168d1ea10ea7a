"""What policy-match offers to Python: load, on a day, assess, render.

    book = load()                       a rulebook
    law = book.on("2022-12-31")         the law as of a day
    answer = law.assess({"employees": 86})

The command line is written with nothing else. Heavy parts are imported where
they are used, so that a question about one firm does not pay for a register.
"""

from policy_match.api.answer import PLAN_FORMATS, Answer, render, render_plan
from policy_match.api.bodies import FILE as BODY
from policy_match.api.bodies import Bodies, Body, read_bodies
from policy_match.api.comparing import PROFILES, Comparison, compare
from policy_match.api.law import Law, read_profile
from policy_match.api.linting import LINT_FORMATS, Linted, lint
from policy_match.api.matching import BACKENDS
from policy_match.api.registers import TREND_FORMATS, notices, takeup
from policy_match.api.replaying import Replay, replay
from policy_match.api.rulebook import Rulebook, load
from policy_match.api.trying import Tried, try_rules
from policy_match.api.usage import Looks, day_of, one_of, today
from policy_match.firms.profile import Profile
from policy_match.firms.values.typed import ValueFault
from policy_match.language.messages import Message
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
