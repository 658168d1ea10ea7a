"""`assess`: asks the questions that still matter, then answers like `check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.errors import UsageError
from policy_match.messages import in_language, said

if TYPE_CHECKING:
    from datetime import date

    from policy_match.interview import Interview
    from policy_match.planner import Next
    from policy_match.reports.terminal import Screen
    from policy_match.reports.vocabulary import Vocabulary

_BACK, _LEAVE = frozenset(("<", "back", "上一题")), frozenset(("q", "quit", "退出"))
_DONT_KNOW = frozenset(("?", "don't know", "don’t know", "不知道", "不清楚"))


@click.command("assess")
@click.argument("firm", type=click.Path(path_type=Path), default="profile.yaml")
@options.rules
@options.parameters
@options.on()
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
    lang: str,
    questions: str | None,
) -> None:
    """Ask what still matters, save the profile, and answer like `check`.

    FIRM is the profile to go on with, or to begin. [default: profile.yaml]
    """
    known = api.read_profile(firm) if firm.is_file() else None
    book = api.load(rules, parameters=parameters)
    law = book.on(day or (known.day if known else None) or api.today())
    interview = law.interview(known)
    if questions:
        from policy_match.reports.interview import questions_json  # noqa: PLC0415

        write(questions_json(law.program, interview.questions(), lang), None)
        return
    _Dialogue(law, interview, firm, lang).hold()
    answer = law.assess(interview.facts)
    write(api.render([answer], lang=lang, **console.looks(None)), None)


class _Dialogue:
    """The interview on a terminal."""

    def __init__(
        self, law: api.Law, interview: Interview, file: Path, lang: str
    ) -> None:
        from policy_match.reports.terminal import Screen  # noqa: PLC0415
        from policy_match.reports.vocabulary import Vocabulary  # noqa: PLC0415

        try:
            from prompt_toolkit import PromptSession  # noqa: PLC0415
        except ImportError:
            raise UsageError(said("no-prompts"), said("install-assess")) from None
        self.law, self.interview, self.file = law, interview, file
        self.words: Vocabulary = Vocabulary.of(law.program, lang)
        self.screen: Screen = Screen(
            console.width(), color=console.looks(None)["color"]
        )
        self.session: PromptSession[str] = PromptSession()

    def hold(self) -> None:
        """Ask until nothing matters or the firm leaves; every answer is saved."""
        again: str | None = None
        self._say(self.words.label("interview-keys"), "dim")
        while True:
            following = self.interview.questions()
            if not following:
                self._say(self.words.label("interview-done"), "met")
                break
            one = next((q for q in following if q.fact == again), following[0])
            again = None
            try:
                text = self._ask(one, len(following))
            except EOFError:
                break
            if text in _LEAVE:
                break
            if text in _BACK:
                again = self.interview.back()
            else:
                again = self._take(one.fact, text)
            write(self.interview.profile(), self.file)
        self._say(self.words.label("interview-saved", path=self.file), "dim")

    def _take(self, fact: str, text: str) -> str | None:
        """Take one answer; return the fact to ask again where it was refused."""
        try:
            self.interview.answer(fact, "" if text.lower() in _DONT_KNOW else text)
        except api.ValueFault as error:
            self._say(in_language(error.message, self.words.lang), "failed")
            return fact
        return None

    def _ask(self, question: Next, left: int) -> str:
        from policy_match.reports.interview import choices, explained  # noqa: PLC0415

        spec = self.interview.program.facts[question.fact]
        click.echo()
        self._say(self._tally(left), "dim")
        self._say(self.words.question(spec.id), "bold")
        for line in explained(spec, self.words):
            self._say(line, "dim", "  ")
        offered = choices(spec, self.words)
        for number, (_, words) in enumerate(offered, 1):
            self._say(words, "", f"  {number}. ")
        text = self.session.prompt("> ").strip()
        if text.isdecimal() and 0 < int(text) <= len(offered):
            return offered[int(text) - 1][0]
        named = {words: value for value, words in offered}
        return named.get(text, text)

    def _tally(self, left: int) -> str:
        from policy_match.reports.summary import counts  # noqa: PLC0415

        answer = self.law.assess(self.interview.facts)
        found = {k.value: n for k, n in counts(answer.findings).items()}
        return self.words.label("interview-tally", left=left, **found)

    def _say(self, text: str, kind: str, lead: str = "") -> None:
        for line in self.screen.wrapped(text, lead, kind=kind):
            click.echo(line)
