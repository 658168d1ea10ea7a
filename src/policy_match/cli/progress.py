"""How far a screening has come, on stderr; silent where nobody watches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from policy_match.cli import console
from policy_match.language.words import label
from policy_match.screening.request import Progress

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Task

    from policy_match.language.messages import Message


class _Rate(ProgressColumn):
    """Firms a second."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before there is one."""
        if not task.speed:
            return Text()
        return Text(label("per-second", self._lang, count=round(task.speed)))


class Bar(Progress):
    """Shows a screening's progress with its rate and the time left."""

    def __init__(self, lang: str) -> None:
        """Show nothing yet."""
        super().__init__()
        self._lang = lang
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(lang),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._bars.add_task(label("reading", lang), total=None)

    def __enter__(self) -> Self:
        """Start to show progress."""
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing on the screen."""
        self._bars.stop()

    def warn(self, message: Message) -> None:
        """Write a warning."""
        console.say(message)

    def expect(self, rows: int | None) -> None:
        """Set how many rows there are."""
        name = label("screening", self._lang)
        self._bars.update(self._task, total=rows, description=name)

    def rows(self, number: int) -> None:
        """Go on by so many rows."""
        self._bars.advance(self._task, number)

    def stage(self, name: str) -> None:
        """Say what is done now."""
        self._bars.update(self._task, description=label(name, self._lang))
