"""What all tests share: the shipped rulebook, loaded once."""

from __future__ import annotations

import pytest

from policy_match.compiler import Rulebook, load_files
from policy_match.rulebook.files import read_directory, shipped_rules


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """Return the shipped rulebook."""
    return load_files(read_directory(shipped_rules()))
