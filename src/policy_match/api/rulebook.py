"""A rulebook, from its files to the law as of any day."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.api.answer import Answer
from policy_match.api.law import Law, read_profile
from policy_match.api.matching import match
from policy_match.api.origin import Origin
from policy_match.api.usage import asked_on, day_of, today
from policy_match.compiler import cache
from policy_match.errors import Fault, ProfileError
from policy_match.firms.profile import Profile
from policy_match.language.messages import said
from policy_match.rulebook.files import (
    digests,
    parameters_file,
    read_directory,
    shipped_rules,
)
from policy_match.semantics.assessment import far_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from os import PathLike

    from policy_match.compiler.rulebook import Rulebook as Sound
    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.ir.spans import SpanProgram
    from policy_match.language.messages import Message


def load(
    rules: Path | str | None = None, *, parameters: Path | str | None = None
) -> Rulebook:
    """Return the rulebook in a directory; the shipped one where none is named.

    `parameters` is a file in which an officer sets or dates figures. Raises
    RulebookError where there are no files. What is wrong within them is raised,
    all of it at once, as soon as the rulebook is put to use.
    """
    where = Path(rules) if rules is not None else shipped_rules()
    if parameters is None:
        return Rulebook(where)
    path = Path(parameters)
    return Rulebook(where, (str(path), parameters_file(path)))


_LAWS = 32
"""Days, and spans of days, whose law is held at once; a server may be asked for any."""


class Rulebook:
    """All policies of one plan, city or country, with the law they rest on.

    >>> import policy_match as pm
    >>> book = pm.load()
    >>> book.digest.split(":")[0]
    'sha256'
    >>> book.on("2022-12-31").day
    datetime.date(2022, 12, 31)
    """

    def __init__(
        self, rules: Path, parameters: tuple[str, bytes] | None = None
    ) -> None:
        """Read the files; raises RulebookError where there are none.

        `parameters` is the name of a parameters file, and its bytes.
        """
        self.rules, self.parameters = rules, parameters
        self._files = read_directory(rules)
        self.file_digests = digests(rules, self._files)
        self._laws: dict[date, Law] = {}
        self._spans: list[SpanProgram] = []

    @property
    def local(self) -> bytes:
        """The bytes of the parameters file; none where there is no such file."""
        return b"" if self.parameters is None else self.parameters[1]

    @cached_property
    def _origin(self) -> Origin:
        local = None if self.parameters is None else self.local
        return Origin(lambda day: self.on(day).program, self.file_digests, local)

    @cached_property
    def sound(self) -> Sound:
        """The rulebook, checked as a whole; raises RulebookError."""
        from policy_match.compiler.local import local_parameters  # noqa: PLC0415
        from policy_match.compiler.rulebook import load_files  # noqa: PLC0415

        book = load_files(self._files)
        if self.parameters is None:
            return book
        name, data = self.parameters
        return book.with_parameters(local_parameters(data, name, book.book))

    @property
    def id(self) -> str:
        """The rulebook's id, from its manifest."""
        return self.sound.id

    @property
    def digest(self) -> str:
        """`sha256:…`: one for a meaning, however the files are written."""
        return self.sound.digest

    @property
    def policies(self) -> tuple[str, ...]:
        """The ids of all policies, in force or not."""
        return tuple(self.sound.book.policies)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many policies and how many base facts it declares."""
        return len(self.sound.book.policies), len(self.sound.book.facts)

    def on(self, day: date | str) -> Law:
        """Return the law as of a day, from the cache where it can be trusted.

        Raises UsageError for what is not a day, RulebookError where a parameter
        that a policy in force needs has no value on that day.
        """
        when = day_of(day)
        law = self._laws.pop(when, None)
        if law is None:
            span = self.span(when)
            law = Law(span.at(when), self._origin, span.window)
        self._laws[when] = law
        if len(self._laws) > _LAWS:
            del self._laws[next(iter(self._laws))]
        return law

    def span(self, day: date) -> SpanProgram:
        """Return the law of all days around one on which it is the same.

        Raises RulebookError as `on` does.
        """
        found = next((one for one in self._spans if day in one.window), None)
        if found is None:
            found = self._recalled(day)
            self._spans = [*self._spans[1 - _LAWS :], found]
        return found

    def spans(self) -> Iterator[SpanProgram]:
        """Yield the law of all days that have one, span by span."""
        yield from self.sound.spans()

    def _recalled(self, day: date) -> SpanProgram:
        for name in cache.names(self._key, day):
            found = cache.recall(name)
            if found is not None and day in found.window:
                return found
        made = self.sound.span(day)
        cache.keep(cache.named(self._key, made.window), made)
        return made

    @cached_property
    def _key(self) -> str:
        parts: list[bytes] = []
        for name, data in self._files.items():
            parts += [name.encode(), data]
        if self.parameters is not None:
            parts.append(self.local)
        return cache.key(parts)

    def check(
        self,
        firms: Iterable[Profile | str | PathLike[str] | tuple[str, bytes]],
        *,
        day: date | str | None = None,
        today: date | str | None = None,
        backend: str = "auto",
        warn: Callable[[Message], None] = lambda _: None,
    ) -> list[Answer]:
        """Return the answer for each profile, on `day`, or its own day, or today.

        A profile may be given by its path, or as a name and its bytes. All are
        read before any is evaluated. `today` is the day from which deadlines are
        dated, by default the real one. `backend` is one of BACKENDS; each answer
        says who gave it, and `warn` is told where that is not who was hoped
        for. Raises ProfileError with the faults of all
        profiles, RulebookError, BackendUnavailableError, UsageError.
        """
        asked = asked_on(today)
        known: list[tuple[Program, Facts]] = []
        faults: list[Fault] = []
        for firm in firms:
            try:
                profile = firm if isinstance(firm, Profile) else read_profile(firm)
                law = self.on(day or profile.day or asked)
                known.append((law.program, law.known(profile)))
                if far_apart(law.day, profile.day):
                    days = {"day": law.day, "of": profile.day}
                    warn(said("facts-of-another-day", **days))
            except ProfileError as error:
                faults += error.faults
        if faults:
            raise ProfileError(faults)
        found = match(known, backend, warn)
        return [Answer(replace(one, today=asked), self._origin) for one in found]

    def lint(
        self,
        day: date | str | None = None,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
    ) -> list[Fault]:
        """Return every finding on the rulebook; with a day, also what has aged.

        `select` and `ignore` name codes, or what they begin with (`R4`). Raises
        RulebookError where there is no rulebook to look into, UsageError for a
        code that does not exist.
        """
        from policy_match.checks.linting import lint  # noqa: PLC0415
        from policy_match.checks.selection import chosen, codes  # noqa: PLC0415

        wanted, unwanted = codes(select), codes(ignore)
        found = lint(self.sound, None if day is None else day_of(day))
        return chosen(found, wanted, unwanted)

    def coverage(self, lang: str = "zh") -> str:
        """Return how its examples have seen each condition, by file and line."""
        from policy_match.reports.layouts.coverage import coverage_page  # noqa: PLC0415

        return coverage_page(self.sound, lang)

    def handbook(self, day: date | str | None = None) -> Mapping[str, str]:
        """Return the pages of a website about the rulebook, by file name.

        Each is made when it is read, which for the first of them takes a while.

        Figures are those of `day`, or of the plan's last day, or of today.
        """
        from policy_match.reports.handbook import Handbook  # noqa: PLC0415

        plan = self.sound.book.manifest.plan
        return Handbook(self.sound, day_of(day or (plan.end if plan else today())))

    def themes(self, lang: str = "zh") -> dict[str, str]:
        """Return what the themes of facts are called, in the rulebook's order."""
        themes = self.sound.book.manifest.themes
        return {name: words.to(lang) for name, words in themes.items()}

    def schemas(self) -> dict[str, dict[str, object]]:
        """Return the JSON Schemas of rule files, profiles and results, by file."""
        from policy_match.compiler.schema import (  # noqa: PLC0415
            profile_schema,
            rule_file_schema,
        )
        from policy_match.records.models import DecisionRecord  # noqa: PLC0415
        from policy_match.reports.comparison.document import Comparison  # noqa: PLC0415
        from policy_match.reports.document.encoding import schema_of  # noqa: PLC0415
        from policy_match.reports.document.lint import Lint  # noqa: PLC0415
        from policy_match.reports.document.models import Answer as Document  # noqa: PLC0415
        from policy_match.reports.document.plan import Plan  # noqa: PLC0415
        from policy_match.reports.interview.document import Questions  # noqa: PLC0415

        plan = self.sound.book.manifest.plan
        # The vocabulary of facts is the same on every day.
        program = self.sound.on(plan.start if plan else today())
        answers = Document | tuple[Document, ...]
        record = schema_of(DecisionRecord, "record", "decision record")
        return {
            "rule-file.schema.json": rule_file_schema(),
            "profile.schema.json": profile_schema(program),
            "assessment.schema.json": schema_of(answers, "assessment"),
            "record.schema.json": record,
            "comparison.schema.json": schema_of(Comparison, "comparison"),
            "questions.schema.json": schema_of(Questions, "questions"),
            "plan.schema.json": schema_of(Plan | tuple[Plan, ...], "plan"),
            "lint.schema.json": schema_of(Lint, "lint", "findings of lint"),
        }
