"""policy-match: which incentives a firm is entitled to, and why.

>>> import policy_match as pm
>>> book = pm.load()
>>> answer = book.on("2022-12-31").assess({"name": "a firm of which nothing is known"})
>>> answer.ineligible  # what is not known refuses nothing
()

docs/python.md tells the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match.version import __version__

if TYPE_CHECKING:
    from policy_match.api import (
        Answer,
        Comparison,
        Law,
        Profile,
        Replay,
        Rulebook,
        compare,
        load,
        notices,
        read_profile,
        render,
        replay,
        takeup,
    )
    from policy_match.domain.possible import Choice, Interval, Listing
    from policy_match.errors import (
        BackendUnavailableError,
        PolicyMatchError,
        ProfileError,
        RecordError,
        RulebookError,
        UsageError,
    )
    from policy_match.semantics.outcome import Finding, Outcome

__all__ = [
    "Answer",
    "BackendUnavailableError",
    "Choice",
    "Comparison",
    "Finding",
    "Interval",
    "Law",
    "Listing",
    "Outcome",
    "PolicyMatchError",
    "Profile",
    "ProfileError",
    "RecordError",
    "Replay",
    "Rulebook",
    "RulebookError",
    "UsageError",
    "__version__",
    "compare",
    "load",
    "notices",
    "read_profile",
    "render",
    "replay",
    "takeup",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any public name)
    # What is public is found when it is first used, so that to import a part of
    # the package does not import all of it.
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415

        for place in ("api", "errors", "semantics.outcome", "domain.possible"):
            module = import_module(f"policy_match.{place}")
            if hasattr(module, name):
                return getattr(module, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return [*__all__]
