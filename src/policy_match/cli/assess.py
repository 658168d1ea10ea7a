"""`assess`: asks the questions that still matter, then answers like `check`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api, outputs
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.errors import ProfileError, UsageError, reason
from policy_match.language.messages import in_language, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from policy_match.advice.interview import Interview
    from policy_match.advice.planner import Next
    from policy_match.reports.layouts.terminal import Screen
    from policy_match.reports.words.vocabulary import Vocabulary

_BACK, _LEAVE = frozenset(("<", "back", "上一题")), frozenset(("q", "quit", "退出"))
_DONT_KNOW = frozenset(("?", "？", "don't know", "don’t know", "不知道", "不清楚"))


@click.command("assess")
@click.argument("firm", type=click.Path(path_type=Path), default="profile.yaml")
@options.rules
@options.parameters
@options.on()
@options.today
@options.lang
@click.option(
    "--questions",
    type=click.Choice(["json"]),
    help="Ask nothing; print the questions worth asking next.",
)
def command(
    firm: Path,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    today: date | None,
    lang: str,
    questions: str | None,
) -> None:
    """Ask what still matters, save the profile, and answer like `check`.

    FIRM is the profile to go on with, or to begin. [default: profile.yaml]
    """
    known = api.read_profile(firm) if firm.exists() else None
    book = api.load(rules, parameters=parameters)
    law = book.on(day or (known.day if known else None) or api.today())
    if questions:
        asked = law.questions(known, lang)
        write(json.dumps(asked, ensure_ascii=False, indent=2), None)
        return
    interview = law.interview(known)
    _writable(firm)
    _Dialogue(law, interview, firm, lang).hold()
    answer = law.assess(interview.facts, today=today)
    write(api.render([answer], lang=lang, **console.looks(None)), None)


def _writable(file: Path) -> None:
    """Raise UsageError, before anything is asked, where answers cannot be saved."""
    outputs.target(file)
    try:
        if file.exists() and not file.stat().st_mode & 0o222:
            raise PermissionError(13, os.strerror(13))
        if not os.access(file.parent, os.W_OK):
            file.parent.stat()
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        message = said("cannot-write", path=file, reason=reason(error))
        raise UsageError(message) from None


class _Dialogue:
    """The interview on a terminal, or line by line from a pipe."""

    def __init__(
        self, law: api.Law, interview: Interview, file: Path, lang: str
    ) -> None:
        from policy_match.reports.layouts.terminal import Screen  # noqa: PLC0415
        from policy_match.reports.words.vocabulary import Vocabulary  # noqa: PLC0415

        self.law, self.interview, self.file = law, interview, file
        self.words: Vocabulary = Vocabulary.of(law.program, lang)
        self.screen: Screen = Screen(
            console.width(), color=console.looks(None)["color"]
        )
        self.line = _lines()
        self.warned: set[str] = set()
        self.money = True

    def hold(self) -> None:
        """Ask until nothing matters or the firm leaves; every answer is saved."""
        again: str | None = None
        self._say(self.words.label("interview-keys"), "dim")
        try:
            while following := self.interview.questions():
                one = next((q for q in following if q.fact == again), following[0])
                text = self._ask(one, len(following))
                if text in _LEAVE:
                    return
                if text in _BACK:
                    again = self.interview.back() or one.fact
                else:
                    again = self._take(one.fact, text)
                outputs.write_file(self.file, self.interview.profile())
            self._say(self.words.label("interview-done"), "met")
        except EOFError:
            return
        finally:
            if self.file.exists():
                saved = self.words.label("interview-saved", path=self.file)
                self._say(saved, "dim")

    def _take(self, fact: str, text: str) -> str | None:
        """Take one answer; return the fact to ask again where it was refused."""
        try:
            self.interview.answer(fact, "" if text.lower() in _DONT_KNOW else text)
        except ProfileError as error:
            lang = self.words.lang
            for fault in error.faults:
                told = (in_language(x, lang) for x in (fault.message, fault.hint) if x)
                self._say(self.words.label("semicolon").join(told), "failed")
            return fact
        return None

    def _ask(self, question: Next, left: int) -> str:
        from policy_match.reports.interview import view as told  # noqa: PLC0415

        spec = self.interview.program.facts[question.fact]
        self._stand(left)
        if self.money and not told.about_money(question, self.words):
            self.money = False
            self._say(self.words.label("interview-no-money"), "met")
        self._say(self.words.question(spec.id), "bold")
        for line in told.explained(question, self.words):
            self._say(line, "dim", "  ")
        offers = told.offers(spec, self.interview.brackets(spec.id), self.words)
        for offer in offers:
            self._say(offer.words, "", f"  {offer.key}. ")
        text = self.line("> ").strip()
        named = {offer.key: offer.value for offer in offers}
        named |= {offer.words: offer.value for offer in offers}
        return named.get(text.lower(), text)

    def _stand(self, left: int) -> None:
        """Say how the answer stands, and what is doubtful in what was said."""
        from policy_match.reports.interview import view as told  # noqa: PLC0415
        from policy_match.reports.words.warnings import warning_words  # noqa: PLC0415

        found = self.law.assess(self.interview.facts)
        for warning in found.warnings:
            text = warning_words(warning, self.interview.given, self.words)
            if text not in self.warned:
                self.warned.add(text)
                self._say(text, "ask", "! ")
        click.echo()
        for line in told.tally(found.findings, left, self.words):
            self._say(line, "dim")

    def _say(self, text: str, kind: str, lead: str = "") -> None:
        for line in self.screen.wrapped(text, lead, kind=kind):
            click.echo(line)


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
