"""A firm's profile: YAML text to what is known of the firm.

Every scalar is typed by the fact it belongs to, in the rulebook's locale. All
faults are reported at once, and with any of them nothing is evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import Facts
from policy_match.errors import Fault, Place, ProfileError, did_you_mean
from policy_match.formats import LOCALES
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import Mapping, Node, Scalar, YamlFaults
from policy_match.typing_of_values import ValueFault, typed

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from datetime import date

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible

KEYS = ("on", "facts")


class Profile:
    """A profile that has been read as YAML, before any rulebook is known.

    `day` is the day it describes, where it says so. Raises ProfileError where
    the text is not YAML or not a profile.
    """

    def __init__(self, data: bytes, file: str, locale: str = "zh-CN") -> None:
        """Read the text and its day."""
        self.file = file
        self._locale = LOCALES.get(locale, LOCALES["en"])
        try:
            self.text = yaml_reader.decode(data, file)
            self.root = yaml_reader.read(self.text, file)
        except YamlFaults as error:
            raise ProfileError(error.faults) from None
        self._lines = self.text.splitlines()
        self.faults = [*self._unknown_keys()]
        self.day = self._day()
        if self.faults:
            raise ProfileError(self.faults)

    def fault(self, place: Place, code: str, message: str, hint: str = "") -> Fault:
        """Return a fault with its source line."""
        inside = place.line <= len(self._lines)
        line = self._lines[place.line - 1] if inside else ""
        return Fault(place, code, message, hint, line)

    def _unknown_keys(self) -> list[Fault]:
        found = []
        for key, place in self.root.keys.items():
            if key not in KEYS:
                hint = did_you_mean(key, KEYS, "facts stand below `facts:`")
                message = f"`{key}` is not known here"
                found.append(self.fault(place, "F506", message, hint))
        if "facts" not in self.root.values:
            hint = "write `facts:` and the facts below it"
            found.append(self.fault(self.root.place, "F506", "`facts` is missing", hint))
        return found

    def _day(self) -> date | None:
        node = self.root.values.get("on")
        if node is None or (isinstance(node, Scalar) and not node.text):
            return None
        day = self._locale.day(node.text) if isinstance(node, Scalar) else None
        if day is None:
            hint = "write it as 2022-12-31"
            self.faults.append(self.fault(node.place, "F502", "`on` is not a day", hint))
        return day

    def facts(self, specs: MappingOf[str, FactSpec], systems: MappingOf) -> Facts:
        """Return what is known of the firm, typed by a rulebook's facts.

        Raises ProfileError with every fault of the profile.
        """
        faults: list[Fault] = []
        given: dict[str, Possible] = {}
        node = self.root.values["facts"]
        if isinstance(node, Scalar) and not node.text:
            return Facts({}, self.day, self.file)
        if not isinstance(node, Mapping):
            hint = "write one fact a line: `employees: 86`"
            fault = self.fault(node.place, "F506", "expected facts here", hint)
            raise ProfileError([fault])
        names = _names(specs)
        for key, value in node.values.items():
            place = node.keys[key]
            name = names.get(key)
            if name is None:
                hint = did_you_mean(key, names, "see `policy-match profile`")
                faults.append(self.fault(place, "F501", f"unknown fact `{key}`", hint))
            elif name in given:
                message = f"`{key}` is `{name}`, which stands here already"
                faults.append(self.fault(place, "Y103", message, "keep one of them"))
            else:
                self._give(given, specs[name], value, systems, faults)
        if faults:
            raise ProfileError(faults)
        return Facts(given, self.day, self.file)

    def _give(
        self,
        given: dict[str, Possible],
        spec: FactSpec,
        node: Node,
        systems: MappingOf,
        faults: list[Fault],
    ) -> None:
        try:
            value = typed(spec, yaml_reader.plain_data(node), self._locale, systems)
        except ValueFault as error:
            found = self.fault(node.place, error.code, error.message, error.hint)
            faults.append(found)
            return
        if value is None:
            return
        given[spec.id] = value
        if spec.event and self.day is not None:
            low = getattr(value, "low", 0)
            if getattr(value, "some", False) and low > self.day.toordinal():
                message = f"`{spec.id}` lies after the profile's own day, {self.day}"
                hint = "correct the date, or `on`"
                faults.append(self.fault(node.place, "F505", message, hint))


def _names(specs: MappingOf[str, FactSpec]) -> dict[str, str]:
    """Return every name a fact goes by: its id, its titles, its aliases."""
    names: dict[str, str] = {}
    for spec in specs.values():
        for name in (*spec.aliases, *spec.title.by_language.values()):
            names.setdefault(name, spec.id)
    return names | {name: name for name in specs}


def read_profile(
    data: bytes | str,
    specs: MappingOf[str, FactSpec],
    systems: MappingOf,
    *,
    file: str = "profile.yaml",
    locale: str = "zh-CN",
) -> Facts:
    """Return what a profile says of a firm; raises ProfileError."""
    raw = data.encode() if isinstance(data, str) else data
    return Profile(raw, file, locale).facts(specs, systems)
