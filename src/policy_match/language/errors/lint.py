"""Sentences about a sound rulebook: what is idle, untried, not borne out or aged."""

from __future__ import annotations

LINT = {
    # what nobody uses
    "idle-fact": ("no policy uses the fact `{name}`", "没有政策用到事实“{name}”"),
    "idle-definition": (
        "no policy uses the definition `{name}`",
        "没有政策用到定义“{name}”",
    ),
    "idle-parameter": (
        "nothing uses the parameter `{name}`",
        "参数“{name}”未被用到",
    ),
    # examples
    "untried": (
        "no example shows `{text}` {lacking}",
        "没有示例显示“{text}”{lacking}的情形",
    ),
    "shown-true": ("true", "成立"),
    "shown-false": ("false", "不成立"),
    "shown-unknown": ("unknown", "不详"),
    "add-one": ("add one", "请补充一个"),
    "no-kind": (
        "`{name}` has no example that is {kinds}",
        "“{name}”缺少结果为 {kinds} 的示例",
    ),
    "add-example": ("add one under `examples`", "请在“examples”下补充"),
    "differs": (
        "read the law again: the rule or the example is wrong",
        "请重新核对文件：规则与示例必有一误",
    ),
    "expected-force": (
        "expected `{expected}`, it is {found}",
        "应为“{expected}”，该政策当日{found}",
    ),
    "found-in-force": ("in force", "施行"),
    "found-not-in-force": ("not-in-force", "未施行"),
    "expected-outcome": (
        "expected `{expected}`, found `{found}` (missing: {missing})",
        "应为“{expected}”，结果为“{found}”（缺少：{missing}）",
    ),
    "nothing": ("nothing", "无"),
    "expected-tier": (
        "expected `{expected}`, found {found}",
        "应为“{expected}”，结果为{found}",
    ),
    "expected-missing": (
        "not missing: {lacking}; also missing: {more}",
        "并不缺少：{lacking}；另外缺少：{more}",
    ),
    "expected-selected": (
        "expected `{expected}`, found `{found}`",
        "是否选用，应为“{expected}”，结果为“{found}”",
    ),
    "selected-true": ("True", "是"),
    "selected-false": ("False", "否"),
    "selected-open": ("None", "未定"),
    "expected-unset": (
        "expected no amount, found {found}",
        "应无金额，结果为{found}",
    ),
    "expected-amount": (
        "expected {expected}, found {found}",
        "应为{expected}，结果为{found}",
    ),
    "found-no-amount": ("no amount", "无金额"),
    # age
    "review-due": (
        "`{name}` was to be reviewed by {day}",
        "“{name}”应在 {day} 前复核",
    ),
    "review-again": (
        "read the law again, then set a new `review_by`",
        "请重新核对文件，再写新的“review_by”",
    ),
    "value-ends": (
        "the last value of `{name}` ends on {day}",
        "“{name}”最后一个数值于 {day} 到期",
    ),
    "add-what-follows": ("add what follows it", "请补写其后的数值"),
    "policy-ends": ("`{name}` ends on {day}", "“{name}”于 {day} 到期"),
    "extend-or-end": (
        "extend it or let it end",
        "请延长施行期间，或任其到期",
    ),
    "source-superseded": (
        "`{name}` was superseded on {day}",
        "“{name}”已于 {day} 被替代",
    ),
    "cite-instead": ("cite `{name}`", "请改引“{name}”"),
}
