"""Why a row is refused, in words for the people who keep the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.domain.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REASONS: Mapping[str, Text] = {
    reason: Text({"zh": zh, "en": en})
    for reason, zh, en in (
        ("no-uscc", "没有统一社会信用代码", "there is no unified social credit code"),
        (
            "mangled-uscc",
            "统一社会信用代码被电子表格当作数字，末几位已丢失；请将该列设为文本后重新填写",
            (
                "a spreadsheet took the unified social credit code for a number and "
                "lost its last digits; make the column text and enter it again"
            ),
        ),
        (
            "wrong-uscc",
            "统一社会信用代码有误：位数、格式或校验码不符",
            (
                "not a valid unified social credit code: its length, form or check "
                "digit is wrong"
            ),
        ),
        ("duplicate", "该企业在前面的行已出现", "the firm stands in an earlier row"),
        ("number", "不是数字", "not a number"),
        ("whole", "应为整数", "not a whole number"),
        ("digits", "位数过多，无法精确保存", "too many digits to be kept exactly"),
        ("unit", "单位不明或不适用", "the unit is not known, or not one of this fact"),
        (
            "empty-range",
            "区间下限大于上限",
            "the range is empty: its low end is higher",
        ),
        ("range", "超出该项允许的范围", "outside what this fact can be"),
        ("day", "不是日期", "not a day"),
        ("bool", "既不是“是”也不是“否”", "neither yes nor no"),
        ("member", "不是该项的可选值", "not one of the values of this fact"),
        ("code", "不是该分类中的代码", "not a code of this classification"),
        ("list", "应写成“季初/季末; 季初/季末”", "not pairs such as 120/200; 400/500"),
        ("none", "该项不能为“无”", "this fact is never none"),
        ("cells", "单元格多于表头列数，各列可能错位", "more cells than headings"),
        ("policy", "没有这项政策", "no such policy"),
        ("not-in-force", "这项政策当日未施行", "the policy is not in force on the day"),
        (
            "unknown-firm",
            "登记册中没有这家企业，或其所在行未能读取",
            "the register has no such firm, or its row could not be read",
        ),
        ("amount", "应为一个确定的金额", "not one amount of money"),
        ("cent", "金额不足一分", "an amount finer than a cent"),
        ("no-day", "没有日期", "there is no day"),
        ("year", "看不出是哪一年", "the year is not clear"),
    )
}
"""Every reason by its id, in each language."""

REJECTS = pl.Schema(
    {
        "row": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "reason": pl.Enum(list(REASONS)),
    }
)
"""The columns of rejects: the row of the source (a heading in the first row is
row 1), the heading of the column, the value as it stands there, the reason."""


class BadCellError(Exception):
    """A cell that says nothing its fact can be; `reason` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def rejects(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return rejects in the order of the source's rows."""
    empty = pl.DataFrame(schema=REJECTS)
    found = [frame.select(empty.columns).cast(REJECTS) for frame in frames]
    return pl.concat([empty, *found]).sort("row", maintain_order=True)
