"""A slip: one small change of a part of a rulebook, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.rulebook import condition_models as w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

Path = tuple[str | int, ...]


class Slip(NamedTuple):
    """A changed part of a model, before it stands in its whole."""

    kind: str
    told: str
    """What stands there, and what instead."""
    new: Any
    path: Path = ()
    at: int = 0
    days: tuple[date, ...] = ()
    """The days on which it shows before all others."""

    def within(self, name: str | int, whole: Callable[[Any], Any]) -> Slip:
        """Return the slip as one of what the part stands in."""
        return self._replace(new=whole(self.new), path=(name, *self.path))


def into(model: Any, field: str) -> Callable[[Any], Any]:  # noqa: ANN401  (a model)
    """Return what puts another value in a field of a model."""
    return lambda value: model.model_copy(update={field: value})


def at(parts: Sequence[Any], place: int) -> Callable[[Any], tuple[Any, ...]]:
    """Return what puts another part at a place of a list."""
    return lambda part: (*parts[:place], part, *parts[place + 1 :])


def told(tree: w.Tree) -> str:
    """Return a condition in one line."""
    match tree:
        case w.AllOf(all=parts):
            return f"all({', '.join(map(told, parts))})"
        case w.AnyOfThem(any=parts):
            return f"any({', '.join(map(told, parts))})"
        case w.NotThis(negated=part):
            return f"not({told(part)})"
        case w.If(condition=formula):
            return str(formula)
        case _:
            return str(tree)
