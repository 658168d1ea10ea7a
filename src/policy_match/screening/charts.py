"""pygal, without the import hook that it leaves behind.

The hook, for plugins of old, lacks the method that Python asks of every hook;
whoever looks through the hooks, as pytest does, would fail.
"""

from __future__ import annotations

import sys

import pygal
from pygal.style import Style

__all__ = ["Style", "pygal"]

sys.meta_path[:] = [hook for hook in sys.meta_path if hasattr(hook, "find_spec")]
