"""Sentences about single values, by the fact they belong to."""

from __future__ import annotations

VALUES = {
    "one-value": ("`{fact}` takes one value", "“{title}”（{fact}）只能写一个值"),
    "cannot-be-none": (
        "`{fact}` cannot be none: zero lies outside its range",
        "“{title}”（{fact}）不能写“无”：零不在其范围内",
    ),
    "never-none": ("`{fact}` is never none", "“{title}”（{fact}）不能写“无”"),
    "not-yes-or-no": ("`{text}` is neither yes nor no", "“{text}”既不是“是”也不是“否”"),
    "open-range": ("a range needs at least one end", "范围至少要写出一端"),
    "empty-range": ("the range `{text}` is empty", "范围“{text}”的下限大于上限"),
    "lower-first": ("write the lower end first", "请先写较小（较早）的一端"),
    "not-a-day": ("`{text}` is not a day", "“{text}”不是日期"),
    "not-a-number": ("`{text}` is not a number", "“{text}”不是数字"),
    "not-whole": ("`{text}` is not a whole number", "“{text}”不是整数"),
    "cannot-be": ("`{fact}` cannot be {text}", "“{title}”（{fact}）不能是 {text}"),
    "lies-within": ("it lies within {low}..{high}", "应在 {low}..{high} 之间"),
    "not-below": ("it is {low} or more", "不得小于 {low}"),
    "not-above": ("it is {high} or less", "不得大于 {high}"),
    "not-a-code": (
        "`{text}` is not a code of {system}",
        "“{text}”不是“{system}”的代码",
    ),
    "not-valid": (
        "`{text}` is not a valid {format}: its form or check digit is wrong",
        "“{text}”不是有效的“{title}”：位数、字符或校验码有误",
    ),
    "copy-from-licence": ("copy it from the original", "请照证照抄写"),
    "not-a-member": (
        "`{text}` is not a value of `{fact}`",
        "“{text}”不是“{title}”（{fact}）的可选值",
    ),
    "no-list": ("`{fact}` takes no list", "“{title}”（{fact}）不能写成列表"),
    "empty-list": ("the list is empty", "列表是空的"),
    "a-list": ("`{fact}` takes a list", "“{title}”（{fact}）应写成列表"),
    "pairs": ("`{fact}` takes pairs of numbers", "“{title}”（{fact}）应写成成对的数字"),
    "write-bool": ("write true or false", "请写“是”或“否”"),
    "write-member": ("one of {members}", "可写：{titles}"),
    "write-date": (
        "write it as 2022-06-30, or as a range A..B",
        "请写成 2022-06-30 的样子，或写范围“A..B”",
    ),
    "write-code": (
        "write a code, or a coarser one",
        "请写代码，也可只写前几位",
    ),
    "write-pairs": (
        "write the start and the end of each quarter: [[120, 200], [400, 500]]",
        "请写各季度的季初、季末值：[[120, 200], [400, 500]]",
    ),
    "write-int": (
        "write a whole number, or a range such as 20..50",
        "请写整数，或写范围，如 20..50",
    ),
    "write-number": (
        "write a number, or a range such as 100..200",
        "请写数字，或写范围，如 100..200",
    ),
    "write-text": ("write one text", "请写一段文字"),
}
