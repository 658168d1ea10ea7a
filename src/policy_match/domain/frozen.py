"""Frozen dataclasses whose methods are written here once.

`dataclasses` writes and compiles six methods for each class, which was a tenth of
the time of a command. Here it only finds the fields; whatever reads fields (`fields`,
`replace`, `match`) works as ever. Checkers of types see the decorator of the standard
library itself.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
    names = tuple(one.name for one in every)
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _init(cls, every, _putting(cls, names, slots=slots)),
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


def _putting(
    cls: type, names: tuple[str, ...], *, slots: bool
) -> Callable[[Any, Iterable[Any]], None]:
    """Return what gives an object its values, in the order of the fields."""
    if not slots:

        def hold(self: Any, values: Iterable[Any]) -> None:  # noqa: ANN401
            self.__dict__.update(zip(names, values, strict=True))

        return hold
    setters = tuple(getattr(cls, name).__set__ for name in names)

    def put(self: Any, values: Iterable[Any]) -> None:  # noqa: ANN401
        for setter, value in zip(setters, values, strict=True):
            setter(self, value)

    return put


def _init(
    cls: Any,  # noqa: ANN401  (a class)
    every: tuple[dataclasses.Field[Any], ...],
    put: Callable[[Any, Iterable[Any]], None],
) -> Callable[..., None]:
    names = tuple(one.name for one in every)
    by_place: tuple[str, ...] = cls.__match_args__
    all_by_place = len(names) if by_place == names else -1
    given_names = frozenset(names)
    defaults = {one.name: one.default for one in every if one.default is not MISSING}
    factories = {
        one.name: one.default_factory
        for one in every
        if one.default_factory is not MISSING
    }

    def __init__(self: object, *given: Any, **named: Any) -> None:  # noqa: ANN401, N807
        if named or len(given) != all_by_place:
            given = arranged(given, named)
        put(self, given)

    def arranged(given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        if given or named.keys() != given_names:
            placed = dict(zip(by_place, given, strict=False))
            wrong = placed.keys() & named.keys() | named.keys() - given_names
            named = {**defaults, **placed, **named}
            for name, make in factories.items():
                if name not in named:
                    named[name] = make()
            wrong |= given_names - named.keys()
            if wrong or len(given) > len(by_place):
                told = ", ".join(sorted(wrong)) or len(given)
                msg = f"{cls.__qualname__} is not made of these: {told}"
                raise TypeError(msg)
        return tuple([named[name] for name in names])

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
