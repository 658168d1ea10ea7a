"""Sentences about profiles as a whole."""

from __future__ import annotations

PROFILE = {
    "did-you-mean": ("did you mean `{guess}`?", "是否想写“{guess}”？"),
    "unknown-key": ("`{key}` is not known here", "此处不能写“{key}”"),
    "facts-below": ("facts stand below `facts:`", "企业情况写在“facts:”之下"),
    "facts-missing": ("`facts` is missing", "缺少“facts”"),
    "write-facts": (
        "write `facts:` and the facts below it",
        "请写“facts:”，再在其下逐行写企业情况",
    ),
    "facts-expected": ("expected facts here", "此处应为企业情况"),
    "one-a-line": ("write one fact a line: `name: value`", "请每行写一项“名称: 值”"),
    "on-not-a-day": ("`on` is not a day", "“on”不是日期"),
    "write-a-day": ("write it as 2022-12-31", "请写成 2022-12-31 的样子"),
    "unknown-fact": ("unknown fact `{key}`", "没有“{key}”这一项"),
    "see-profile": (
        "see `policy-match profile`",
        "全部项目见 policy-match profile",
    ),
    "same-fact": (
        "`{key}` is `{fact}`, which stands here already",
        "“{key}”就是“{title}”（{fact}），前面已经写过",
    ),
    "keep-one": ("keep one of them", "请只保留一处"),
    "after-the-day": (
        "`{fact}` lies after the profile's own day, {day}",
        "“{title}”（{fact}）晚于本档案的日期 {day}",
    ),
    "correct-date-or-on": ("correct the date, or `on`", "请更正该日期或“on”"),
    "unreadable": ("cannot be read: {reason}", "无法读取：{reason}"),
}
