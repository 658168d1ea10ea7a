"""The interview on a terminal, or line by line from a pipe: a step a screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policy_match import outputs
from policy_match.cli import console
from policy_match.domain.facts import FactType, Settler
from policy_match.errors import ProfileError, UsageError
from policy_match.language.messages import in_language, said
from policy_match.language.words import LANGUAGES, label
from policy_match.reports.interview import view as told
from policy_match.reports.layouts.terminal import Screen
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.reports.words.warnings import warning_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from policy_match import api
    from policy_match.advice.interview import Interview
    from policy_match.advice.planner import Question, Step
    from policy_match.reports.interview.view import Offer


def _typed(key: str) -> frozenset[str]:
    """Return what may be typed for something, in any language."""
    told_ = (label(key, lang) for lang in LANGUAGES)
    return frozenset(word for text in told_ for word in text.split(" | "))


_BACK, _LEAVE = _typed("typed-back"), _typed("typed-leave")
_EDIT, _SKIP, _SHOW = _typed("typed-edit"), _typed("typed-skip"), _typed("typed-show")
_COMMANDS = _BACK | _LEAVE | _EDIT | _SKIP | _SHOW
_DONT_KNOW = _typed("typed-unknown")
_CODES = 9
"""Codes that are offered for some words."""


class _LeaveError(Exception):
    """The firm leaves."""


class Dialogue:
    """One interview with a firm whose profile is `file`."""

    def __init__(
        self, law: api.Law, interview: Interview, file: Path, lang: str
    ) -> None:
        """Ask nothing yet."""
        self.law, self.interview, self.file = law, interview, file
        self.words = Vocabulary.of(law.program, lang)
        self.screen = Screen(console.width(), color=console.looks(None)["color"])
        self.line = _lines()
        self.warned: set[str] = set()
        self.steps, self.skipped = 0, False
        self.again: str | None = None

    def hold(self) -> None:
        """Ask until nothing matters or the firm leaves; every answer is saved."""
        self._say(self.words.label("interview-keys"), "dim")
        try:
            while following := self.following():
                one = next((q for q in following if q.fact == self.again), None)
                step = self.interview.next([one] if one else following)
                self.again = None
                if step is not None:
                    self._ask(step, following)
            self._say(self.words.label("interview-done"), "met")
        except (EOFError, _LeaveError):
            return
        finally:
            if self.file.exists():
                saved = self.words.label("interview-saved", path=self.file)
                self._say(saved, "dim")

    def following(self) -> list[Question]:
        """Return what is worth asking, without what the firm has skipped."""
        facts = self.interview.program.facts
        return [
            one
            for one in self.interview.questions()
            if not (self.skipped and facts[one.fact].settled_by is Settler.REGISTER)
        ]

    # ---- one step

    def _ask(self, step: Step, following: Sequence[Question]) -> None:
        self.steps += 1
        self._stand(following)
        if step.kind == "ticks":
            self._tick(step.facts)
            return
        asked = {one.fact: one for one in following}
        if step.kind == "form":
            paper = self.interview.program.facts[step.facts[0]].paper
            title = self.words.text(self.interview.program.papers[paper])
            self._say(self.words.label("interview-form", paper=title), "heading")
        for number, fact in enumerate(step.facts):
            # What an answer on the same paper has settled is not asked any more.
            open_ = {one.fact for one in self.following()} if number else {fact}
            if fact in open_ and not self._question(asked[fact]):
                return

    def _question(self, question: Question) -> bool:
        """Ask one fact until it is answered; false where another is to be asked."""
        spec = self.interview.program.facts[question.fact]
        self._say(self.words.question(spec.id), "bold")
        for line in told.explained(question, self.words):
            self._say(line, "dim", "  ")
        offers = told.offers(spec, self.interview.choices(spec.id), self.words)
        for offer in offers:
            self._say(offer.words, "", f"  {offer.key}. ")
        while True:
            text = self._line(spec.id)
            if text is None:
                return False
            if self._take(spec.id, _chosen(text, offers)):
                return True
            self._say(self.words.question(spec.id), "bold")

    def _take(self, fact: str, text: str) -> bool:
        """Take one answer; say what is wrong with it where it is refused."""
        spec = self.interview.program.facts[fact]
        try:
            self.interview.answer(fact, "" if text.lower() in _DONT_KNOW else text)
        except ProfileError as error:
            if spec.type is FactType.CODE and (code := self._code(fact, text)):
                return self._take(fact, code)
            for fault in error.faults:
                lang = self.words.lang
                parts = (in_language(x, lang) for x in (fault.message, fault.hint) if x)
                self._say(self.words.label("semicolon").join(parts), "failed")
            return False
        self._save()
        return True

    def _code(self, fact: str, text: str) -> str | None:
        """Let the firm choose among the codes that some words may mean."""
        found = self.law.codes(fact, text, self.words.lang)[:_CODES]
        if not found:
            return None
        key = "interview-codes"
        self._say(self.words.label(key, words=text, count=len(found)))
        for number, one in enumerate(found, 1):
            self._say(f"{one.name} {one.code}", "", f"  {number}. ")
        known = {str(place): one.code for place, one in enumerate(found, 1)}
        return known.get(self.line("> ").strip())

    # ---- a list of ticks

    def _tick(self, facts: Sequence[str]) -> None:
        self._say(self.words.label("interview-ticks"), "bold")
        theme = ""
        for number, fact in enumerate(facts, 1):
            spec = self.interview.program.facts[fact]
            if spec.theme != theme:
                theme = spec.theme
                themes = self.interview.program.themes
                if theme in themes:
                    self._say(self.words.text(themes[theme]), "dim")
            self._say(self.words.title(fact), "", f"  [ ] {number}. ")
        while True:
            text = self._line(facts[0])
            if text is None:
                return
            marks = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
            if all(x.isdecimal() and 0 < int(x) <= len(facts) for x in marks):
                break
            message = self.words.label("interview-numbers", last=len(facts))
            self._say(message, "failed")
        ticked = {facts[int(mark) - 1] for mark in marks}
        self.interview.tick(facts, ticked)
        self._save()
        rest = len(facts) - len(ticked)
        self._say(
            self.words.label("interview-ticked", ticked=len(ticked), rest=rest), "dim"
        )

    # ---- commands

    def _line(self, fact: str) -> str | None:
        """Return what is typed; None where it was a command that moves on."""
        while True:
            text = self.line("> ").strip()
            word = text.lower()
            if word not in _COMMANDS:
                return text
            if word in _LEAVE:
                raise _LeaveError
            if word in _SHOW:
                self._excluded()
                continue
            if word in _SKIP:
                self._skip(fact)
            elif word in _EDIT:
                self.again = self._edit() or fact
            else:
                self.again = self.interview.back() or fact
            self._save()
            return None

    def _skip(self, fact: str) -> None:
        """Leave out one fact, or all that a register holds."""
        if self.interview.program.facts[fact].settled_by is Settler.REGISTER:
            self.skipped = True
            self._say(self.words.label("interview-skipped"), "dim")
        else:
            self.interview.answer(fact, "")

    def _edit(self) -> str | None:
        """Let the firm choose an earlier answer, and take that back."""
        asked = list(self.interview.asked)
        for number, fact in enumerate(asked, 1):
            answer = self.interview.answers.get(fact, "")
            line = self.words.title(fact) + self.words.label("colon") + answer
            self._say(line, "", f"  {number}. ")
        known = {str(place): fact for place, fact in enumerate(asked, 1)}
        chosen = known.get(self.line("> ").strip())
        if chosen is not None:
            self.interview.forget(chosen)
        return chosen

    def _excluded(self) -> None:
        """Say which facts need not be asked, as what is known rules them out."""
        facts = self.interview.excluded()
        self._say(self.words.label("interview-excluded", count=len(facts)), "dim")
        self._say(self.words.listed(map(self.words.title, facts)), "", "  ")

    # ---- what is said

    def _stand(self, following: Sequence[Question]) -> None:
        """Say how the answer stands, and what is doubtful in what was said."""
        found = self.law.assess(self.interview.facts)
        for warning in found.warnings:
            text = warning_words(warning, self.interview.facts, self.words)
            if text not in self.warned:
                self.warned.add(text)
                self._say(text, "ask", "! ")
        click.echo()
        left = self.interview.steps_left(following) - 1
        for line in told.tally(found.findings, (self.steps, left), self.words):
            self._say(line, "dim")

    def _save(self) -> None:
        outputs.write_file(self.file, self.interview.profile())

    def _say(self, text: str, kind: str = "", lead: str = "") -> None:
        for line in self.screen.wrapped(text, lead, kind=kind):
            click.echo(line)


def _chosen(text: str, offers: Sequence[Offer]) -> str:
    """Return the value of an offer that was chosen, or the text itself."""
    named = {offer.key: offer.value for offer in offers}
    named |= {offer.words: offer.value for offer in offers}
    return named.get(text.lower(), text)


def _lines() -> Callable[[str], str]:
    """Return what asks for a line: a prompt at a terminal, else the next line."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _next_line
    try:
        from prompt_toolkit import PromptSession  # noqa: PLC0415
    except ImportError:
        raise UsageError(said("no-prompts"), said("install-assess")) from None
    session: PromptSession[str] = PromptSession()
    return session.prompt


def _next_line(prompt: str) -> str:
    line = sys.stdin.readline()
    click.echo(prompt + line.rstrip("\n"))
    if not line:
        raise EOFError
    return line
