"""What officers have determined of a firm, as its profile records it.

    determinations:
      - fact: support_agreed
        value: 是
        by: 商务局 王建军
        on: 2022-11-30
        ground: 义商务〔2022〕41号
        until: 2023-11-30        # optional: when it expires
        withdrawn_on: 2023-02-01 # optional: when it was taken back

A determination settles a fact that the text of the law leaves to an officer, from
its day on, until it expires or is withdrawn. Outside those days the fact is not
known, as if nobody had determined it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import Determination, Settler
from policy_match.errors import did_you_mean
from policy_match.firms.values.faults import ValueFault
from policy_match.firms.values.typed import given as typed
from policy_match.language.locales import day_of_any_locale
from policy_match.language.messages import said
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as MappingOf
    from datetime import date

    from policy_match.domain.facts import FactSpec
    from policy_match.errors import Hint, Place
    from policy_match.firms.values.grammar import Grammar
    from policy_match.language.messages import Message
    from policy_match.rulebook.yaml_reader import Node

    Fault = Callable[[Place, str, Message, Hint], None]

KEY = "determinations"
_NEEDED = ("fact", "value", "by", "on", "ground")
_KEYS = (*_NEEDED, "until", "withdrawn_on")


def determined(
    node: Node | None,
    specs: MappingOf[str, FactSpec],
    names: MappingOf[str, str],
    grammar: Grammar,
    fault: Fault,
) -> Iterator[tuple[Determination, Place]]:
    """Yield the determinations of a profile that are sound, each with its place.

    `fault` takes what is wrong with the others, all of it.
    """
    if node is None or (isinstance(node, Scalar) and not node.text):
        return
    if not isinstance(node, Sequence):
        fault(node.place, "F508", said("determinations-a-list"), said("see-docs"))
        return
    for item in node.items:
        if not isinstance(item, Mapping):
            fault(item.place, "F508", said("determinations-a-list"), said("see-docs"))
            continue
        found = _Entry(item, fault).read(specs, names, grammar)
        if found is not None:
            yield found, item.place


class _Entry:
    """One entry of the list."""

    def __init__(self, node: Mapping, fault: Fault) -> None:
        self.node, self._fault, self._wrong = node, fault, False

    def read(
        self,
        specs: MappingOf[str, FactSpec],
        names: MappingOf[str, str],
        grammar: Grammar,
    ) -> Determination | None:
        self._keys()
        spec = self._spec(specs, names)
        on, until, withdrawn = (self._day(x) for x in ("on", "until", "withdrawn_on"))
        for key, later in (("until", until), ("withdrawn_on", withdrawn)):
            if on is not None and later is not None and later < on:
                self._told(key, said("determined-backwards", key=key))
        value = None
        if spec is not None and "value" in self.node.values:
            data = yaml_reader.plain_data(self.node.values["value"])
            try:
                value = typed(spec, data, grammar)
            except ValueFault as error:
                place = self.node.values["value"].place
                self._fault(place, error.code, error.message, error.hint)
                self._wrong = True
        if self._wrong or spec is None or on is None or value is None:
            return None
        by, ground = (self._text(key) for key in ("by", "ground"))
        return Determination(spec.id, value, by, on, ground, until, withdrawn)

    def _keys(self) -> None:
        for key, place in self.node.keys.items():
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS, said("see-docs"))
                self._fault(place, "F508", said("unknown-key", key=key), hint)
                self._wrong = True
        for key in _NEEDED:
            if not self._text(key):
                self._told("", said("determination-lacks", key=key))

    def _spec(
        self, specs: MappingOf[str, FactSpec], names: MappingOf[str, str]
    ) -> FactSpec | None:
        key = self._text("fact")
        if not key:
            return None
        name = names.get(key)
        if name is None:
            hint = did_you_mean(key, names, said("see-profile"))
            place = self.node.values["fact"].place
            self._fault(place, "F501", said("unknown-fact", key=key), hint)
            self._wrong = True
            return None
        spec = specs[name]
        if spec.settled_by is not Settler.OFFICER:
            message = said("not-an-officers", fact=name, title=spec.title)
            self._told("fact", message, said("write-under-facts"))
        return spec

    def _text(self, key: str) -> str:
        node = self.node.values.get(key)
        return node.text.strip() if isinstance(node, Scalar) else ""

    def _day(self, key: str) -> date | None:
        text = self._text(key)
        if not text:
            return None
        day = day_of_any_locale(text)
        if day is None:
            place = self.node.values[key].place
            self._fault(place, "F502", said("on-not-a-day"), said("write-a-day"))
            self._wrong = True
        return day

    def _told(self, key: str, message: Message, hint: Hint = "") -> None:
        place = self.node.values[key].place if key else self.node.place
        self._fault(place, "F508", message, hint or said("see-docs"))
        self._wrong = True
