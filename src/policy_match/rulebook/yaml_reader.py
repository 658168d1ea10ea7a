"""YAML as its author meant it: every scalar is text, every node has a place.

Nothing is guessed from the look of a scalar (`no`, `是`, `0123`, `1_000` stay
what was written), and nothing is expanded: anchors, aliases, merge keys and
tags are refused, as are duplicate keys, deep nesting and huge files.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from policy_match.errors import Fault, Place
from policy_match.language.messages import Message, said
from policy_match.rulebook import yaml_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Hint

MAX_BYTES = 4 << 20
MAX_SCALAR = 1 << 16
MAX_DEPTH = 32
_SHOWN_CONTROLS = 20

LOADERS: tuple[Any, ...] = tuple(
    getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)
)
"""What parses YAML, the fastest that is installed first; they agree on every text."""


class Scalar(NamedTuple):
    """A text, and how it was written: `'`, `"`, `|`, `>`, or plainly."""

    text: str
    place: Place
    style: str = ""


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """Keys with their places, and values."""

    keys: dict[str, Place]
    values: dict[str, Node]
    place: Place


Node = Scalar | Sequence | Mapping


class YamlFaults(Exception):  # noqa: N818  (a bundle of faults, never shown itself)
    """What is wrong with one YAML text, and what could be read all the same."""

    def __init__(self, faults: list[Fault], root: Mapping | None = None) -> None:
        """Keep the faults."""
        super().__init__()
        self.faults, self.root = faults, root


def decode(data: bytes, file: str) -> str:
    """Return the text of a file: UTF-8, with or without a byte order mark.

    Raises YamlFaults naming the line of the first byte that is not UTF-8.
    """
    start = Place(file)
    if len(data) > MAX_BYTES:
        message = said("larger-than", size=MAX_BYTES >> 20)
        raise YamlFaults([Fault(start, "Y106", message, said("split-the-file"))])
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        fault = Fault(start, "Y101", said("utf-16"), said("save-as-utf-8"))
        raise YamlFaults([fault])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a byte order mark, positions are counted after it.
        data = data.removeprefix(codecs.BOM_UTF8)
        before = data[: error.start].decode()
        message = said("not-utf-8", byte=f"{data[error.start]:02x}")
        hint = said("looks-like-gbk" if _is_gb18030(data) else "save-as-utf-8")
        fault = Fault(_end_of(before, file), "Y101", message, hint)
        raise YamlFaults([fault]) from None


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@lru_cache(maxsize=256)
def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text as YAML breaks them."""
    return tuple(_BREAK.split(text))


def _end_of(text: str, file: str) -> Place:
    lines = lines_of(text)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _is_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def read(text: str, file: str, loader: Any = LOADERS[0]) -> Mapping:  # noqa: ANN401
    """Return the mapping that a YAML text holds.

    Raises YamlFaults with every fault found before reading had to stop.
    """
    reader = _Reader(text, file, loader)
    root = reader.document()
    if reader.faults:
        raise YamlFaults(reader.faults, root if isinstance(root, Mapping) else None)
    if not isinstance(root, Mapping):
        place = root.place if root else Place(file)
        line = reader.line(place)
        if root is None or (isinstance(root, Scalar) and not root.text):
            raise YamlFaults([Fault(place, "Y108", said("empty-file"), "", line)])
        hint = said("write-key-value")
        raise YamlFaults([Fault(place, "Y109", said("keys-expected"), hint, line)])
    return root


UNPRINTABLE = re.compile(f"{yaml.reader.Reader.NON_PRINTABLE.pattern}|\ufeff")
"""A byte order mark within a text is seen by nobody, and by one parser only."""
_TABBED = re.compile(r"^[ ]*(\t)[ \t]*[^ \t\r\n]", re.MULTILINE)
_BLOCKS = ("|", ">")
_ASKED = re.compile(r"(?:(?<=[^\s,\[\]{}:?-])( *)|(?<=\S\?)())\?")
_ASKED_BELOW = re.compile(
    r"^([^#\r\n]*[^\s#,\[\]{}:?-] *+[\r\n\x85\u2028\u2029]\s*+)\?(?=\S)", re.MULTILINE
)
_PRIVATE = tuple(map(chr, range(0xE000, 0xF8FF)))
"""What stands for the `?` that ends a question: PyYAML takes it for a key's sign."""
_HEADER = re.compile(r"[|>][-+0-9]*#")


class _Reader:
    def __init__(self, text: str, file: str, loader: Any) -> None:  # noqa: ANN401
        self.file, self._loader = file, loader
        self._question = "?"
        self.lines = lines_of(text)
        self.faults: list[Fault] = []
        self._events = self._parse(text)
        self._depth = 0

    def line(self, place: Place) -> str:
        inside = 0 < place.line <= len(self.lines)
        return self.lines[place.line - 1] if inside else ""

    def fault(self, place: Place, code: str, message: Message, hint: Hint = "") -> None:
        self.faults.append(Fault(place, code, message, hint, self.line(place)))

    def _parse(self, text: str) -> Iterator[Any]:
        controls = list(UNPRINTABLE.finditer(text))
        for found in controls[:_SHOWN_CONTROLS]:
            place = _end_of(text[: found.start()], self.file)
            message = said("control-character", code=f"U+{ord(found.group()):04X}")
            self.fault(place, "Y102", message, said("remove-it"))
        if controls or self._indented_by_tab(text):
            return
        # Elsewhere a tab is a blank; of the two parsers only one takes it for one.
        text = text.replace("\t", " ")
        if self._loader is yaml.SafeLoader:
            self._question = next(c for c in _PRIVATE if c not in text)
            for asked in (_ASKED_BELOW, _ASKED):
                text = asked.sub(rf"\1{self._question}", text)
        loader = self._loader(text)
        try:
            while (event := loader.get_event()) is not None:
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            place = Place(self.file, *at)
            line = self.line(place)
            message, hint = yaml_problems.explained(error, line, place.column)
            self.fault(place, "Y102", message, hint)
        finally:
            loader.dispose()

    def _indented_by_tab(self, text: str) -> bool:
        found = _TABBED.search(text)
        if found is not None:
            place = _end_of(text[: found.start(1)], self.file)
            message, hint = said("tab-indents"), said("indent-with-spaces")
            self.fault(place, "Y102", message, hint)
        return found is not None

    def _as_both_parsers(self, event: Any, place: Place) -> None:  # noqa: ANN401
        """Refuse what only one of the two YAML parsers takes."""
        line, end = self.line(place), event.end_mark
        if event.style in _BLOCKS:
            strange = _HEADER.match(line, place.column - 1) is not None
        else:
            after = self.line(Place(self.file, end.line + 1))
            joined = re.match(r":[,\[\]{}]", after[end.column :]) is not None
            strange = joined and end.column > 0
        if strange:
            place = Place(self.file, end.line + 1, end.column + 1)
            self.fault(place, "Y102", said("not-yaml"), said("check-the-form"))

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message, hint = said("second-document"), said("one-document")
                    self.fault(self._place(event), "Y107", message, hint)
                    return root
            elif isinstance(event, yaml.NodeEvent):
                try:
                    root = self._node(event)
                except _TooDeepError as error:
                    message = said("too-deep", depth=MAX_DEPTH)
                    self.fault(error.place, "Y105", message, said("write-it-flat"))
                    return root
                except StopIteration:
                    return root
        return root

    def _place(self, event: Any) -> Place:  # noqa: ANN401  (PyYAML is not precise)
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _node(self, event: Any) -> Node:  # noqa: ANN401
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        scalar = isinstance(event, yaml.ScalarEvent)
        if scalar and not (event.anchor or event.tag):  # nearly every node
            return self._scalar(event, place)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.fault(place, "Y104", said("anchors"), said("write-it-out"))
            if isinstance(event, yaml.AliasEvent):
                return Scalar("", place, "*")
        if event.tag and event.tag != "tag:yaml.org,2002:str":
            self.fault(place, "Y104", said("tags"), said("without-tag"))
        if scalar:
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
            message = said("too-long", size=MAX_SCALAR)
            self.fault(place, "Y106", message, said("shorten-it"))
            return Scalar("", place, "'")
        if event.style in _BLOCKS or (not event.style and self._loader is LOADERS[-1]):
            self._as_both_parsers(event, place)
        value = event.value.replace(self._question, "?")
        return Scalar(value, place, event.style or "")

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
                hint = said("write-key-value")
                self.fault(key.place, "Y109", said("key-not-text"), hint)
            elif key.text == "<<":
                self.fault(key.place, "Y104", said("merge-keys"), said("write-it-out"))
            elif key.text in keys:
                message = said("twice", key=key.text)
                hint = said("already-at", line=keys[key.text].line)
                self.fault(key.place, "Y103", message, hint)
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
        case Scalar(text=text, style=style):
            return text if text or style else None
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
        elif isinstance(found, Sequence) and part in range(len(found.items)):
            found = found.items[int(part)]
    return found
