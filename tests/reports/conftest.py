"""The browser that prints, opened once for all tests of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.paper import printer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module")
def printed() -> Iterator[Callable[[str], list[str]]]:
    """Yield what prints a page and returns the text of each sheet of paper."""
    with printer() as prints:
        yield prints
