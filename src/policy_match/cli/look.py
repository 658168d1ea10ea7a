"""What `screen --check-only` says: how a register would be read."""

from __future__ import annotations

import json
from typing import Any

from policy_match.language.messages import clean, shortened
from policy_match.language.words import label

_VALUE = 20


def shown(found: dict[str, Any], lang: str, form: str) -> str:
    """Return how a register would be read, as text or as JSON."""
    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=2)
    rows = found["rows"]
    gaps = {key: found[key] for key in ("file", "row", "rows", "refused")}
    lines = [label("look-file", lang, **gaps)]
    lines += [_column(one, rows, lang) for one in found["columns"]]
    lines.append(label("look-answered", lang, count=len(found["answered"])))
    lines += [f"  {clean(warning)}" for warning in found["warnings"]]
    return "\n".join(lines)


def _column(one: dict[str, Any], rows: int, lang: str) -> str:
    heading = shortened(clean(one["heading"]))
    share = f"{one['filled'] / rows:.0%}" if rows else "0%"
    fact = one["fact"] or label("look-unknown", lang)
    if not one["fact"] and one["proposal"]:
        fact += label("look-perhaps", lang, fact=one["proposal"])
    unit = f" ×10^{one['power']}" if one["power"] else ""
    line = f"  {heading} → {fact}{unit}  {share}"
    if one["unreadable"]:
        values = ", ".join(clean(value)[:_VALUE] for value in one["common"])
        line += label("look-unreadable", lang, count=one["unreadable"], values=values)
    return line
