"""What `screen --check-only` shows: text for a terminal, a page, or data."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from policy_match.language.formats import day_words
from policy_match.language.messages import clean
from policy_match.language.messages import shortened as cut
from policy_match.language.words import label
from policy_match.reports.layouts.pages import page
from policy_match.reports.words.vocabulary import Vocabulary, language
from policy_match.screening.bars import bar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.firms.registers.looking import Look, Looked, LookedSheet
    from policy_match.ir.program import Program

_VALUE = 20
_POLICIES, _NONE = 20, 5
"""Policies that are told; fewer, where none can be answered."""
FORMATS = ("text", "html", "json")


def render_look(
    found: Look, program: Program, form: str, lang: str, then: str = ""
) -> str:
    """Return how a register would be read, in one of FORMATS.

    `then` says what to do next; left out, that a mapping can be written.
    """
    if form == "json":
        return json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
    lang = language(program, lang)
    view = _Look(found, program, lang, then)
    if form == "html":
        day = day_words(program.day, lang)
        return page("look", "html", lang, view=view, found=found, day=day, bar=bar,
                    disclaimer=program.disclaimer.to(lang))  # fmt: skip
    return "\n".join(view.lines())


class _Look:
    """A register that was looked at, in the words of one language."""

    def __init__(self, found: Look, program: Program, lang: str, then: str) -> None:
        self.then = then or label("look-next", lang)
        self._found, self._words = found, Vocabulary.of(program, lang)
        self.say = partial(label, lang=lang)

    def sheet(self, one: LookedSheet) -> str:
        """Return what becomes of a sheet."""
        first, last = one.headings
        rows = str(first) if first == last else f"{first}–{last}"
        key = "look-sheet-read" if one.taken else "look-sheet-left"
        name = clean(one.sheet) or clean(self._found.file)
        text = self.say(key, sheet=name, rows=one.rows, headings=rows)
        return text + (self.say("look-sheet-hidden") if one.hidden else "")

    def means(self, one: Looked) -> str:
        """Return what a column is taken for."""
        if one.fact:
            return self._words.title(one.fact)
        if one.proposal == "keep":
            return self.say("look-keep")
        if one.note:
            return one.note
        unknown = self.say("look-unknown")
        if not one.proposal:
            return unknown
        return unknown + self.say("look-perhaps", fact=self._words.title(one.proposal))

    def bad(self, one: Looked) -> str:
        """Return how many cells of a column cannot be read, and the commonest."""
        if not one.unreadable:
            return self.rough(one)
        values = self.say("comma").join(clean(x)[:_VALUE] for x in one.common)
        told = self.say("look-unreadable", count=one.unreadable, values=values)
        return told + self.rough(one)

    def rough(self, one: Looked) -> str:
        """Return how many cells are about so much."""
        return self.say("look-about", count=one.about) if one.about else ""

    def meant(self, one: Looked) -> str:
        """Return what is proposed for values that cannot be read."""
        told = (f"{clean(v)} → {m}" for v, m in one.proposals.items() if m != "unknown")
        return self.say("semicolon").join(told)

    def editions(self, one: Looked) -> list[str]:
        """Return which codes mean different things by edition, and who has to say."""
        if not one.editions:
            return []
        years = sorted({year for means in one.editions.values() for year in means})
        told = self.say("comma").join(years)
        lines = [self.say("look-edition-open", count=one.undecided, editions=told)]
        for value, means in one.editions.items():
            of = (
                self.say("look-edition-of", edition=year, codes=self._named(one, codes))
                for year, codes in means.items()
            )
            told = self.say("semicolon").join(of)
            lines.append(self.say("look-edition", value=clean(value), meanings=told))
        return lines

    def _named(self, one: Looked, codes: Iterable[str]) -> str:
        spec = self._words.program.facts[one.fact]
        named = (
            (code, self._words.code_name(code, spec))
            if code
            else (self.say("look-edition-gone"),)
            for code in codes
        )
        return self.say("comma").join(" ".join(filter(None, pair)) for pair in named)

    def share(self, share: float) -> str:
        """Return a share as it is shown."""
        return f"{share:.0%}" if share in {0, 1} else f"{share:.1%}"

    def missing(self, facts: list[str]) -> str:
        """Return what columns would settle more."""
        return self.say("comma").join(map(self._words.title, facts))

    def row(self, one: dict[str, object]) -> str:
        """Return where a row stands that is refused, and why."""
        sheet = f"{clean(str(one['sheet']))} " if one["sheet"] else ""
        key = self._words.title(self._words.program.identity.key)
        reason = self.say(f"reject-{one['code']}", identity=key)
        value = f" {clean(str(one['value']))[:_VALUE]}" if one["value"] else ""
        return self.say("look-row", sheet=sheet, row=one["row"], why=reason) + value

    @property
    def warnings(self) -> list[str]:
        """What is said besides what stands beside the columns."""
        told = {one.note for one in self._found.columns}
        return [one for one in self._found.warnings if one not in told]

    @property
    def policies(self) -> list[tuple[str, str, str, str, float]]:
        """The policies that can be answered best: title, settled, amounts, missing."""
        some = [one for one in self._found.policies if one.settled][:_POLICIES]
        some = some or self._found.policies[:_NONE]
        return [
            (one.title, self.share(one.settled), self.share(one.amounts),
             self.missing(one.missing), 100 * one.settled)
            for one in some
        ]  # fmt: skip

    def lines(self) -> list[str]:
        """Return the text for a terminal."""
        found = self._found
        head = self.say("look-file", file=clean(found.file), row=found.row,
                        rows=found.rows, refused=found.refused)  # fmt: skip
        lines = [head, "", self.say("look-sheets")]
        lines += [f"  {self.sheet(one)}" for one in found.sheets]
        lines += ["", self.say("look-columns")]
        for one in found.columns:
            unit = f" {one.unit}" if one.unit else ""
            text = f"  {one.column} {cut(clean(one.heading))} → {self.means(one)}{unit}"
            lines.append(f"{text}  {self.share(one.share_filled)}{self.bad(one)}")
            if meant := self.meant(one):
                lines.append(f"      {meant}")
            lines += [f"      {line}" for line in self.editions(one)]
        if found.listed:
            lines += ["", self.say("look-rows")]
            lines += [f"  {self.row(one)}" for one in found.listed]
        lines += [
            "",
            label("look-answered", self._words.lang, count=len(found.answered)),
        ]
        for title, settled, amounts, missing, _ in self.policies:
            named = {"title": title, "settled": settled, "amounts": amounts}
            text = f"  {self.say('look-policy', **named)}"
            lines.append(
                text + (self.say("look-missing", facts=missing) if missing else "")
            )
        lines += ["", *(f"  {clean(warning)}" for warning in self.warnings)]
        return [*lines, self.then]
