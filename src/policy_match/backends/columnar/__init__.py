"""The columnar backend: a register screened with Polars, a part at a time."""

from policy_match.backends.columnar.findings import Amount, Found, findings_of
from policy_match.backends.columnar.frames import frame_of
from policy_match.backends.columnar.screener import Screener, compile  # noqa: A004

__all__ = ["Amount", "Found", "Screener", "compile", "findings_of", "frame_of"]
