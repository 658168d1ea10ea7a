"""What the package says to people who give it input, by key and language.

A `Message` is its English text, so that errors read well in a log, and it
keeps its key and fields, so that a console can say it in another language.
Names, conditions and days stand in it as they stand in the file.
"""

from __future__ import annotations

import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Self

from policy_match.language.words import fitting, label, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 60
"""Characters of a value that a message repeats; the rest becomes `…`."""


LONGEST_PATH = 4096
"""Characters of a path that a message repeats; a longer one leads nowhere."""


class Unshortened(str):
    """A field that is of no use in part, such as a place in a file."""

    __slots__ = ()


class Message(str):
    """One sentence: its English text, its key, and the fields it is made of.

    >>> said("not-a-day", text="2022-02-30").to("zh")
    '“2022-02-30”不是日期'
    """

    key: str
    fields: Mapping[str, Any]

    __slots__ = ("fields", "key")

    def __new__(cls, key: str, fields: Mapping[str, Any]) -> Self:
        """Write the English text; raises KeyError for a key nobody declared."""
        message = super().__new__(cls, _written(key, fields, "en"))
        message.key, message.fields = key, fields
        return message

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:  # type: ignore[override]
        """Rebuild from key and fields, so that a message crosses processes."""
        return self.key, self.fields

    def to(self, language: str) -> str:
        """Return the message in a language; English where it has no other."""
        return _written(self.key, self.fields, language)


def said(key: str, /, **fields: Any) -> Message:  # noqa: ANN401  (texts, numbers, words in languages)
    """Return the message `key` with its fields."""
    return Message(key, fields)


def in_language(text: str, language: str) -> str:
    """Return a message in `language`; any other text as it is."""
    return text.to(language) if isinstance(text, Message) else text


def _written(key: str, fields: Mapping[str, Any], language: str) -> str:
    shown = {name: _shown(field, language) for name, field in fields.items()}
    text = fitting(sentence(key, language), language, fields)
    return text.format(**shown)


def _shown(field: Any, language: str) -> str:  # noqa: ANN401
    """Return a field as a sentence repeats it: on one line, and not at length."""
    if isinstance(field, tuple):
        return label("comma", language).join(_shown(part, language) for part in field)
    if isinstance(field, Message):
        return field.to(language)
    if isinstance(field, PurePath | Unshortened):
        return clean(shortened_path(str(field)))
    if hasattr(field, "to"):
        return clean(field.to(language))
    return shortened(clean(str(field)))


def shortened(text: str) -> str:
    """Return at most `LONGEST` characters of a text."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def shortened_path(path: str) -> str:
    """Return a path whole, unless it is longer than what systems open."""
    return path if len(path) <= LONGEST_PATH else path[: LONGEST - 1] + "…"


def clean(text: str) -> str:
    r"""Return `text` without what moves a cursor or turns the writing direction.

    >>> clean("a\n\x1b[31mb")
    'a �[31mb'
    """
    # Nearly every text is printable, which C code tells at once.
    return text if text.isprintable() else "".join(_printable(text))


def _printable(text: str) -> Iterable[str]:
    for char in text:
        if char in "\t\n\r\x85\u2028\u2029":
            yield " "
        elif unicodedata.category(char) in {"Cc", "Cf", "Cs"}:
            yield "\ufffd"
        else:
            yield char
