"""YAML as its author meant it: every scalar is text, every node has a place.

Nothing is guessed from the look of a scalar (`no`, `是`, `0123`, `1_000` stay
what was written), and nothing is expanded: anchors, aliases, merge keys and
tags are refused, as are duplicate keys, deep nesting and huge files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from policy_match.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 4 << 20
MAX_SCALAR = 1 << 16
MAX_DEPTH = 32

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, and whether it was written without quotes on one line."""

    text: str
    place: Place
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their places, and values."""

    keys: dict[str, Place]
    values: dict[str, Node]
    place: Place


Node = Scalar | Sequence | Mapping


class YamlFaults(Exception):  # noqa: N818  (a bundle of faults, never shown itself)
    """What is wrong with one YAML text."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults."""
        super().__init__()
        self.faults = faults


def decode(data: bytes, file: str) -> str:
    """Return the text of a file: UTF-8, with or without a byte order mark.

    Raises YamlFaults naming the line of the first byte that is not UTF-8.
    """
    start = Place(file)
    if len(data) > MAX_BYTES:
        size = f"larger than {MAX_BYTES >> 20} MiB"
        raise YamlFaults([Fault(start, "Y106", size, "split the file")])
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        hint = "save the file as UTF-8"
        raise YamlFaults([Fault(start, "Y101", "the file is UTF-16", hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1]) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8"
        if _is_gb18030(data):
            hint = "the file looks like GBK; save it as UTF-8"
        fault = Fault(Place(file, line, column), "Y101", message, hint)
        raise YamlFaults([fault]) from None


def _is_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def read(text: str, file: str) -> Mapping:
    """Return the mapping that a YAML text holds.

    Raises YamlFaults with every fault found before reading had to stop.
    """
    reader = _Reader(text, file)
    root = reader.document()
    if reader.faults:
        raise YamlFaults(reader.faults)
    if not isinstance(root, Mapping):
        place = root.place if root else Place(file)
        code, message = ("Y109", "expected keys and values here")
        if root is None or (isinstance(root, Scalar) and not root.text):
            code, message = "Y108", "the file is empty"
        raise YamlFaults([Fault(place, code, message, line=reader.line(place))])
    return root


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.faults: list[Fault] = []
        self._events = self._parse(text)
        self._depth = 0

    def line(self, place: Place) -> str:
        inside = 0 < place.line <= len(self.lines)
        return self.lines[place.line - 1] if inside else ""

    def fault(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(place, code, message, hint, self.line(place)))

    def _parse(self, text: str) -> Iterator[Any]:
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1)
            hint = "check indentation, and quote text that holds `: ` or `[`"
            self.fault(place, "Y102", f"not YAML: {error.problem}", hint)
        except yaml.reader.ReaderError as error:
            before = text[: error.position]
            column = len(before.rsplit("\n", 1)[-1]) + 1
            place = Place(self.file, before.count("\n") + 1, column)
            message = f"control character U+{ord(str(error.character)[0]):04X}" if isinstance(error.character, str) else "control character"
            self.fault(place, "Y102", message, "remove it")

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(self._place(event), "Y107", "a second document", "remove `---`, one file holds one document")
                    return root
            elif isinstance(event, yaml.NodeEvent):
                try:
                    root = self._node(event)
                except _TooDeepError as error:
                    self.fault(error.place, "Y105", f"nested deeper than {MAX_DEPTH} levels")
                    return root
                except StopIteration:
                    return root
        return root

    def _place(self, event: Any) -> Place:  # noqa: ANN401  (PyYAML is not precise)
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _node(self, event: Any) -> Node:  # noqa: ANN401
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.fault(place, "Y104", "anchors and aliases are not used here", "write the value out")
            if isinstance(event, yaml.AliasEvent):
                return Scalar("", place, plain=False)
        if event.tag and not event.tag.startswith("tag:yaml.org,2002:str"):
            self.fault(place, "Y104", "tags are not used here", "write the value without `!`")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError(place)
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = self._sequence(place) if sequence else self._mapping(place)
        self._depth -= 1
        return node

    def _scalar(self, event: Any, place: Place) -> Scalar:  # noqa: ANN401
        if len(event.value) > MAX_SCALAR:
            self.fault(place, "Y106", f"a text longer than {MAX_SCALAR} characters")
            return Scalar("", place, plain=False)
        one_line = event.start_mark.line == event.end_mark.line
        return Scalar(event.value, place, not event.style and one_line)

    def _sequence(self, place: Place) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Sequence(tuple(items), place)

    def _mapping(self, place: Place) -> Mapping:
        keys: dict[str, Place] = {}
        values: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event)
            value = self._node(next(self._events))
            if not isinstance(key, Scalar):
                self.fault(key.place, "Y109", "a key must be a text")
            elif key.text == "<<":
                self.fault(key.place, "Y104", "merge keys are not used here", "write the values out")
            elif key.text in keys:
                first = keys[key.text]
                self.fault(key.place, "Y103", f"`{key.text}` stands twice", f"it stands at line {first.line} already")
            else:
                keys[key.text], values[key.text] = key.place, value
        return Mapping(keys, values, place)


class _TooDeepError(Exception):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


def plain_data(node: Node) -> Any:  # noqa: ANN401  (what a model validates)
    """Return dicts, lists and texts; an empty plain scalar is None."""
    match node:
        case Scalar(text=text, plain=plain):
            return None if plain and not text else text
        case Sequence(items=items):
            return [plain_data(item) for item in items]
        case Mapping(values=values):
            return {key: plain_data(value) for key, value in values.items()}


def find(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the node at `path`.

    Parts of the path that are not in the text are passed over, so that the
    result is the nearest thing that is there.
    """
    found: Node = node
    for part in path:
        if isinstance(found, Mapping) and part in found.values:
            found = found.values[str(part)]
        elif isinstance(found, Sequence) and isinstance(part, int):
            if part < len(found.items):
                found = found.items[part]
    return found
