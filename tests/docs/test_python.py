"""docs/python.md does what it says, example by example."""

from __future__ import annotations

import doctest

from tests.docs.markdown import ROOT


def test_the_examples_come_out_as_shown() -> None:
    """The page is one session."""
    page = ROOT / "docs" / "python.md"
    ran = doctest.testfile(str(page), module_relative=False)
    assert ran.attempted > 10
    assert ran.failed == 0
