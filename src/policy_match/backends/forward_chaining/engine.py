"""durable-rules, driven so that none of its traps can spring.

Of the engine's Python layer only `Ruleset` is used. Its `Host` dispatches from
background threads, which crash once a session has been deleted; it swallows
what an action raises, drops the rules that are left after ten seconds, and runs
an action of two parameters asynchronously. So the loop over matched rules is
here: one thread, one session, and errors leave it like any other error.

Only what is sound in version 2.0.28 is ever written: tests on one message
joined by `$and`, joins of two messages, and `count`. Its limits are checked
when a ruleset is built.
"""

from __future__ import annotations

import json
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.errors import BackendError, BackendUnavailableError, UnsupportedError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MEND = said("install-durable")
"""The command that builds durable-rules, whose source predates Python 3.13."""

Fact = dict[str, str | int]
"""A message of the engine: flat, of texts and 64-bit integers, with an `id`."""

Term = tuple[str, str, str | int]
"""A test on one property: `("=", "truth", "T")` or `(">=", "low", 3)`."""

_OPERATORS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}

MOST_RULES = 4_000
MOST_SIBLINGS = 500
"""Different tests that may follow one and the same test; the engine hangs at 512."""
MOST_RULES_A_TEST = 250
MOST_TERMS = 28
MOST_JOINED = 2
SESSION = "0"
"""Of a message without `sid`; there is never more than one session."""


class LimitError(UnsupportedError):
    """A ruleset that is larger than the engine can hold."""


class Rule(NamedTuple):
    """What must be in working memory, and how often, for the rule to fire.

    `when` holds one pattern, or two that are joined; a pattern is a
    conjunction of terms on one message.
    """

    when: tuple[tuple[Term, ...], ...]
    times: int = 1


class Identities:
    """Ids of messages, no two with the hash by which the engine knows them."""

    def __init__(self) -> None:
        """Have given out nothing."""
        self._numbers = count(1)
        self._hashes = {0, fnv1a(SESSION)}

    def new(self) -> str:
        """Return an id that was never returned before."""
        while True:
            text = str(next(self._numbers))
            digest = fnv1a(text)
            if digest not in self._hashes:
                self._hashes.add(digest)
                return text


def fnv1a(text: str) -> int:
    """Return the 32-bit hash by which the engine tells ids apart.

    >>> hex(fnv1a("a"))
    '0xe40c292c'
    """
    digest = 0x811C9DC5
    for byte in text.encode():
        digest = ((digest ^ byte) * 0x01000193) & 0xFFFFFFFF
    return digest


def load() -> Any:  # noqa: ANN401 - durable-rules has no types
    """Return the engine's module; raises BackendUnavailableError with the mend."""
    try:
        import_module("durable")
        return import_module("durable.engine")
    except Exception as error:  # a build for another Python fails in many ways
        backend = "durable-rules"
        raise BackendUnavailableError(backend, MEND) from error


class RuleEngine:
    """One ruleset, compiled by the engine; one firm at a time."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        """Compile the rules.

        Raises LimitError where they are more than the engine can hold, and
        BackendUnavailableError where there is no engine.
        """
        check_limits(rules)
        module = load()
        self._native = module.durable_rules_engine
        self._names = list(rules)
        # The engine reads names less carefully than values: it gets numbers.
        definition = {str(n): _definition(r) for n, r in enumerate(rules.values())}
        self._ruleset = _call(module.Ruleset, "policy-match", None, definition)
        self._open = True

    def infer(
        self,
        start: Sequence[Fact],
        act: Callable[[str, list[Fact]], Iterable[Fact]],
    ) -> list[Fact]:
        """Return all of working memory once no rule matches any more.

        `act` is called with the name of each rule that fires and the messages
        it matched, and returns further messages to assert. A message whose id
        was asserted before says nothing new and is left out. One message of
        `start` must match a rule by itself. Raises BackendError where the
        engine fails, and whatever `act` raises.
        """
        said = {fact["id"] for fact in start}
        session, matched = self._begin(start)
        try:
            while matched:
                new: list[Fact] = []
                for rule, messages in self._fired(matched, session):
                    for fact in act(rule, messages):
                        if fact["id"] not in said:
                            said.add(fact["id"])
                            new.append(fact)
                # Asserting what a whole round has said is cheaper than rule by rule.
                matched = self._go_on(new, session) if new else None
            found: list[Fact] = _call(self._ruleset.get_facts, SESSION)
            return found
        finally:
            self._ruleset.delete_state(SESSION)

    def _fired(
        self, matched: str | None, session: int
    ) -> Iterator[tuple[str, list[Fact]]]:
        """Yield rules that match what was asserted before, with their messages."""
        following = self._native.complete_and_start_action
        while matched:
            ((number, messages),) = json.loads(matched).items()
            yield self._names[int(number)], _facts(messages)
            matched = _call(following, self._handle, session)

    def _go_on(self, new: Sequence[Fact], session: int) -> str | None:
        """Assert messages and return the next match, None where there is none."""
        _call(self._ruleset.assert_facts, new)
        fired = _call(self._native.start_action_for_state, self._handle, session)
        return fired[1] if fired else None

    def _begin(self, start: Sequence[Fact]) -> tuple[int, str | None]:
        """Return the session's handle and the first match."""
        if not self._open:
            raise BackendError(said("engine-closed"))
        fired: tuple[str, str] | None = None
        try:
            session: int = _call(self._ruleset.assert_facts, start)
            fired = _call(self._native.start_action_for_state, self._handle, session)
        finally:
            if fired is None:  # to delete its session now would crash
                self.close()
        if fired is None:
            raise BackendError(said("engine-silent"))
        return session, fired[1]

    @property
    def _handle(self) -> int:
        handle: int = self._ruleset._handle  # noqa: SLF001 - it has no other name
        return handle

    def close(self) -> None:
        """Free the ruleset."""
        if self._open:
            self._open = False
            self._native.delete_ruleset(self._handle)


def _call(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
    try:
        return function(*arguments)
    except Exception as error:
        why = getattr(error, "message", None) or error
        raise BackendError(said("engine-failed", why=why)) from error


def _facts(messages: Any) -> list[Fact]:  # noqa: ANN401 - JSON of the engine
    if isinstance(messages, dict):
        return [messages[alias] for alias in sorted(messages)]
    return [fact for message in messages for fact in message.values()]


def _definition(rule: Rule) -> dict[str, Any]:
    patterns = [
        {f"m{position}": {"$and": list(map(_term, terms))}}
        for position, terms in enumerate(rule.when)
    ]
    counted = {"count": rule.times} if rule.times > 1 else {}
    return {"all": patterns, "run": None, **counted}


def _term(term: Term) -> dict[str, Any]:
    operator, name, value = term
    test = {name: value}
    return test if operator == "=" else {_OPERATORS[operator]: test}


def check_limits(rules: Mapping[str, Rule]) -> None:
    """Raise LimitError where the engine would hang, crash or forget rules."""
    at_most(MOST_RULES, len(rules), "limit-rules")
    tree = _Tests()
    for rule in rules.values():
        at_most(MOST_JOINED, len(rule.when), "limit-joined")
        for terms in rule.when:
            at_most(MOST_TERMS, len(terms), "limit-terms")
            here = tree
            for term in terms:
                here = here[term]
            here.rules += 1
            at_most(MOST_RULES_A_TEST, here.rules, "limit-rules-a-test")
    tree.check()


class _Tests(dict[Term, "_Tests"]):
    """The tests that follow a test, as the engine shares them among rules."""

    rules = 0

    def __missing__(self, term: Term) -> _Tests:
        self[term] = found = _Tests()
        return found

    def check(self) -> None:
        at_most(MOST_SIBLINGS, len(self), "limit-siblings")
        for below in self.values():
            below.check()


def at_most(most: int, found: int, what: str) -> None:
    """Raise LimitError where there are more than the engine holds, of a `limit-…`."""
    if found > most:
        raise LimitError(said("engine-holds", found=found, what=said(what), most=most))
