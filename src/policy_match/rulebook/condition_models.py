"""How a rule file writes conditions: a text, or a tree of `all`, `any`, `not`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from policy_match.rulebook.fields import Citations, Formula, Words


class Model(BaseModel):
    """A part of a rule file: frozen, and without unknown keys."""

    # Only whole files are validated: parts need no validator of their own.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Noted(Model):
    """What an author may add to any condition."""

    cite: Citations = ()
    says: Words | None = None
    why: Words | None = None


class If(Noted):
    """A leaf with a citation, plain words or a reason."""

    condition: Formula = Field(alias="if")


class AllOf(Noted):
    """Every part must hold."""

    all: tuple[Tree, ...] = Field(min_length=1)


class AnyOfThem(Noted):
    """One part is enough."""

    any: tuple[Tree, ...] = Field(min_length=1)


class NotThis(Noted):
    """The part must not hold."""

    negated: Tree = Field(alias="not")


def _shape(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        for key in ("all", "any", "not"):
            if key in value:
                return f"<{key}>"
        return "<if>"
    for model, tag in ((AllOf, "<all>"), (AnyOfThem, "<any>"), (NotThis, "<not>")):
        if isinstance(value, model):
            return tag
    return "<if>" if isinstance(value, If) else "<text>"


Tree = Annotated[
    Annotated[Formula, Tag("<text>")]
    | Annotated[If, Tag("<if>")]
    | Annotated[AllOf, Tag("<all>")]
    | Annotated[AnyOfThem, Tag("<any>")]
    | Annotated[NotThis, Tag("<not>")],
    Discriminator(_shape),
]
"""A condition: a text, or a tree of `all`, `any`, `not` over texts."""
