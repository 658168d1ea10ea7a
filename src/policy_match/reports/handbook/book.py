"""A rulebook as the handbook shows it, in one language."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import Settler
from policy_match.language.formats import day_words, in_script
from policy_match.language.words import label
from policy_match.reports.handbook.cases import Case, case
from policy_match.reports.handbook.history import History, history
from policy_match.reports.handbook.law import LawRow, law_rows
from policy_match.reports.views.policy import (
    PolicyPage,
    document,
    figures_used,
    known_policies,
    policy_page,
)
from policy_match.reports.words.articles import article_words
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from policy_match.checks.examples import Run
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program
    from policy_match.rulebook.models import PolicyModel

    Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Entry:
    """A policy: its page, and what belongs to it besides."""

    page: PolicyPage
    day: str
    section: str
    kind: str
    granting: str
    phrases: tuple[str, ...]
    indirect: bool
    place: str
    law: tuple[LawRow, ...]
    histories: tuple[History, ...]


class Group(NamedTuple):
    """Policies that belong together, under their heading."""

    title: str
    policies: tuple[Entry, ...]


class Fact(NamedTuple):
    """A fact of the vocabulary in words."""

    id: str
    title: str
    asks: str
    definition: str
    unit: str
    who: str
    aliases: str


class Book:
    """What the pages of one language are made of."""

    def __init__(
        self, rulebook: Rulebook, day: date, lang: str, runs: Callable[[str], Runs]
    ) -> None:
        """Read the rulebook as of `day`; `runs` are those of a policy's examples."""
        self.rulebook, self.day, self._runs = rulebook, day, runs
        self._programs: dict[date, Program] = {}
        self._entries: dict[str, Entry] = {}
        self.program = self._on(day)
        self.words = Vocabulary.of(self.program, lang)
        self.lang = lang
        self.title = self.words.text(self.program.title)
        self.disclaimer = self.words.text(self.program.disclaimer)
        self.as_of = label("law-as-of", lang, day=day_words(day, lang))

    def _on(self, day: date) -> Program:
        if day not in self._programs:
            self._programs[day] = self.rulebook.on(day)
        return self._programs[day]

    # ---- policies

    def policy(self, name: str) -> Entry:
        """Return a policy by its id."""
        if name not in self._entries:
            model = self.rulebook.book.policies[name]
            self._entries[name] = self._entry(name, model)
        return self._entries[name]

    @cached_property
    def policies(self) -> tuple[Entry, ...]:
        """Every policy, in the order of the plan's sections."""
        entries = map(self.policy, self.rulebook.book.policies)
        return tuple(sorted(entries, key=lambda entry: _order(entry.section)))

    def _entry(self, name: str, model: PolicyModel) -> Entry:
        last = model.in_force[-1].end or self.day
        first = model.in_force[0].start or self.day
        program = self._on(max(first, min(self.day, last)))
        words = Vocabulary(program, self.lang)
        policy = known_policies(program)[name]
        shown = day_words(program.day, self.lang)
        used = figures_used(program, name, words)
        return Entry(
            page=policy_page(program, policy, words),
            day=""
            if program.day == self.day
            else label("shown-as-of", self.lang, day=shown),
            section=policy.about.section,
            kind=policy.about.kind,
            granting=words.department(policy.about.granting),
            phrases=policy.about.phrases,
            indirect=policy.indirect,
            place=self._place("policies", name),
            law=law_rows(self.rulebook.book, program.sources, model, words),
            histories=tuple(h for h in self.histories if h.id in used),
        )

    def cases(self, name: str) -> tuple[Case, ...]:
        """Return the examples of a policy with their answers, as they are run."""
        examples = self.rulebook.book.policies[name].examples
        return tuple(
            case(
                name,
                examples[run.index],
                run.assessment,
                Vocabulary(run.assessment.program, self.lang),
            )
            for run in self._runs(name)
            if run.assessment is not None
        )

    def groups(self, name: str) -> tuple[Group, ...]:
        """Return the policies by section, by department or by kind."""
        title_of: Callable[[Entry], str] = {
            "sections": self._section_title,
            "departments": lambda entry: entry.granting,
            "kinds": lambda entry: entry.page.kind,
        }[name]
        found: dict[str, list[Entry]] = {}
        for entry in self.policies:
            found.setdefault(title_of(entry), []).append(entry)
        return tuple(Group(title, tuple(of)) for title, of in found.items())

    def _section_title(self, entry: Entry) -> str:
        if not entry.section:
            return label("other", self.lang)
        plan = self.rulebook.book.manifest.plan
        heading = self.words.text(plan.sections.get(entry.section)) if plan else ""
        return f"{article_words(entry.section, self.lang)} {heading}".strip()

    def _place(self, section: str, name: str) -> str:
        """Return where something stands, below the rulebook's own directory."""
        origin = self.rulebook.book.origin
        place = origin.place((section, name))
        root = os.path.commonpath([PurePath(file).parent for file in origin.nodes])
        file = PurePath(place.file).relative_to(root)
        return f"{file.as_posix()}:{place.line}"

    # ---- figures, facts, documents

    @cached_property
    def histories(self) -> tuple[History, ...]:
        """Every parameter with its course."""
        return tuple(
            history(name, model, self._place("parameters", name), self.words, self.day)
            for name, model in self.rulebook.book.parameters.items()
        )

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The whole vocabulary, what a firm is asked first."""
        specs = sorted(self.program.facts.values(), key=lambda spec: spec.derived)
        return tuple(map(self._fact, specs))

    def _fact(self, spec: FactSpec) -> Fact:
        words, lang = self.words, self.lang
        who = "derived" if spec.derived else Settler(spec.settled_by).value
        unit = words.text(spec.unit)
        own = [name for name in spec.aliases if in_script(name, lang)]
        names = words.listed(own) if own else ""
        return Fact(
            spec.id,
            words.heading(spec.title),
            words.text(spec.asks),
            words.text(spec.definition),
            label("unit", lang, unit=unit) if unit else "",
            label(f"who-{who}", lang),
            label("aliases", lang, names=names) if names else "",
        )

    @cached_property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Every document in words, with the day it was issued."""
        found = []
        for name, source in self.program.sources.items():
            day = day_words(source.issued, self.lang) if source.issued else ""
            issued = label("issued", self.lang, day=day) if day else ""
            found.append((document(name, self.words), issued))
        return tuple(found)


def _order(section: str) -> tuple[bool, tuple[int, ...]]:
    """Return what sorts 一(四) before 二(一)2 before 二(一)12, nothing last."""
    numerals = "一二三四五六七八九十"
    found: list[int] = []
    digits = ""
    for char in [*section, ""]:
        if char.isdigit():
            digits += char
            continue
        if digits:
            found.append(int(digits))
            digits = ""
        if char and char in numerals:
            found.append(numerals.index(char))
    return not section, tuple(found)
