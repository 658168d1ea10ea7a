"""What programs send of firms: profiles in JSON, one or several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.api.usage import asked_on, day_of
from policy_match.errors import Fault, UsageError
from policy_match.firms.json_reader import read_json
from policy_match.firms.profile import Profile
from policy_match.language.messages import said
from policy_match.rulebook.yaml_reader import Mapping, Scalar, Sequence, plain_data

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from policy_match.rulebook.yaml_reader import Node

FILE = "<body>"
"""What the places of faults call the text."""
TODAY = "today"
"""The key that says from which day deadlines are dated, as `--today` does."""


class Body(NamedTuple):
    """A firm as a program sends it: its profile, and what is asked beside it."""

    profile: Profile
    today: date | None
    """The day from which deadlines are dated, where it is named."""
    beside: dict[str, Any]

    @property
    def day(self) -> date:
        """The day whose law applies: the profile's own, else that of asking."""
        return self.profile.day or asked_on(self.today)


class Bodies(NamedTuple):
    """The firms of one text; `several` where it is a list of them."""

    firms: tuple[Body, ...]
    several: bool


def read_bodies(data: bytes, beside: Collection[str] = ()) -> Bodies:
    """Return the firms that a JSON text holds: an object, or a list of objects.

    An object is a profile: `on`, `facts`, `determinations`, with values as in a
    profile, and `today`, the day of asking; `beside` names the keys that it may have
    as well. What is wrong with facts or `today` is told once they are read by a law.
    So is what is no object at all, where a firm should stand. Raises ProfileError
    where the text is no JSON.
    """
    root, faults = read_json(data, FILE)
    if not isinstance(root, Sequence):
        return Bodies((_body(root, beside, faults),), several=False)
    firms = (
        _body(node, beside, () if n else faults) for n, node in enumerate(root.items)
    )
    return Bodies(tuple(firms), several=True)


def _body(node: Node, beside: Collection[str], faults: Collection[Fault]) -> Body:
    wrong = [*faults]
    if not isinstance(node, Mapping):
        fault = Fault(node.place, "F506", said("json-object"), said("send-json"))
        wrong.append(fault)
        node = Mapping({}, {"facts": Mapping({}, {}, node.place)}, node.place)
    today = _today(node.values.get(TODAY), wrong)
    extra = {key: plain_data(node.values[key]) for key in beside if key in node.values}
    known = {*extra, TODAY}
    keys = {key: place for key, place in node.keys.items() if key not in known}
    values = {key: value for key, value in node.values.items() if key not in known}
    profile = Profile.of_json(Mapping(keys, values, node.place), wrong, FILE)
    return Body(profile, today, extra)


def _today(node: Node | None, faults: list[Fault]) -> date | None:
    if node is None or (isinstance(node, Scalar) and not node.text):
        return None
    try:
        return day_of(plain_data(node))
    except UsageError:
        message, hint = said("today-not-a-day"), said("write-a-day")
        faults.append(Fault(node.place, "F502", message, hint))
        return None
