"""Credit codes and names, for many firms at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
"""The 31 characters of GB 32100-2015, in the order of their values."""
_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_BODY_CHECKS = np.frombuffer(b"0123456789X", np.uint8)
_HEAD = np.array([9, 0, 3, 3, 0, 7, 8, 2])
"""The register of enterprises; the kind; Yiwu."""
_M, _A = 21, 10
"""The values of the letters with which codes of recent years begin."""
_PLACES = 31**6
_STEP = 402_653_189
"""Prime, so that neighbours in the register are not neighbours by code."""

_FIRST = "星禾瑞恒锦泰嘉润华盛宏诚德信万佳永安鼎博天逸金源凯旋腾达金鹏新越百丰元和"
_SECOND = "丰达源利兴隆泽宇翔辉荣通顺捷康乐美雅彩虹晨曦海纳川江岳峰林森卓越创联众合"


def credit_codes(numbers: NDArray[np.int64], kinds: NDArray[np.int64]) -> pl.Series:
    """Return the 统一社会信用代码 of firms: both check characters are right.

    `numbers` tell firms apart; `kinds` is the second character (1 enterprise,
    2 individual business, 3 cooperative).
    """
    values = np.zeros((len(numbers), 17), np.int64)
    values[:, :8] = _HEAD
    values[:, 1] = kinds
    values[:, 8:10] = _M, _A
    rest = (numbers * _STEP + 7) % _PLACES
    for place in range(15, 9, -1):
        rest, values[:, place] = np.divmod(rest, 31)
    text = ALPHABET[values]
    # GB 11714: the organisation code has a check character of its own, in which
    # a letter counts as 10 to 35, whether or not the alphabet has it.
    body = text[:, 8:16].astype(np.int64)
    body = np.where(body >= ord("A"), body - ord("A") + 10, body - ord("0"))
    check = (11 - (body * _BODY_WEIGHTS).sum(axis=1) % 11) % 11
    text[:, 16] = _BODY_CHECKS[check]
    values[:, 16] = np.searchsorted(ALPHABET, text[:, 16])
    last = (31 - (values * _WEIGHTS).sum(axis=1) % 31) % 31
    whole = np.column_stack([text, ALPHABET[last]])
    return strings(whole)


def strings(characters: NDArray[np.uint8]) -> pl.Series:
    """Return rows of ASCII characters as texts."""
    width = characters.shape[1]
    rows = np.ascontiguousarray(characters).view(f"S{width}").ravel()
    return pl.Series(rows.astype(str).tolist())


def names(
    words: NDArray[np.int64], goods: pl.Series, form: NDArray[np.int64]
) -> pl.Series:
    """Return names of firms in `goods`, ending as their legal form does.

    `words` is any number; the same number gives the same words.
    """
    second, first = np.divmod(words, len(_FIRST))
    frame = pl.DataFrame(
        {
            "first": pl.Series(list(_FIRST)).gather(first),
            "second": pl.Series(list(_SECOND)).gather(second % len(_SECOND)),
            "goods": goods,
            "end": pl.Series(_ENDS).gather(form),
        }
    )
    whole = pl.concat_str(pl.lit("义乌市"), "first", "second", "goods", "end")
    return frame.select(whole).to_series()


_ENDS = ("有限公司", "厂（个人独资）", "经营部（普通合伙）", "商行", "专业合作社")
