"""Numbers, days and lists as a language writes them: CLDR's data, by Babel.

What CLDR does not say (from where on digits are grouped, which powers of ten
have a word, how money is written) stands in `formats.json` of each language.
Babel is imported with the first figure, so that no command waits for it in vain.
"""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.language.directory import HERE, LANGUAGES, spoken_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from babel.core import Locale as _Cldr


_KEPT = 4096
"""Numbers in words that are kept; the same ones come again and again."""
_CENTS = 100


@dataclass(frozen=True)
class Formats:
    """How one language writes what Babel cannot know."""

    name: str
    """What the language calls itself."""
    locale: str
    """The locale of CLDR that it is written by."""
    tag: str
    """What a page names as its language."""
    script: str
    """How Unicode's names of its letters begin."""
    grouped_from: int
    """The number from which on digits stand in groups."""
    powers: Mapping[str, int]
    """Words for powers of ten, the greatest first, that round numbers go by."""
    overview: Mapping[str, int]
    """The same, where a sum is told in few digits."""
    money: Mapping[str, str]
    """An amount by its currency; under the empty name, in any other."""


@cache
def formats(lang: str) -> Formats:
    """Return how a language writes; English where nobody wrote `lang`."""
    file = HERE / spoken_for(lang) / "formats.json"
    return Formats(**json.loads(file.read_bytes()))


@cache
def _cldr(lang: str) -> _Cldr:
    from babel.core import Locale  # noqa: PLC0415  (see above)

    return Locale.parse(formats(lang).locale)


def day_words(day: date, lang: str) -> str:
    """Return a day in words.

    >>> from datetime import date
    >>> day_words(date(2022, 6, 30), "zh"), day_words(date(2022, 6, 30), "en")
    ('2022年6月30日', '30 June 2022')
    """
    from babel.dates import format_date  # noqa: PLC0415  (see above)

    return format_date(day, "long", locale=_cldr(lang))


@lru_cache(_KEPT)
def number_words(value: int | Decimal, lang: str, *, places: int = 0) -> str:
    """Return a number with all its digits, and at least `places` behind the point.

    >>> number_words(Decimal("1234.5"), "zh"), number_words(Decimal("1234.5"), "en")
    ('1234.5', '1,234.5')
    """
    from babel.numbers import format_decimal  # noqa: PLC0415  (see above)

    return format_decimal(
        value,
        format=f"#,##0.{'0' * places or '#'}",
        locale=_cldr(lang),
        decimal_quantization=False,
        group_separator=abs(Decimal(value)) >= formats(lang).grouped_from,
    )


def tabled(number: int | Decimal, lang: str, *, places: int = 0) -> str:
    """Return a number as a column has it: its digits in groups, however few.

    >>> tabled(1234, "zh"), tabled(Decimal("1234.5"), "en", places=2)
    ('1,234', '1,234.50')
    """
    from babel.numbers import format_decimal  # noqa: PLC0415  (see above)

    return format_decimal(
        number, format="#,##0" + f".{'0' * places}" * bool(places), locale=_cldr(lang)
    )


def money_words(cents: int, lang: str, currency: str) -> str:
    """Return money, counted in hundredths: in a word for a power of ten where round.

    >>> money_words(2_350_000_000, "zh", "CNY"), money_words(300_000_000, "en", "CNY")
    ('2350万元', 'CNY 3,000,000')
    """
    written = formats(lang)
    pattern = written.money.get(currency, written.money[""])
    return pattern.format(figure=figure_words(cents, lang), currency=currency)


def figure_words(hundredths: int, lang: str) -> str:
    """Return a figure, counted in hundredths: in a word for a power of ten where round.

    >>> figure_words(2_350_000_000, "zh"), figure_words(12_050, "zh")
    ('2350万', '120.50')
    """
    for word, size in formats(lang).powers.items():
        if abs(hundredths) >= size * _CENTS and hundredths % size == 0:
            return f"{Decimal(hundredths // size) / _CENTS:f}{word}"
    places = 2 if hundredths % _CENTS else 0
    return number_words(Decimal(hundredths) / _CENTS, lang, places=places)


def unit_words(lang: str, currency: str) -> str:
    """Return what a column of money is headed with.

    >>> unit_words("zh", "CNY"), unit_words("en", "EUR")
    ('元', 'EUR')
    """
    pattern = formats(lang).money.get(currency, "{currency}")
    return pattern.format(figure="", currency=currency)


def rounded_money(cents: int, lang: str, currency: str) -> str:
    """Return money with two decimals of its greatest power of ten; less, exactly.

    >>> rounded_money(5_396_123_400, "en", "CNY")
    'CNY 53.96 million'
    """
    written = formats(lang)
    for word, size in written.overview.items():
        if abs(cents) >= size * _CENTS:
            digits = Decimal(round(Fraction(cents, size))) / _CENTS
            figure = number_words(digits, lang) + word
            pattern = written.money.get(currency, written.money[""])
            return pattern.format(figure=figure, currency=currency)
    return money_words(cents, lang, currency)


def share_words(share: Decimal | float, lang: str) -> str:
    """Return a share in per cent, with one decimal.

    >>> share_words(1 / 3, "en")
    '33.3%'
    """
    from babel.numbers import format_percent  # noqa: PLC0415  (see above)

    return format_percent(share, format="0.0%", locale=_cldr(lang))


def listed(parts: Iterable[str], lang: str, style: str) -> str:
    """Return parts in a row, the last joined by "and" or "or": 甲、乙或丙.

    >>> listed(["a", "b", "c"], "en", "or"), listed(["甲", "乙"], "zh", "or")
    ('a, b or c', '甲或乙')
    """
    from babel.lists import format_list  # noqa: PLC0415  (see above)

    style = {"and": "standard"}.get(style, style)
    return format_list([*parts], style=style, locale=_cldr(lang))  # type: ignore[arg-type]


def plural(count: int, lang: str) -> str:
    """Return the form of a text that goes with a count, by CLDR's name of it.

    >>> plural(1, "en"), plural(2, "en"), plural(1, "zh")
    ('one', 'other', 'other')
    """
    return str(_cldr(lang).plural_form(count))


def in_script(text: str, lang: str) -> bool:
    """Whether a text stands in the script of a language; foreign letters aside.

    >>> in_script("USCC代码", "zh"), in_script("USCC代码", "en")
    (True, False)
    """
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in text}
    scripts &= {formats(one).script for one in LANGUAGES}
    own = formats(lang).script
    return own in scripts and scripts <= {own, "LATIN"}
