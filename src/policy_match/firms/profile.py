"""A firm's profile: YAML text, or values, to what is known of the firm.

Every scalar is typed by the fact it belongs to, in the rulebook's locale. All
faults are reported at once, and with any of them nothing is evaluated.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_match.domain.facts import Facts
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.errors import Fault, Place, ProfileError, did_you_mean
from policy_match.firms import determinations
from policy_match.firms.values.faults import ValueFault
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.objects import as_data
from policy_match.firms.values.typed import given as typed
from policy_match.language.locales import day_of_any_locale
from policy_match.language.messages import Message, said
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import Mapping, Scalar, YamlFaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as MappingOf

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.facts import Determination, FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.errors import Hint
    from policy_match.rulebook.yaml_reader import Node

KEYS = ("on", "facts", determinations.KEY)
_NOTHING = Scalar("", Place(""))


class Profile:
    """A profile that has been read as YAML, before any rulebook is known.

    `day` is the day it describes, where it says so. Raises ProfileError where
    the text cannot be read at all; whatever else is wrong is told with the faults
    of the facts.
    """

    def __init__(self, data: bytes, file: str) -> None:
        """Read the text and its day."""
        faults: list[Fault] = []
        try:
            text = yaml_reader.decode(data, file)
            root = yaml_reader.read(text, file)
        except YamlFaults as error:
            if error.root is None:
                raise ProfileError(error.faults) from None
            root, faults = error.root, error.faults
        self._take(root, faults, file, text)

    @classmethod
    def of_json(cls, data: Mapping, faults: Iterable[Fault], file: str) -> Profile:
        """Return the profile that JSON holds, read by `json_reader`."""
        profile = cls.__new__(cls)
        profile._take(data, list(faults), file, "")  # noqa: SLF001  (its own)
        return profile

    def _take(self, root: Mapping, faults: list[Fault], file: str, text: str) -> None:
        self.root, self.faults, self.file, self.text = root, faults, file, text
        self._lines = yaml_reader.lines_of(text)
        self.faults += self._unknown_keys()
        self.day = self._day()

    def fault(
        self, place: Place, code: str, message: Message, hint: Hint = ""
    ) -> Fault:
        """Return a fault with its source line."""
        inside = place.line <= len(self._lines)
        line = self._lines[place.line - 1] if inside else ""
        return Fault(place, code, message, hint, line)

    def _unknown_keys(self) -> list[Fault]:
        found = []
        for key, place in self.root.keys.items():
            if key not in KEYS:
                hint = did_you_mean(key, KEYS, said("facts-below"))
                message = said("unknown-key", key=key)
                found.append(self.fault(place, "F506", message, hint))
        if "facts" not in self.root.values:
            message, hint = said("facts-missing"), said("write-facts")
            found.append(self.fault(self.root.place, "F506", message, hint))
        return found

    def _day(self) -> date | None:
        node = self.root.values.get("on")
        if node is None or (isinstance(node, Scalar) and not node.text):
            return None
        day = day_of_any_locale(node.text) if isinstance(node, Scalar) else None
        if day is None:
            message, hint = said("on-not-a-day"), said("write-a-day")
            self.faults.append(self.fault(node.place, "F502", message, hint))
        return day

    def facts(
        self,
        specs: MappingOf[str, FactSpec],
        systems: MappingOf[str, CodeSystem],
        locale: str,
        *,
        on: date | None = None,
    ) -> Facts:
        """Return what is known of the firm, typed by a rulebook's facts and locale.

        Determinations count on the day `on`, by default the profile's own. Raises
        ProfileError with every fault of the profile.
        """
        reading = _Reading(specs, systems, locale, self.day, self.fault)
        reading.faults += self.faults
        node = self.root.values.get("facts", _NOTHING)
        if isinstance(node, Mapping):
            for key, value in node.values.items():
                data = yaml_reader.plain_data(value)
                reading.entry(key, data, (node.keys[key], value.place))
        elif not isinstance(node, Scalar) or node.text:
            message, hint = said("facts-expected"), said("one-a-line")
            reading.fault(node.place, "F506", message, hint)
        made = self.root.values.get(determinations.KEY)
        reading.determined(made, on or self.day)
        return reading.facts(self.file)


def facts_of(
    given: MappingOf[str, object],
    specs: MappingOf[str, FactSpec],
    systems: MappingOf[str, CodeSystem],
    locale: str,
    *,
    day: date | None = None,
) -> Facts:
    """Return what is known of a firm, from values that a program holds.

    Numbers, days and bools are what they are, a string is what a profile would
    say (`"20..50"`, `"none"`), None is unknown, and what is already a set of
    possible values stays. Raises ProfileError with every fault; its places
    count the entries as lines.
    """
    entries = {_shown(key): value for key, value in given.items()}
    lines = [f"{key}: {_shown(value)}" for key, value in entries.items()]

    def fault(place: Place, code: str, message: Message, hint: Hint) -> Fault:
        return Fault(place, code, message, hint, lines[place.line - 1])

    reading = _Reading(specs, systems, locale, day, fault)
    for number, (key, value) in enumerate(entries.items(), 1):
        place = Place(_NO_FILE, number)
        reading.entry(key, value, (place, place.right(len(key) + 2)))
    return reading.facts(_NO_FILE)


_NO_FILE = "<facts>"


def _shown(value: object) -> str:
    """Return a value as the line of a fault shows it, without trusting it."""
    known = value is None or isinstance(value, str | bool | float | date)
    small = isinstance(value, int) and value.bit_length() < _SHOWN
    return str(value)[:_SHOWN] if known or small else f"<{type(value).__name__}>"


_SHOWN = 200


_GUESSES = 20
"""Unknown facts for which the nearest known name is looked up."""


class _Reading:
    """What has been read of a firm so far, and what is wrong with it."""

    def __init__(
        self,
        specs: MappingOf[str, FactSpec],
        systems: MappingOf[str, CodeSystem],
        locale: str,
        day: date | None,
        fault: Callable[[Place, str, Message, Hint], Fault],
    ) -> None:
        self.specs, self.day = specs, day
        self.names = names_of(specs)
        self._grammar = Grammar.of(locale, systems)
        self.given: dict[str, Possible] = {}
        self._said_unknown: list[str] = []
        self._determined: list[Determination] = []
        self.seen: set[str] = set()
        self._unknown = 0
        self.faults: list[Fault] = []
        self._fault = fault

    def facts(self, origin: str) -> Facts:
        """Return what has been read; raises ProfileError with every fault."""
        if self.faults:
            raise ProfileError(self.faults)
        made, unknown = tuple(self._determined), frozenset(self._said_unknown)
        return Facts(self.given, self.day, origin, made, unknown)

    def entry(self, key: str, data: object, places: tuple[Place, Place]) -> None:
        """Take one entry; `places` are those of its key and of its value."""
        name = self.names.get(key)
        if name is None:
            guess: Hint = said("see-profile")
            self._unknown += 1
            if self._unknown <= _GUESSES:  # each costs a look at every name
                guess = did_you_mean(key, self.names, guess)
            self.fault(places[0], "F501", said("unknown-fact", key=key), guess)
        elif name in self.seen:
            title = self.specs[name].title
            message = said("same-fact", key=key, fact=name, title=title)
            self.fault(places[0], "Y103", message, said("keep-one"))
        else:
            self.give(self.specs[name], data, places[1])

    def determined(self, node: Node | None, day: date | None) -> None:
        """Take what officers have determined; what counts on the day is known."""
        names, grammar = self.names, self._grammar
        for one, place in determinations.determined(
            node, self.specs, names, grammar, self.fault
        ):
            self._determined.append(one)
            if day is not None and not one.counts_on(day):
                continue
            if (
                one.fact in self._said_unknown
            ):  # an officer knows what the firm does not
                self._said_unknown.remove(one.fact)
            elif one.fact in self.seen:
                title = self.specs[one.fact].title
                message = said("same-fact", key=one.fact, fact=one.fact, title=title)
                self.fault(place, "Y103", message, said("keep-one"))
                continue
            self.seen.add(one.fact)
            self.given[one.fact] = one.value

    def fault(self, place: Place, code: str, message: Message, hint: Hint) -> None:
        self.faults.append(self._fault(place, code, message, hint))

    def give(self, spec: FactSpec, data: object, place: Place) -> None:
        """Type what a fact is given; an event may not lie after the profile's day."""
        self.seen.add(spec.id)
        try:
            value = self._value(spec, data)
        except ValueFault as error:
            self.fault(place, error.code, error.message, error.hint)
            return
        if value is None:
            if not isinstance(data, str) or data.strip():
                self._said_unknown.append(spec.id)
            return
        self.given[spec.id] = value
        if not (spec.event and self.day and isinstance(value, Interval) and value.some):
            return
        if value.low > self.day.toordinal():
            message = said(
                "after-the-day", fact=spec.id, title=spec.title, day=self.day
            )
            self.fault(place, "F505", message, said("correct-date-or-on"))

    def _value(self, spec: FactSpec, data: object) -> Possible | None:
        data = as_data(data)
        if isinstance(data, Interval | Choice | Listing):
            return data
        return typed(spec, data, self._grammar)


def names_of(specs: MappingOf[str, FactSpec]) -> dict[str, str]:
    """Return every name a fact goes by: its id, its titles, its aliases."""
    names: dict[str, str] = {}
    for spec in specs.values():
        for name in (*spec.aliases, *spec.title.by_language.values()):
            names.setdefault(name, spec.id)
    return names | {name: name for name in specs}


def read_profile(
    data: bytes | str,
    specs: MappingOf[str, FactSpec],
    systems: MappingOf[str, CodeSystem],
    *,
    file: str = "profile.yaml",
    locale: str = "zh-CN",
) -> Facts:
    """Return what a profile says of a firm; raises ProfileError."""
    raw = data.encode() if isinstance(data, str) else data
    return Profile(raw, file).facts(specs, systems, locale)
