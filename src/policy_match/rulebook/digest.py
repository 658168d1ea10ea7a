"""A rulebook's digest: one for a meaning, however its files are written.

SHA-256 over a canonical text of the declarations. Layout, comments, key order,
the spread over files and examples take no part; everything that can change an
answer, or what people read in it, does.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from policy_match.domain.texts import Citation, Text, Window
from policy_match.rulebook.condition_models import If
from policy_match.rulebook.loader import SECTIONS
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import ParameterModel


def digest(book: Book, local: Mapping[str, ParameterModel]) -> str:
    """Return `sha256:` and the digest of a book with its local parameters."""
    content = {section: _canonical(getattr(book, section)) for section in SECTIONS}
    content["rulebook"] = _canonical(book.manifest)
    for section in ("relations", "plausibility"):
        parts = [_canonical(part) for part in getattr(book, section)]
        content[section] = sorted(parts, key=json.dumps)
    if book.code_lists:
        lists = {name: found.codes for name, found in book.code_lists.items()}
        content["code_lists"] = _canonical(lists)
    if local:
        content["local"] = _canonical(local)
    # Order of declaration is meaning only within a group, which is a list.
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:  # noqa: ANN401  (any part of a model)
    match value:
        case If(condition=formula, cite=(), says=None, why=None):
            return str(formula)
        case BaseModel():
            return {
                info.alias or name: _canonical(getattr(value, name))
                for name, info in type(value).model_fields.items()
                if name != "examples" and getattr(value, name) is not None
            }
        case Text(by_language=texts):
            return dict(texts)
        case Citation(window=Window(start=start, end=end)):
            return [str(value), _canonical(start), _canonical(end)]
        case Citation() | Parsed() | date():
            return str(value)
        case Enum():
            return value.value
        case tuple() | list():
            return [_canonical(part) for part in value]
        case dict():
            return {str(key): _canonical(part) for key, part in value.items()}
        case _:
            return value
