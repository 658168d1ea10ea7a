"""Thrift structs in the compact protocol, as footers of Parquet files are.

Read into fields by number and written back byte for byte, whatever they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FALSE, _DOUBLE, _BINARY, _LIST, _STRUCT = 2, 7, 8, 9, 12
_INTEGERS = frozenset((4, 5, 6))
_LONG = 15
"""The size, or the step between fields, from which on it is written by itself."""
_MORE = 0x80
"""The bit of a byte after which a number goes on."""


class Value(NamedTuple):
    """A value, its type, and that of the items of a list."""

    kind: int
    of: int | bytes | list[Value] | dict[int, Value]
    inner: int = 0

    @property
    def number(self) -> int:
        """The value of a whole number."""
        assert isinstance(self.of, int)  # noqa: S101  # INVARIANT: callers know
        return self.of

    @property
    def items(self) -> list[Value]:
        """The values of a list."""
        assert isinstance(self.of, list)  # noqa: S101  # INVARIANT: callers know
        return self.of

    @property
    def fields(self) -> dict[int, Value]:
        """The values of a struct, by the numbers of its fields."""
        assert isinstance(self.of, dict)  # noqa: S101  # INVARIANT: callers know
        return self.of

    def having(self, fields: dict[int, Value]) -> Value:
        """Return a struct in which some fields are other ones."""
        return self._replace(of={**self.fields, **fields})


def read(text: bytes) -> Value:
    """Return the struct that `text` is."""
    return _Reading(text).struct()


class _Reading:
    """Reads values from bytes, one after another."""

    def __init__(self, text: bytes) -> None:
        self._text, self._at = text, 0

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._text[self._at - size : self._at]

    def _unsigned(self) -> int:
        number = shift = 0
        while True:
            (byte,) = self._take(1)
            number |= byte % _MORE << shift
            if byte < _MORE:
                return number
            shift += 7

    def _signed(self) -> int:
        number = self._unsigned()
        return number >> 1 ^ -(number & 1)

    def struct(self) -> Value:
        fields: dict[int, Value] = {}
        place = 0
        while (head := self._take(1)[0]) != 0:
            step, kind = divmod(head, 16)
            place = place + step if step else self._signed()
            # A bool in a struct is its type, and nothing more.
            fields[place] = Value(kind, b"") if kind <= _FALSE else self._value(kind)
        return Value(_STRUCT, fields)

    def _value(self, kind: int) -> Value:
        if kind in _INTEGERS:
            return Value(kind, self._signed())
        if kind == _STRUCT:
            return self.struct()
        if kind == _LIST:
            size, inner = divmod(self._take(1)[0], 16)
            size = self._unsigned() if size == _LONG else size
            return Value(kind, [self._value(inner) for _ in range(size)], inner)
        size = self._unsigned() if kind == _BINARY else 8 if kind == _DOUBLE else 1
        return Value(kind, self._take(size))


def written(value: Value) -> bytes:
    """Return the bytes that a struct is read from."""
    return b"".join(_bytes(value))


def _bytes(value: Value) -> Iterator[bytes]:
    if isinstance(value.of, dict):
        before = 0
        for place, field in value.of.items():
            step = place - before
            if 0 < step <= _LONG:
                yield bytes((step << 4 | field.kind,))
            else:
                yield bytes((field.kind,)) + _unsigned(_zigzag(place))
            yield from _bytes(field)
            before = place
        yield b"\0"
    elif isinstance(value.of, list):
        size = len(value.of)
        yield bytes((min(size, _LONG) << 4 | value.inner,))
        yield _unsigned(size) if size >= _LONG else b""
        for item in value.of:
            yield from _bytes(item)
    elif isinstance(value.of, int):
        yield _unsigned(_zigzag(value.of))
    else:
        yield _unsigned(len(value.of)) if value.kind == _BINARY else b""
        yield value.of


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else ~(number << 1)


def _unsigned(number: int) -> bytes:
    found = bytearray()
    while number >= _MORE:
        found.append(number % _MORE | _MORE)
        number >>= 7
    found.append(number)
    return bytes(found)
