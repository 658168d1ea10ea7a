"""How many examples: few by default, a thousand each with `HYPOTHESIS_PROFILE=ci`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
_EXAMPLES = {"quick": 25, "default": 200, "ci": 1000}

for _name, _count in _EXAMPLES.items():
    settings.register_profile(
        _name,
        max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", _count)),
        suppress_health_check=_SLOW,
        deadline=None,
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
