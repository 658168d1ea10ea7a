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

__all__ = ["STYLE", "drawn", "pygal"]

sys.meta_path[:] = [hook for hook in sys.meta_path if hasattr(hook, "find_spec")]

STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#5b6570",
    foreground_strong="#1c2126",
    foreground_subtle="#dde2e7",
    guide_stroke_color="#dde2e7",
    major_guide_stroke_color="#c3cad1",
    colors=(
        "#116b43",
        "#e0a63b",
        "#3a6ea5",
        "#a1261b",
        "#6b4e9b",
        "#5b6570",
        "#b5651d",
        "#2a9d8f",
        "#8a5300",
    ),
    opacity="1",
    font_family="inherit",
    label_font_size=12,
    major_label_font_size=12,
    legend_font_size=13,
    tooltip_font_size=12,
)
"""How every chart looks."""


def drawn(chart: BaseGraph, name: str) -> Markup:
    """Return a chart as SVG; `name` is its own within the page.

    pygal would draw lots for an identifier, and no page would be like another.
    """
    chart.uuid = name
    return Markup(chart.render(is_unicode=True))  # noqa: S704  (pygal escapes its texts)
