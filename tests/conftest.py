"""What all tests share: the shipped rulebook, loaded once, and how much is tried.

`HYPOTHESIS_PROFILE` is `quick`, for everyday work, or `thorough`.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from policy_match.compiler.rulebook import Rulebook, load_files
from policy_match.rulebook.files import read_directory, shipped_rules

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")
THOROUGH = PROFILE == "thorough"
SHARD = 250
"""Cases of one shard of a property in the thorough profile."""
_EXAMPLES = {"quick": 25, "thorough": SHARD}
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

for _name, _count in _EXAMPLES.items():
    settings.register_profile(
        _name,
        max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", _count)),
        suppress_health_check=_SLOW,
        deadline=None,
    )
settings.load_profile(PROFILE)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """Return the shipped rulebook."""
    return load_files(read_directory(shipped_rules()))
