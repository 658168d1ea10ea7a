"""The law as of a day: what one asks about firms."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from policy_match.api.answer import Answer
from policy_match.api.matching import match
from policy_match.api.usage import asked_on, every_policy, one_of, policy_of
from policy_match.domain.facts import Facts, FactType
from policy_match.errors import (
    BackendUnavailableError,
    Fault,
    Place,
    ProfileError,
    UsageError,
    did_you_mean,
    reason,
)
from policy_match.firms.profile import Profile, facts_of
from policy_match.language.messages import said
from policy_match.outputs import there

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from policy_match.advice.finding import FoundCode
    from policy_match.advice.interview import Interview
    from policy_match.api.origin import Origin
    from policy_match.api.usage import Looks
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.texts import Window
    from policy_match.firms.registers.looking import Look
    from policy_match.ir.program import OutOfForce, Policy, Program
    from policy_match.language.messages import Message
    from policy_match.screening.request import Progress, Screening


class Law:
    """A rulebook as of one day.

    >>> import policy_match as pm
    >>> law = pm.load().on("2022-12-31")
    >>> law.assess({}).backend
    'reference'
    """

    def __init__(
        self, program: Program, origin: Origin, same: Window | None = None
    ) -> None:
        """Hold a program compiled from a rulebook; `same` are the days of this law."""
        self.program, self.origin = program, origin
        self._same = same

    @property
    def day(self) -> date:
        """The day whose law this is."""
        return self.program.day

    @property
    def facts(self) -> Mapping[str, FactSpec]:
        """The vocabulary: every fact by id, base facts and derived ones."""
        return self.program.facts

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies in force."""
        return self.program.policies

    @property
    def not_in_force(self) -> tuple[OutOfForce, ...]:
        """The policies that are not in force on the day, with their windows."""
        return self.program.out_of_force

    @property
    def every_policy(self) -> dict[str, Policy | OutOfForce]:
        """All policies by id, those in force first."""
        return every_policy(self.program)

    def policy(self, name: str) -> Policy | OutOfForce:
        """Return a policy by id or title, in force or not; raises UsageError."""
        return policy_of(self.program, name)

    def known(
        self, firm: Mapping[str, object] | Facts | Profile | str | PathLike[str]
    ) -> Facts:
        """Return what is known of a firm; raises ProfileError.

        A firm is a mapping of facts to values (numbers, days, bools; a string
        as in a profile, such as `"20..50"` or `"none"`; None where unknown), a
        profile, or the path of one.
        """
        program = self.program
        vocabulary = program.facts, program.systems, program.locale
        match firm:
            case Facts():
                return firm
            case Profile():
                return firm.facts(*vocabulary, on=self.day)
            case str() | PathLike():
                return read_profile(firm).facts(*vocabulary, on=self.day)
            case Mapping():
                return facts_of(firm, *vocabulary, day=self.day)
            case _:
                kind = type(firm).__name__
                raise UsageError(said("no-firm", kind=kind), said("give-a-firm"))

    def assess(
        self,
        firm: Mapping[str, object] | Facts | Profile | str | PathLike[str],
        *,
        backend: str = "reference",
        today: date | str | None = None,
        warn: Callable[[Message], None] = lambda _: None,
    ) -> Answer:
        """Return the answer for one firm, given as in `known`.

        `today` is the day from which deadlines are dated, by default the real
        one; no outcome depends on it.

        The backends of BACKENDS give the same answer; the reference evaluator
        is the fastest for firms one by one. Raises ProfileError,
        BackendUnavailableError, UsageError.
        """
        facts = self.known(firm)
        (found,) = match([(self.program, facts)], backend, warn)
        return Answer(replace(found, today=asked_on(today)), self.origin)

    def interview(self, profile: Profile | None = None) -> Interview:
        """Begin an interview, or go on with one; raises ProfileError."""
        from policy_match.advice.interview import Interview  # noqa: PLC0415

        return Interview(self.program, profile)

    def list_policies(
        self,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        **looks: Unpack[Looks],
    ) -> str:
        """Return the list of all policies, in force or not, in one of FORMATS."""
        from policy_match import reports  # noqa: PLC0415

        one_of("format", format, reports.FORMATS)
        return reports.list_policies(self.program, format, lang, **looks)

    def show_policy(
        self,
        name: str,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        **looks: Unpack[Looks],
    ) -> str:
        """Return one policy in words: conditions, figures, documents, how to claim.

        Raises UsageError for an unknown one.
        """
        from policy_match import reports  # noqa: PLC0415

        one_of("format", format, reports.FORMATS)
        return reports.show_policy(
            self.program, self.policy(name).id, format, lang, **looks
        )

    def search(
        self,
        words: str,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
    ) -> str:
        """Return the policies and facts that words are about, as text or JSON."""
        from policy_match import reports  # noqa: PLC0415

        one_of("format", format, reports.LISTS)
        return reports.found(self.program, words, format, lang)

    def codes(self, fact: str, words: str, lang: str = "zh") -> tuple[FoundCode, ...]:
        """Return the codes of a fact that words may mean, the likeliest first.

        >>> import policy_match as pm
        >>> pm.load().on("2022-12-31").codes("industry_code", "玩具")[0]
        FoundCode(code='C245', name='玩具制造')

        Raises UsageError where there is no such fact, or its values are no codes.
        """
        from policy_match.advice.finding import codes  # noqa: PLC0415

        spec = self.facts.get(fact)
        coded = [name for name, one in self.facts.items() if one.type is FactType.CODE]
        if spec is None or spec.type is not FactType.CODE:
            hint = did_you_mean(fact, coded, said("known-values", known=tuple(coded)))
            raise UsageError(said("no-fact-of-codes", name=fact), hint)
        return codes(spec, self.program.systems.get(spec.system), words, lang)

    def list_facts(self, lang: str = "zh") -> list[dict[str, Any]]:
        """Return every fact as data: what it means, what it may be, who settles it."""
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
        from policy_match.reports.layouts.vocabulary import facts  # noqa: PLC0415

        return [as_data(one) for one in facts(self.program, lang)]

    def list_parameters(self, lang: str = "zh") -> list[dict[str, Any]]:
        """Return every figure of the law on the day as data, with its documents."""
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
        from policy_match.reports.layouts.vocabulary import figures  # noqa: PLC0415

        return [as_data(one) for one in figures(self.program, lang)]

    def list_documents(self, lang: str = "zh") -> list[dict[str, Any]]:
        """Return every document that the rulebook rests on as data."""
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
        from policy_match.reports.layouts.vocabulary import documents  # noqa: PLC0415

        return [as_data(one) for one in documents(self.program, lang)]

    def list_codes(
        self, fact: str, words: str, lang: str = "zh", most: int = 20
    ) -> list[dict[str, Any]]:
        """Return what `codes` finds as data, each with the names of what it is in."""
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
        from policy_match.reports.document.policies import CodeEntry  # noqa: PLC0415

        found = self.codes(fact, words, lang)[:most]
        system = self.program.systems.get(self.facts[fact].system)
        names = system.names if system else {}

        def path(code: str) -> tuple[str, ...]:
            above = (code[:length] for length in range(1, len(code)))
            return tuple(names[one].to(lang) for one in above if one in names)

        return [
            as_data(CodeEntry(code=one.code, name=one.name, path=path(one.code)))
            for one in found
        ]

    def questions(
        self,
        profile: Profile | None = None,
        lang: str = "zh",
        skipped: Collection[str] = (),
    ) -> dict[str, Any]:
        """Return what to ask a firm next as data, with how its answer stands.

        `skipped` are facts that it does not know; they are not asked again. Raises
        ProfileError.
        """
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
        from policy_match.reports.interview.document import document  # noqa: PLC0415

        interview = self.interview(profile)
        for fact in skipped:
            interview.answer(fact, "")
        findings = self.assess(interview.facts).findings
        found: dict[str, Any] = as_data(document(interview, findings, lang))
        return found

    def blank_profile(self, lang: str = "zh") -> str:
        """Return a profile in YAML in which nothing is known, every fact explained."""
        from policy_match.reports import blank_profile  # noqa: PLC0415

        return blank_profile(self.program, lang)

    def look(
        self,
        firms: str | PathLike[str],
        *,
        mapping: str | PathLike[str] | None = None,
        strict: bool = False,
        sheet: str = "",
        lang: str = "zh",
    ) -> Look:
        """Return how a register would be read, without screening it.

        `mapping` is a file that says what its columns are, `sheet` the one sheet of
        a workbook to read. Which policies can be
        answered is tried on its first firms. Raises ProfileError where the file
        cannot be used as a whole, BackendUnavailableError.
        """
        from policy_match.api.looking import look  # noqa: PLC0415

        known = None if mapping is None else Path(mapping)
        return look(
            self.program, Path(firms), known, lang, self.codes, strict=strict,
            sheet=sheet,
        )  # fmt: skip

    def show_look(
        self,
        found: Look,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        *,
        then: str = "",
    ) -> str:
        """Return how a register would be read as text, a page or JSON.

        `then` is the line that says what to do next.
        """
        from policy_match.screening import looked  # noqa: PLC0415

        one_of("format", format, looked.FORMATS)
        return looked.render_look(found, self.program, format, lang, then)

    def screen(  # noqa: PLR0913  (what a screening can be asked)
        self,
        firms: str | PathLike[str],
        out: str | PathLike[str],
        *,
        claims: str | PathLike[str] | None = None,
        lang: str = "zh",
        everything: bool = False,
        mapping: str | PathLike[str] | None = None,
        sheet: str = "",
        strict: bool = False,
        most_rejects: float = 0.1,
        resume: bool = False,
        history: str | PathLike[str] | None = None,
        today: date | str | None = None,
        backend: str = "polars",
        progress: Progress | None = None,
    ) -> Screening:
        """Screen a register and write the result into the directory `out`.

        `claims` is what has been claimed so far; `everything` writes findings
        nobody has to act on as well; `mapping` is a file that says what the
        columns of the register are, `sheet` the one of a workbook to read; `strict`
        refuses a row for any cell that cannot be read; with a larger share of
        refused rows than `most_rejects` nothing is written; `resume` goes on from
        the finished parts
        of a run that was stopped, asked on the day on which that was; `today` is
        the day from which deadlines are dated, by default the real one; `history`
        is a file that keeps every run. Raises ProfileError where a file cannot be
        used as a whole, UsageError where the result cannot be written,
        BackendUnavailableError.
        """
        try:
            from policy_match.screening.request import (  # noqa: PLC0415
                Progress,
                Request,
            )
            from policy_match.screening.run import screen  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise BackendUnavailableError(backend, said("install-screen")) from error
        request = Request(
            self.program,
            Path(firms),
            None if claims is None else Path(claims),
            Path(out),
            lang,
            hashlib.sha256(self.origin.parameters or b"").hexdigest(),
            everything,
            resume,
            None if history is None else Path(history),
            strict=strict,
            mapping=None if mapping is None else Path(mapping),
            sheet=sheet,
            most_rejects=most_rejects,
            today=asked_on(today),
            same_law=self._same,
            backend=backend,
        )
        return screen(request, progress or Progress())


def read_profile(file: str | PathLike[str] | tuple[str, bytes]) -> Profile:
    """Return the profile in a file, or in named bytes; raises ProfileError."""
    if isinstance(file, tuple):
        name, data = file
        return Profile(data, name)
    try:
        path = Path(file)
        if there(path) == "other":
            message = said("unreadable", reason=said("no-regular-file"))
            raise ProfileError([Fault(Place(str(file)), "F507", message)])
        return Profile(path.read_bytes(), str(file))
    except (OSError, ValueError) as error:
        message = said("unreadable", reason=reason(error))
        raise ProfileError([Fault(Place(str(file)), "F507", message)]) from None
