"""A rulebook as of one day: resolved, immutable, ready for every backend."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.domain.calendar import WEEKENDS, Calendar
from policy_match.domain.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from policy_match.domain.claims import Claim
    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.documents import Source
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.incentives import Form, Kind
    from policy_match.domain.possible import Possible
    from policy_match.domain.texts import Citation, Text, Window
    from policy_match.ir.terms import Condition, Const, Expression


@dataclass(frozen=True, slots=True)
class Tier:
    """A named amount; the first tier whose guard holds is the firm's."""

    name: str
    title: Text
    guard: Condition | None
    amount: Expression | None


@dataclass(frozen=True, slots=True)
class About:
    """What people read of a policy; nothing here takes part in evaluation."""

    title: Text
    summary: Text
    kind: Kind
    section: str
    phrases: tuple[str, ...]
    lead: str
    granting: str
    claim: Claim
    cite: tuple[Citation, ...]
    notes: Text | None
    benefit_note: Text | None
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that grants a benefit: a tier of it, to the firms of a guard."""

    cite: Citation
    guard: Condition | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One measure in force on the program's day.

    `tiers` has one nameless tier where the benefit has a plain amount, and
    none where there is no money. `set_by` names who fixes what no document
    does. `basis` holds what grants it on the day, the operative document
    first; `no_basis` says why nothing does.
    """

    id: str
    about: About
    window: Window
    when: Condition
    form: Form
    tiers: tuple[Tier, ...]
    set_by: Text | None
    indirect: bool
    basis: tuple[Basis, ...] = ()
    no_basis: Text | None = None

    @property
    def tiered(self) -> bool:
        """Whether the benefit has named tiers."""
        return bool(self.tiers and self.tiers[0].name)

    def granted_by(self, tiers: Collection[str]) -> tuple[Basis, ...]:
        """Return what grants some of the tiers.

        Where a tier names nothing of its own that is in force, what grants the
        policy as a whole stands behind it; without tiers, that alone.
        """
        own = tuple(part for part in self.basis if part.tier in {*tiers} - {""})
        if own and {part.tier for part in own} >= {*tiers}:
            return own
        return (*own, *(part for part in self.basis if not part.tier)) or self.basis


@dataclass(frozen=True, slots=True)
class Definition:
    """A derived fact: its formula, or its condition where it is a bool."""

    fact: str
    body: Expression | None
    condition: Condition | None
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Policies of which a firm gets one, in the order that settles ties."""

    policies: tuple[str, ...]
    cite: tuple[Citation, ...]
    why: Text | None


@dataclass(frozen=True, slots=True)
class Cap:
    """Policies whose amounts have a limit together, in the order of application.

    What is over the limit is cut from the later ones.
    """

    policies: tuple[str, ...]
    limit: Expression
    cite: tuple[Citation, ...]
    why: Text | None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a form of benefit is worth, so that forms can be compared."""

    value: Expression
    cite: tuple[Citation, ...]
    says: Text | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of a figure that a form of benefit is taken off.

    An amount of the form is worth what would be due without it, less what is due.
    The more the figure is, the more is due, or as much.
    """

    off: str
    value: Expression
    title: Text
    cite: tuple[Citation, ...]
    says: Text | None


@dataclass(frozen=True, slots=True)
class Identity:
    """The facts by which firms are told apart, and called; empty where none is."""

    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """Policies in force that exclude or limit each other, directly or by others.

    In the order declared, which settles ties.
    """

    policies: tuple[str, ...]
    groups: tuple[Group, ...]
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class OutOfForce:
    """A policy that is not in force on the day, with its windows."""

    id: str
    about: About
    indirect: bool


@dataclass(frozen=True, slots=True)
class Plausibility:
    """What a sound profile satisfies; a warning where it surely does not."""

    condition: Condition
    says: Text


@dataclass(frozen=True, eq=False)
class Program:
    """The law as of `day`; a program is itself and no other.

    `definitions` stand in an order in which each needs only earlier ones.
    """

    rulebook: str
    digest: str
    day: date
    languages: tuple[str, ...]
    locale: str
    currency: str
    title: Text
    disclaimer: Text
    facts: Mapping[str, FactSpec]
    definitions: Mapping[str, Definition]
    policies: tuple[Policy, ...]
    groups: tuple[Group, ...]
    out_of_force: tuple[OutOfForce, ...]
    plausibility: tuple[Plausibility, ...]
    sources: Mapping[str, Source]
    departments: Mapping[str, Text]
    systems: Mapping[str, CodeSystem] = field(default_factory=dict)
    figures: Mapping[str, Const] = field(default_factory=dict)
    """Every parameter with a value on the day: what texts show for `{$name}`."""
    caps: tuple[Cap, ...] = ()
    worth: Mapping[str, Rate | Due] = field(default_factory=dict)
    """By form of benefit; a form without one has no common value."""
    local: tuple[str, ...] = ()
    """The parameters that a parameters file, not the rulebook, sets."""
    identity: Identity = Identity()
    segments: tuple[str, ...] = ()
    """The facts by which reports on a register group firms."""
    timezone: str = "UTC"
    """Where a time with a zone becomes a day (an IANA name)."""
    themes: Mapping[str, Text] = field(default_factory=dict)
    """What facts are about, in the order in which a form tells of them."""
    papers: Mapping[str, Text] = field(default_factory=dict)
    """What facts stand on."""
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facts, and the values with which a firm is no firm any more."""
    calendar: Calendar = WEEKENDS
    """Days off and published last days, of all years that are known."""

    @cached_property
    def by_id(self) -> Mapping[str, Policy]:
        """Policies in force, by id."""
        return {policy.id: policy for policy in self.policies}

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Policies in force that relations tie together, each set by itself."""
        related = [group.policies for group in self.groups]
        related += [cap.policies for cap in self.caps]
        found: list[dict[str, None]] = []
        for policies in related:
            mine = dict.fromkeys(p for p in policies if p in self.by_id)
            touched = [other for other in found if other.keys() & mine.keys()]
            found = [other for other in found if not other.keys() & mine.keys()]
            found.append({name: None for part in (*touched, mine) for name in part})
        return tuple(
            Component(
                tuple(names),
                tuple(g for g in self.groups if names.keys() & set(g.policies)),
                tuple(c for c in self.caps if names.keys() & set(c.policies)),
            )
            for names in found
            if names
        )

    @property
    def relating(self) -> tuple[Expression, ...]:
        """The formulas that what policies are to each other rests on."""
        rates = (rate.value for rate in self.worth.values())
        return (*rates, *(cap.limit for cap in self.caps))

    def duels(self, component: Component) -> bool:
        """Whether amounts, set against each other two by two, settle a component.

        So it is where all policies are of one group, and their forms alike or
        without a common worth.
        """
        forms = {self.by_id[name].form for name in component.policies}
        mixed = len(forms & self.worth.keys()) > 1
        return len(component.groups) == 1 and not component.caps and not mixed

    @cached_property
    def elections(self) -> tuple[str, ...]:
        """The facts whose value the law leaves to the firm."""
        return tuple(name for name, spec in self.facts.items() if spec.elected)

    @cached_property
    def unknown(self) -> Mapping[str, Possible]:
        """What each base fact may be while nothing is known of it."""
        base = self.facts.keys() - self.definitions.keys()
        return {name: self.facts[name].unknown for name in base}
