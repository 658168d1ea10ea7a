"""Articles as an English reader cites them: 第十二条 is Article 12."""

from __future__ import annotations

import re

from policy_match.language.formats import in_script
from policy_match.language.words import label

_DIGITS = "零一二三四五六七八九"
_NUMERAL = f"[{_DIGITS}十百]+"
_PARTS = {"条": "article", "款": "paragraph", "项": "item", "章": "chapter"}
_ARTICLE = re.compile(f"第({_NUMERAL}|\\d+)([{''.join(_PARTS)}])")
_SECTION = re.compile(rf"([{_DIGITS}十]+)[(（]([{_DIGITS}十]+)[)）](\d*)")


def article_words(article: str, lang: str) -> str:
    """Return an article in `lang`; what is not understood stays as it is.

    >>> article_words("第二十八条第一款", "en"), article_words("二(一)3", "en")
    ('Article 28, paragraph 1', 'section 2(1)3')
    """
    if in_script(article, lang):
        return article
    section = _SECTION.fullmatch(article)
    if section:
        first, second, third = section.groups()
        number = f"{_number(first)}({_number(second)}){third}"
        return label("cited-section", lang, number=number)
    found = list(_ARTICLE.finditer(article))
    if "".join(match[0] for match in found) != article:
        return article
    parts = (
        label(f"cited-{_PARTS[match[2]]}", lang, number=_number(match[1]))
        for match in found
    )
    return label("comma", lang).join(parts)


def article_order(article: str) -> tuple[int, str]:
    """Return by what articles of one document are sorted: their number, if any.

    >>> sorted(["第十条", "第二条第三款"], key=article_order)
    ['第二条第三款', '第十条']
    """
    found = _ARTICLE.search(article)
    digits = re.search(r"\d+", article)
    if found is None:
        return int(digits[0]) if digits else 0, article
    return _number(found[1]), article


def _number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        else:
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit
