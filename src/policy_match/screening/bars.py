"""Bars of pages: shares of a hundred, the figure always beside them."""

from __future__ import annotations

from markupsafe import Markup


def bar(width: float, kind: str = "") -> Markup:
    """Return a bar of a share in per cent; the figure stands beside it."""
    inside = f'<rect class="fill {kind}" width="{width:.2f}" height="10"/>'
    return _svg(f'<rect class="track" width="100" height="10"/>{inside}')


def band(low: float, high: float, at: float) -> Markup:
    """Return a range of shares in per cent, with a mark where the share stands."""
    width = max(high - low, 0.6)
    return _svg(
        '<rect class="track" y="4.4" width="100" height="1.2"/>'
        f'<rect class="band" x="{low:.1f}" y="1" width="{width:.1f}" height="8"/>'
        f'<rect class="tick" x="{at - 0.45:.2f}" width=".9" height="10"/>'
    )


def _svg(inside: str) -> Markup:
    return Markup(  # noqa: S704  (figures alone)
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" '
        f'aria-hidden="true">{inside}</svg>'
    )
