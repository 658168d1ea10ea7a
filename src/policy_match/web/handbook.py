"""What stands on a page of the handbook, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policy_match.language.words import LANGUAGES

if TYPE_CHECKING:
    from policy_match import api


def page_data(law: api.Law, name: str) -> Any | None:  # noqa: ANN401  (any JSON)
    """Return the JSON beside a page, by the page's path without `.html`; else None."""
    lang, _, page = name.partition("/")
    if lang not in LANGUAGES:
        return None
    match page.split("/"):
        case ["policies", policy] if policy in law.every_policy:
            return json.loads(law.show_policy(policy, "json", lang))
        case ["sections" | "departments" | "kinds" | "plan"]:
            return json.loads(law.list_policies("json", lang))
        case ["figures"]:
            return law.list_parameters(lang)
        case ["facts"]:
            return law.list_facts(lang)
        case ["documents"]:
            return law.list_documents(lang)
        case _:
            return None
