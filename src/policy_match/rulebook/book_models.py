"""What belongs to a rulebook as a whole: its manifest, sources, relations, codes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from policy_match.rulebook.condition_models import Model, Tree
from policy_match.rulebook.fields import Citations, Date, Formula, Words, Written


def listed(value: Any) -> Any:  # noqa: ANN401  (what YAML holds)
    """Return a list of one where a rule file writes one thing without brackets."""
    return value if isinstance(value, list | tuple) else [value]


class RelationModel(Model):
    """Policies of which a firm gets one, or whose amounts have a limit together.

    Order settles ties, and says what is applied first.
    """

    at_most_one_of: tuple[str, ...] = Field(default=(), min_length=2)
    together: tuple[str, ...] = Field(default=(), min_length=2)
    at_most: Formula | None = None
    cite: Citations = ()
    why: Words | None = None


class RateModel(Model):
    """What a form of benefit is worth: so much a unit, or what is then not due."""

    value: Formula | None = Field(default=None, alias="is")
    off: str = ""
    """The figure that the form is taken off; a profile states it after that."""
    due: Formula | None = None
    """What is due of the figure `off`."""
    title: Words | None = None
    """What is due, by its name."""
    cite: Citations = ()
    says: Words | None = None


class StretchModel(Model):
    """Days on which a document grants or governs, both ends included."""

    start: Date | None = Field(default=None, alias="from")
    end: Date | None = Field(default=None, alias="to")
    prolonged_by: Citations = ()
    """What carries the document over these days; it grants nothing by itself."""


Stretches = Annotated[
    tuple[StretchModel, ...],
    BeforeValidator(
        listed, json_schema_input_type=StretchModel | tuple[StretchModel, ...]
    ),
    Field(min_length=1),
]


class SourceModel(Model):
    """A document of the law, declared once and cited by its id."""

    number: str
    title: Words | None = None
    issuer: Words | None = None
    issued: Date | None = None
    in_force: Stretches | None = None
    """For which days it grants or governs; left out: always."""
    articles: dict[str, Stretches] = Field(default_factory=dict)
    """The articles that stand on other days than the rest."""
    replaced_by: str | None = None
    superseded_by: str | None = None
    """What `replaced_by` was called first."""
    superseded_on: Date | None = None
    amended_by: Citations = ()
    status: Literal["verified", "known", ""] = ""
    """`known`: its days are known, and were not read."""
    review_by: Date | None = None


class PlausibilityModel(Model):
    """What a sound profile satisfies."""

    condition: Tree = Field(alias="if")
    says: Words


class CodeSystemModel(Model):
    """A classification by code."""

    title: Words
    divisions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Each section, and all its divisions."""
    levels: dict[str, Written] = Field(default_factory=dict)
    """The levels, and how wide a code is on each; or how it is drawn: `A99`."""
    codes: str | None = None
    """A file with all codes there are, beside the file that names it."""
    names: dict[str, Words] = Field(default_factory=dict)
    """What sections are called, where a report tells of them."""


class PlanPeriodModel(Model):
    """The plan itself: its document and its years."""

    source: str
    start: Date = Field(alias="from")
    end: Date = Field(alias="to")
    sections: dict[str, Words] = Field(default_factory=dict)
    """The headings of its sections, in its order, for whoever reads by them."""


class IdentityModel(Model):
    """The facts by which firms are told apart, and called."""

    key: str | None = None
    name: str | None = None


class ManifestModel(Model):
    """The rulebook as a whole."""

    id: str
    title: Words
    languages: tuple[str, ...] = Field(min_length=1)
    jurisdiction: Words | None = None
    currency: str
    locale: str = "en"
    timezone: str | None = None
    """Where a time with a zone becomes a day; the locale's own unless said."""
    identity: IdentityModel | None = None
    """Left out: the fact of format `uscc`, else the ones named `uscc` and `name`."""
    segments: tuple[str, ...] = ()
    """Facts by which reports on a register group firms."""
    disclaimer: Words
    plan: PlanPeriodModel | None = None
    left_out: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Facts, and the values with which a firm is no firm any more."""
    papers: dict[str, Words] = Field(default_factory=dict)
    """What facts stand on: a firm is asked for those of one paper together."""
    themes: dict[str, Words] = Field(default_factory=dict)
    """What facts are about, in the order in which a form tells of them."""
