"""What a rule file may hold: frozen models, nothing beyond what is named here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from policy_match.domain.facts import Change, FactType, Nature, Settler
from policy_match.domain.incentives import Form, Kind
from policy_match.rulebook.book_models import (
    CodeSystemModel,
    ManifestModel,
    PlausibilityModel,
    RateModel,
    RelationModel,
    SourceModel,
    listed,
)
from policy_match.rulebook.claim_models import (
    CalendarModel,
    ClaimModel,
    DeadlineModel,
    PaperModel,
    RecoveryModel,
    ReturnModel,
)
from policy_match.rulebook.condition_models import Model, Tree
from policy_match.rulebook.fields import (
    Citations,
    Cite,
    Date,
    Flag,
    Formula,
    Words,
    Written,
)


def _listed_or_text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list | tuple):
        return "<list>"
    return "<keys>" if isinstance(value, dict) else "<text>"


# ---- facts, parameters, definitions


class WindowModel(Model):
    """Days in force, both ends included."""

    start: Date | None = Field(default=None, alias="from")
    end: Date | None = Field(default=None, alias="to")
    because: str = ""
    basis: Literal["not_found", ""] = ""
    """`not_found`: no document that grants on these days was found."""
    reason: Words | None = None


class FactModel(Model):
    """A fact: what it is called, what it means, who settles it."""

    type: FactType
    title: Words
    asks: Words
    definition: Words | None = None
    unit: Words | None = None
    cite: Citations = ()
    range: Written | None = None
    may_be_none: Flag = False
    values: dict[str, Words] | None = None
    settled_by: Settler
    nature: Nature | None = None
    theme: str = ""
    paper: str = ""
    """The paper on which it stands."""
    seldom: Flag = False
    """Whether most firms answer no, none or 0."""
    changeable: Change = Change.NO
    lasting: tuple[str, ...] = ()
    """Members of an enum that a firm neither takes up nor gives up."""
    elected: Flag = False
    event: Flag = False
    format: str = ""
    system: str = ""
    aliases: tuple[str, ...] = ()


class PatternModel(Model):
    """A pattern of words, and what they mean."""

    match: str
    value: tuple[str, ...] = Field(alias="is", min_length=1)


class EditionModel(Model):
    """One edition of a classification; without `changed` the one in use."""

    called: tuple[str, ...] = ()
    """By what a heading tells that its codes are of this edition."""
    changed: str = ""
    """A line for each code that is not the same code with the same name today: the
    code, where it went (`-`: nowhere for certain), and what it was called."""
    added: str = ""
    """The codes of today that the edition does not have, by blanks."""


class DictionaryModel(Model):
    """What else the values of a fact are called, and its columns.

    Of an enum the members, of a bool `true` and `false`; `unclear` words, and
    patterns that are `unknown`, say nothing.
    """

    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    several: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words of which one of several members holds."""
    unclear: tuple[str, ...] = ()
    patterns: tuple[PatternModel, ...] = ()
    same: dict[str, str] = Field(default_factory=dict)
    """Spellings within a text, and what they are spelt as in words and patterns."""
    names: str = ""
    """Of a classification: a code and its name a line."""
    editions: dict[str, EditionModel] = Field(default_factory=dict)
    """Editions of the classification, by their year."""
    search: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Everyday words, and the codes that one would choose, the best first."""
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What people say, and what the names of the classification say for it."""


class HeadingsModel(Model):
    """What columns of a fact are called in other people's tables."""

    names: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    """Headings that look like those of the fact, and are something else."""
    weak: tuple[str, ...] = ()
    """Headings that may be the fact's; taken where no other column is, and where nine
    in ten cells can be read as it."""
    words: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    """By heading, what words of its cells mean below it alone: by member, or under
    `unknown`. They go before all others."""


class BandModel(Model):
    """A bracket: the rate up to a bound; the last one is open above."""

    upto: Written | None = None
    rate: Written


class ValueModel(Model):
    """A parameter's value from one day to another."""

    start: Date | None = Field(default=None, alias="from")
    end: Date | None = Field(default=None, alias="to")
    value: Annotated[
        Annotated[Written, Tag("<text>")]
        | Annotated[dict[str, Written], Tag("<keys>")]
        | Annotated[tuple[BandModel, ...], Field(min_length=1), Tag("<list>")],
        Discriminator(_listed_or_text),
    ] = Field(alias="is")
    cite: Citations = ()
    status: Literal["verified", "known", "local", ""] = ""
    review_by: Date | None = None
    set_by: Words | None = None


class ParameterModel(Model):
    """A number of the law, with its windows."""

    title: Words
    type: Literal["money", "ratio", "number", "int", "brackets"]
    by: Annotated[
        Annotated[tuple[str, ...], Tag("<list>")]
        | Annotated[dict[str, Words], Tag("<keys>")],
        Discriminator(_listed_or_text),
    ] = ()
    """Its keys, and perhaps what each is called."""
    unit: Words | None = None
    values: tuple[ValueModel, ...] = Field(min_length=1)


class CaseModel(Model):
    """One branch: by the facts (`if`), by the day (`in`), or unguarded."""

    guard: Formula | None = Field(default=None, alias="if")
    within: (
        Annotated[
            Annotated[Written, Tag("<text>")] | Annotated[WindowModel, Tag("<keys>")],
            Discriminator(_listed_or_text),
        ]
        | None
    ) = Field(default=None, alias="in")
    value: Formula = Field(alias="is")


AmountModel = Annotated[
    Annotated[Formula, Tag("<text>")]
    | Annotated[tuple[CaseModel, ...], Field(min_length=1), Tag("<list>")],
    Discriminator(_listed_or_text),
]
"""A formula, or first-match cases."""


class ThresholdsModel(Model):
    """A table of classes: every bound of a class must be reached."""

    by: str
    classes: tuple[str, ...] = Field(min_length=1)
    otherwise: str
    rows: dict[str, dict[str, tuple[Written, ...]]]


class DefinitionExampleModel(Model):
    """What a derived fact comes to for one firm, run by `lint`."""

    on: Date
    says: Words | None = None
    given: dict[str, Any]
    value: Any = Field(alias="is")


class DefinitionModel(Model):
    """A derived fact: by condition or formula, cases, code table or thresholds."""

    type: FactType
    title: Words
    definition: Words | None = None
    unit: Words | None = None
    cite: Citations = ()
    values: dict[str, Words] | None = None
    may_be_none: Flag = False
    aliases: tuple[str, ...] = ()
    range: Written | None = None
    nature: Nature | None = None
    theme: str = ""
    paper: str = ""
    """The paper on which it stands."""
    seldom: Flag = False
    """Whether most firms answer no, none or 0."""
    asks: Words | None = None
    settled_by: Settler = Settler.FIRM
    asked: Flag = False
    """Whether one figure may be asked for in place of the facts below it."""
    informs: str = ""
    """A policy that this figure explains without deciding it."""
    body: Tree | None = Field(default=None, alias="is")
    cases: tuple[CaseModel, ...] = ()
    match: str = ""
    rows: dict[str, tuple[str, ...]] | None = None
    thresholds: ThresholdsModel | None = None
    examples: tuple[DefinitionExampleModel, ...] = ()


# ---- policies


class BasisModel(Model):
    """Documents that grant a benefit, perhaps only to some of the firms."""

    guard: Tree | None = Field(default=None, alias="if")
    cite: Citations


def _granting(value: Any) -> Any:  # noqa: ANN401  (what YAML holds)
    return [
        part if isinstance(part, dict) and "cite" in part else {"cite": part}
        for part in listed(value)
    ]


Basis = Annotated[
    tuple[BasisModel, ...],
    BeforeValidator(
        _granting,
        json_schema_input_type=Cite | BasisModel | tuple[Cite | BasisModel, ...],
    ),
]
"""The operative document first; those not in force on a day are passed over."""


class PlanModel(Model):
    """Where the plan promises the measure: its section, and its own words."""

    section: str
    phrase: Annotated[
        tuple[str, ...],
        BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...]),
    ]


class DepartmentsModel(Model):
    """Who leads in the plan, and who grants."""

    lead: str
    granting: str


class TierModel(Model):
    """A named amount; the first tier that holds is the firm's."""

    tier: str
    title: Words | None = None
    guard: Tree | None = Field(default=None, alias="if")
    amount: AmountModel | None = None
    basis: Basis = ()
    """What grants this tier, on days on which that is not what grants the rest."""


class BenefitModel(Model):
    """What a firm gets: a form, and an amount or tiers where there is money."""

    form: Form
    amount: AmountModel | None = None
    set_by: Words | None = None
    tiers: tuple[TierModel, ...] = ()
    note: Words | None = None


class ThenModel(Model):
    """What an example expects."""

    outcome: Literal["eligible", "ineligible", "undetermined", "not-in-force"]
    tier: str | None = None
    amount: Written | None = None
    range: tuple[Written, ...] | None = Field(default=None, min_length=2, max_length=2)
    missing: tuple[str, ...] | None = None
    selected: Flag | None = None


class ExampleModel(Model):
    """A firm and what the law gives it, run by `lint`."""

    on: Date
    says: Words | None = None
    given: dict[str, Any]
    then: ThenModel


class PolicyModel(Model):
    """A published measure: when it holds, for whom, what it gives, its examples."""

    title: Words
    summary: Words
    plan: PlanModel | None = None
    kind: Kind
    reaches: Literal["directly", "indirectly"] = "directly"
    departments: DepartmentsModel
    in_force: Annotated[
        tuple[WindowModel, ...],
        BeforeValidator(
            listed, json_schema_input_type=WindowModel | tuple[WindowModel, ...]
        ),
        Field(min_length=1),
    ] = (WindowModel(),)
    """Left out: on every day."""
    when: Tree
    benefit: BenefitModel
    claim: ClaimModel | None = None
    basis: Basis = ()
    """What grants the benefit; left out: what `cite` names, else the plan."""
    cite: Citations = ()
    notes: Words | None = None
    examples: tuple[ExampleModel, ...] = ()


# ---- a file


class RuleFile(Model):
    """One YAML file of a rulebook."""

    rulebook: ManifestModel | None = None
    facts: dict[str, FactModel] = Field(default_factory=dict)
    parameters: dict[str, ParameterModel] = Field(default_factory=dict)
    definitions: dict[str, DefinitionModel] = Field(default_factory=dict)
    policies: dict[str, PolicyModel] = Field(default_factory=dict)
    relations: tuple[RelationModel, ...] = ()
    worth: dict[Form, RateModel] = Field(default_factory=dict)
    sources: dict[str, SourceModel] = Field(default_factory=dict)
    departments: dict[str, Words] = Field(default_factory=dict)
    dictionaries: dict[str, DictionaryModel] = Field(default_factory=dict)
    headings: dict[str, HeadingsModel] = Field(default_factory=dict)
    plausibility: tuple[PlausibilityModel, ...] = ()
    code_systems: dict[str, CodeSystemModel] = Field(default_factory=dict)
    calendars: dict[str, CalendarModel] = Field(default_factory=dict)
    deadlines: dict[str, DeadlineModel] = Field(default_factory=dict)
    returns: dict[str, ReturnModel] = Field(default_factory=dict)
    recoveries: dict[str, RecoveryModel] = Field(default_factory=dict)
    counters: dict[str, Words] = Field(default_factory=dict)
    papers: dict[str, PaperModel] = Field(default_factory=dict)
