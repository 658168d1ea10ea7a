"""Properties in shards: several tests of fewer cases each, for several cores."""

from __future__ import annotations

import pytest

from tests.conftest import SHARD, THOROUGH

_CASES = 1000
"""What a property is tried on in the thorough profile, unless marked otherwise."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give every property the number of its shard, which it does not see."""
    if THOROUGH and getattr(metafunc.function, "is_hypothesis_test", False):
        marker = metafunc.definition.get_closest_marker("cases")
        cases = marker.args[0] if marker else _CASES
        shards = -(-cases // SHARD)  # none would be a test that is passed over
        metafunc.fixturenames.append("shard")
        metafunc.parametrize("shard", range(shards), indirect=True, scope="session")


@pytest.fixture(scope="session")
def shard(request: pytest.FixtureRequest) -> int:
    """Return the number of the shard."""
    number: int = request.param
    return number
