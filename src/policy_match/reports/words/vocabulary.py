"""What one rulebook calls things in one language, and values in its words."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.domain.texts import Citation
from policy_match.language.formats import listed
from policy_match.language.words import label
from policy_match.reports.words.articles import article_words
from policy_match.reports.words.figures import (
    amount_words,
    interval_words,
    round_words,
)
from policy_match.reports.words.placeholders import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member, Number, Possible
    from policy_match.domain.texts import Text
    from policy_match.ir.program import Program


@dataclass(frozen=True)
class Vocabulary:
    """A program's names in one of the languages it declares."""

    program: Program
    lang: str

    @classmethod
    def of(cls, program: Program, lang: str) -> Vocabulary:
        """Return the vocabulary in `lang`, or in the rulebook's own language."""
        return cls(program, language(program, lang))

    @property
    def own(self) -> bool:
        """Whether this is the language in which the rulebook's sources are written."""
        return self.lang == (*self.program.languages, self.lang)[0]

    def label(self, key: str, **values: object) -> str:
        """Return words of our own, by key, in the reader's language."""
        return label(key, self.lang, **values)

    def text(self, text: Text | None) -> str:
        """Return a rulebook's text with its figures filled in, or nothing."""
        return filled(text.to(self.lang).strip(), self._figure) if text else ""

    def _figure(self, name: str) -> str:
        """Return a parameter's value on the day; without one, an ellipsis."""
        figure = self.program.figures.get(name)
        return self.amount(figure.value, figure.type) if figure else "…"

    def title(self, fact: str) -> str:
        """Return what a fact is called."""
        return self.text(self.program.facts[fact].title) or fact

    def question(self, fact: str) -> str:
        """Return the question that asks for a fact."""
        spec = self.program.facts[fact]
        key = "ask-number" if spec.type.numeric else "ask-value"
        return self.text(spec.asks) or self.label(key, title=self.title(fact))

    def rulebook(self) -> str:
        """Return what the rulebook is called.

        In another language than its first, also that names and the numbers of
        documents, by which they are found, are not translated.
        """
        title = self.text(self.program.title)
        return f"{title} · {self.label('as-written')}" if self.foreign else title

    def heading(self, text: Text) -> str:
        """Return a title as it stands alone: with a capital, where there are any."""
        found = self.text(text)
        return found[:1].upper() + found[1:]

    def policy(self, policy: str) -> str:
        """Return what a policy is called, in force or not."""
        title = self._titles.get(policy)
        return policy if title is None else self.heading(title)

    @cached_property
    def _titles(self) -> Mapping[str, Text]:
        in_force = {p.id: p.about.title for p in self.program.policies}
        return in_force | {p.id: p.about.title for p in self.program.out_of_force}

    def department(self, id_: str) -> str:
        """Return the name of a department."""
        return self.text(self.program.departments.get(id_)) or id_

    def cite(self, citation: Citation) -> str:
        """Return a citation as it is written: number, then article."""
        article = article_words(citation.article, self.lang)
        return f"{self.number_of(citation.source)} {article}".strip()

    def cites(self, citations: Iterable[Citation]) -> tuple[str, ...]:
        """Return several citations, none twice, a document's articles together."""
        articles: dict[str, dict[str, None]] = {}
        for citation in citations:
            found = articles.setdefault(citation.source, {})
            if citation.article:
                found[article_words(citation.article, self.lang)] = None
        comma = self.label("comma")
        return tuple(
            self.cite(Citation(source, comma.join(found)))
            for source, found in articles.items()
        )

    def number_of(self, source: str) -> str:
        """Return a document's number; a law that has only a title goes by that.

        So does, in another language than the rulebook's first, one that is cited by
        what it is called rather than by a number.
        """
        found = self.program.sources.get(source)
        if found is None:
            return source
        number = found.number
        called = self.foreign and not any(sign.isdigit() for sign in number)
        if not number or called or number in found.title.by_language.values():
            return self.text(found.title) or source
        return number

    @property
    def foreign(self) -> bool:
        """Whether the language is another than the rulebook's first."""
        first = self.program.languages[:1]
        return bool(first) and self.lang not in first

    def listed(self, parts: Iterable[str], last: str = "comma") -> str:
        """Return parts in a row: 甲、乙或丙."""
        if last == "comma":
            return self.label("comma").join(parts)
        return listed(parts, self.lang, last)

    def bracketed(self, text: str) -> str:
        """Return a text in brackets, or nothing where it is empty."""
        return self.label("brackets", value=text) if text else ""

    # ---- values

    def amount(
        self, value: Number, kind: FactType, unit: str = "", *, bare: bool = False
    ) -> str:
        """Return one number in words; `bare` writes zero without a unit."""
        currency = self.program.currency
        return amount_words(value, kind, self.lang, currency, unit, bare_zero=bare)

    def money(self, value: Interval) -> str:
        """Return an amount of money, one or a range."""
        return self._interval(value, FactType.MONEY, "")

    def value(self, possible: Possible, spec: FactSpec) -> str:
        """Return what is possible of a fact in words."""
        if possible == spec.unknown:
            return self.label("unknown")
        match possible:
            case Interval():
                return self.interval(possible, spec.type, self.text(spec.unit))
            case Choice():
                return self._choice(possible, spec)
            case Listing(items=items):
                return self._listing(items or (), possible.pairs)

    def interval(self, value: Interval, kind: FactType, unit: str = "") -> str:
        """Return a number, a range, absence, or that nothing is known."""
        if not value.some:
            return self.label("none")
        if value.high == inf and (value.low == -inf or value.low <= 0):
            return self.label("unknown")
        words = self._interval(value, kind, unit)
        return self.label("or-none", value=words) if value.absent else words

    def _interval(self, value: Interval, kind: FactType, unit: str) -> str:
        def say(number: Number) -> str:
            return self.amount(number, kind, unit)

        return interval_words(value, kind, self.lang, say)

    def _choice(self, value: Choice, spec: FactSpec) -> str:
        if value.members is None:
            return self.label("unknown")
        if not value.members:
            return self.label("none")
        words = self.listed(self.members(value.members, spec), "or")
        return self.label("or-none", value=words) if value.absent else words

    def members(self, members: Iterable[Member], spec: FactSpec) -> Sequence[str]:
        """Return members by their titles, in the order declared."""
        order = {member: place for place, member in enumerate(spec.members)}
        ranked = sorted(members, key=lambda m: (order.get(str(m), len(order)), str(m)))
        return [self.member(member, spec) for member in ranked]

    def member(self, member: Member, spec: FactSpec) -> str:
        """Return one member by its title; a bool is yes or no."""
        if isinstance(member, bool):
            return self.label("yes" if member else "no")
        return self.text(spec.members.get(member)) or member

    def code_name(self, code: str, spec: FactSpec) -> str:
        """Return what a code is called, or nothing where nobody wrote it."""
        system = self.program.systems.get(spec.system)
        name = system.names.get(code) if system else None
        if name:
            return self.text(name)
        lines = (line.partition(" ") for line in spec.wording.names.splitlines())
        return next((text for found, _, text in lines if found == code), "")

    def _listing(self, items: Sequence[Interval], pairs: bool) -> str:
        def say(number: Number) -> str:
            return round_words(number, self.lang)

        words = [interval_words(x, FactType.NUMBER, self.lang, say) for x in items]
        if pairs:
            twos = zip(words[::2], words[1::2], strict=False)
            words = [f"{start}/{end}" for start, end in twos]
        return self.label("semicolon").join(words) or self.label("none")


def value_words(possible: Possible, spec: FactSpec, program: Program, lang: str) -> str:
    """Return what is possible of a fact in words of `lang`."""
    return Vocabulary.of(program, lang).value(possible, spec)


def language(program: Program, lang: str) -> str:
    """Return `lang` where the rulebook declares it, else its first language.

    So one answer never mixes two languages.
    """
    if lang in program.languages or not program.languages:
        return lang
    return program.languages[0]
