"""What differs between two laws as text, data, Markdown and a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.media import encodable, terminal
from policy_match.reports.comparison.document import document
from policy_match.reports.comparison.view import comparison
from policy_match.reports.document.encoding import as_json
from policy_match.reports.layouts.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.comparison import Effects, LawChanges
    from policy_match.reports.comparison.view import Comparison, Entry


def render_comparison(  # noqa: PLR0913
    changes: LawChanges,
    effects: Effects | None,
    format: str,  # noqa: A002
    lang: str,
    *,
    color: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Return a comparison in one of FORMATS."""
    if format == "json":
        return as_json(document(changes, effects, lang))
    found = comparison(changes, effects, lang)
    if format == "text":
        text = "\n".join(_Page(found, Screen(width, color)).lines()) + "\n"
        return encodable(terminal(text), encoding)
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415

    return page("comparison", format, found.lang, found=found)


# ---- text


class _Page:
    """A comparison on a terminal."""

    def __init__(self, found: Comparison, screen: Screen) -> None:
        self.found, self.screen = found, screen

    def _word(self, key: str, **values: object) -> str:
        from policy_match.language.words import label  # noqa: PLC0415

        return label(key, self.found.lang, **values)

    def lines(self) -> Iterator[str]:
        """Yield every line, top to bottom."""
        found, screen = self.found, self.screen
        yield from screen.wrapped(found.title, kind="bold")
        yield screen.rule()
        for text in found.summary:
            yield from screen.wrapped(text)
        if found.effects is not None:
            yield ""
            yield screen.style(self._word("touched"), "heading")
            if not found.effects:
                yield from screen.wrapped(self._word("no-effect"), "· ")
            for entry in found.effects:
                yield from self._entry(entry)
        for entry in found.policies:
            yield ""
            yield from self._entry(entry)
        for key, texts in (
            ("figures-changed", found.figures),
            ("facts-changed", found.facts),
            ("change-reworded", found.reworded),
        ):
            if texts:
                yield ""
                yield screen.style(self._word(key), "heading")
                for text in texts:
                    yield from screen.wrapped(text, "· ")
        yield ""
        yield screen.rule()
        yield from screen.wrapped(found.disclaimer, kind="dim")

    def _entry(self, entry: Entry) -> Iterator[str]:
        screen = self.screen
        yield from screen.sides(entry.title, entry.chip, ("bold", "dim"))
        for line in entry.before:
            yield from screen.wrapped(line, "  − ", kind="failed")
        for line in entry.after:
            yield from screen.wrapped(line, "  + ", kind="met")
        for line in entry.notes:
            yield from screen.wrapped(line, "    ")
