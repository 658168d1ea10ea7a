"""What programs send of firms: profiles in JSON, one or several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.errors import Fault, ProfileError
from policy_match.firms.json_reader import read_json
from policy_match.firms.profile import Profile
from policy_match.language.messages import said
from policy_match.rulebook.yaml_reader import Mapping, Sequence, plain_data

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_match.rulebook.yaml_reader import Node

FILE = "<body>"
"""What the places of faults call the text."""


class Body(NamedTuple):
    """A firm as a program sends it: its profile, and what is asked beside it."""

    profile: Profile
    beside: dict[str, Any]


class Bodies(NamedTuple):
    """The firms of one text; `several` where it is a list of them."""

    firms: tuple[Body, ...]
    several: bool


def read_bodies(data: bytes, beside: Collection[str] = ()) -> Bodies:
    """Return the firms that a JSON text holds: an object, or a list of objects.

    An object is a profile: `on`, `facts`, `determinations`, with values as in a
    profile; `beside` names the keys that it may have as well. What is wrong with
    facts is told once they are read by a law. Raises ProfileError where there is
    no firm to read.
    """
    root, faults = read_json(data, FILE)
    if not isinstance(root, Sequence):
        return Bodies((_body(root, beside, faults),), several=False)
    firms = (
        _body(node, beside, () if n else faults) for n, node in enumerate(root.items)
    )
    return Bodies(tuple(firms), several=True)


def _body(node: Node, beside: Collection[str], faults: Collection[Fault]) -> Body:
    if not isinstance(node, Mapping):
        fault = Fault(node.place, "F506", said("json-object"), said("send-json"))
        raise ProfileError([fault])
    extra = {key: plain_data(node.values[key]) for key in beside if key in node.values}
    keys = {key: place for key, place in node.keys.items() if key not in extra}
    values = {key: value for key, value in node.values.items() if key not in extra}
    return Body(Profile.of_json(Mapping(keys, values, node.place), faults, FILE), extra)
