"""pygal, without the import hook that it leaves behind.

The hook, for plugins of old, lacks the method that Python asks of every hook;
whoever looks through the hooks, as pytest does, would fail.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pygal
from markupsafe import Markup
from pygal.style import Style

if TYPE_CHECKING:
    from pygal.graph.base import BaseGraph

__all__ = ["Style", "drawn", "pygal"]

sys.meta_path[:] = [hook for hook in sys.meta_path if hasattr(hook, "find_spec")]


def drawn(chart: BaseGraph, name: str) -> Markup:
    """Return a chart as SVG; `name` is its own within the page.

    pygal would draw lots for an identifier, and no page would be like another.
    """
    chart.uuid = name
    return Markup(chart.render(is_unicode=True))  # noqa: S704  (pygal escapes its texts)
