"""Frozen dataclasses whose methods are written here once.

`dataclasses` writes and compiles six methods for each class, which was a tenth of
the time of a command. Here it only finds the fields; whatever reads fields (`fields`,
`replace`, `match`) works as ever, and what inherits from such a class is made so too.
Checkers of types see the decorator of the standard library itself.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool, slots: bool = False, eq: bool = True, kw_only: bool = False
    ) -> Callable[[type], type]:
        """Return what makes a class a dataclass that is `frozen`, as all here are."""
        assert frozen  # noqa: S101  # INVARIANT: for others there is `dataclasses`
        with_fields = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )

        def made(cls: type) -> type:
            return _completed(with_fields(cls), slots=slots, eq=eq)

        return made


def _completed(cls: Any, *, slots: bool, eq: bool) -> Any:  # noqa: ANN401  (a class)
    """Return a class of fields with all that a frozen dataclass has besides."""
    every = dataclasses.fields(cls)
    making = _in_slots if slots else _in_a_dict
    methods: dict[str, Callable[..., Any]] = {
        "__init__": making(cls, _Fields(cls)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    if slots:
        methods |= {"__getstate__": _state, "__setstate__": _restored}
    if "__repr__" not in vars(cls):
        methods["__repr__"] = _shown
    if eq:
        methods |= _by_value(tuple(one.name for one in every if one.compare))
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


class _Fields:
    """The fields of a class, and what they are where nothing is given."""

    def __init__(self, cls: Any) -> None:  # noqa: ANN401  (a class)
        every = dataclasses.fields(cls)
        self.cls = cls
        self.names = tuple(one.name for one in every)
        self.by_place: tuple[str, ...] = cls.__match_args__
        self.places = len(self.names) if self.by_place == self.names else -1
        """How many values, given by place, are all of them."""
        self._set = frozenset(self.names)
        self._defaults = {x.name: x.default for x in every if x.default is not MISSING}
        self._makers = {
            one.name: one.default_factory
            for one in every
            if one.default_factory is not MISSING
        }

    def named(self, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
        """Return all values by name; raises TypeError where they are not these."""
        if not given and named.keys() == self._set:
            return named
        placed = dict(zip(self.by_place, given, strict=False)) if given else {}
        found = {**self._defaults, **placed, **named}
        for name, make in self._makers.items():
            if name not in found:
                found[name] = make()
        twice = placed.keys() & named.keys() if placed else frozenset[str]()
        if twice or found.keys() != self._set or len(given) > len(self.by_place):
            wrong = sorted(twice | (found.keys() ^ self._set))
            told = ", ".join(wrong) or len(given)
            msg = f"{self.cls.__qualname__} is not made of these: {told}"
            raise TypeError(msg)
        return found


def _in_slots(cls: type, fields: _Fields) -> Callable[..., None]:
    names, places = fields.names, fields.places
    setters = tuple(getattr(cls, name).__set__ for name in names)

    def __init__(self: object, *given: Any, **named: Any) -> None:  # noqa: ANN401, N807
        if named or len(given) != places:
            values = fields.named(given, named)
            given = tuple([values[name] for name in names])
        for setter, value in zip(setters, given, strict=True):
            setter(self, value)

    return __init__


def _in_a_dict(cls: type, fields: _Fields) -> Callable[..., None]:  # noqa: ARG001
    names, places = fields.names, fields.places

    def __init__(self: object, *given: Any, **named: Any) -> None:  # noqa: ANN401, N807
        if named or len(given) != places:
            self.__dict__.update(fields.named(given, named))
        else:
            self.__dict__.update(zip(names, given, strict=True))

    return __init__


def _by_value(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """Return what compares objects of a class by some of their fields."""
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _refuse(self: object, name: str, value: object = None) -> None:  # noqa: ARG001
    raise FrozenInstanceError(name)


def _state(self: Any) -> dict[str, object]:  # noqa: ANN401
    return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _restored(self: object, state: dict[str, object]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


def _shown(self: Any) -> str:  # noqa: ANN401
    told = (
        f"{one.name}={getattr(self, one.name)!r}"
        for one in dataclasses.fields(self)
        if one.repr
    )
    return f"{type(self).__qualname__}({', '.join(told)})"
