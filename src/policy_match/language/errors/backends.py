"""Sentences about what an engine or exact columns cannot hold."""

from __future__ import annotations

BACKENDS = {
    "too-many-digits": (
        "{number} takes more than {digits} digits",
        "{number} 超过{digits}位数字",
    ),
    "beyond-cents": (
        "`{name}` is beyond 64 bits of cents",
        "“{name}”的金额过大，以分计超出64位整数",
    ),
    "amount-beyond-cents": (
        "an amount is beyond 64 bits of cents",
        "有一项金额过大，以分计超出64位整数",
    ),
    "too-many-lengths": (
        "`{fact}` has lists of too many different lengths",
        "“{fact}”各列表的长度种类过多",
    ),
    "inexact-column": (
        "column `{name}` is of type {type}, which is not exact",
        "“{name}”列的类型“{type}”不是精确数值",
    ),
    "derived-codes": (
        "`{fact}` is derived and compared with codes",
        "“{fact}”由推算得出，不能与代码相比较",
    ),
    "any-text": ("any text at all is possible", "文字没有限定，无法逐一列出"),
    "tied-groups": (
        "policies tied by more than one group",
        "有政策因多条关系而相互关联",
    ),
    "engine-closed": ("the ruleset is closed", "规则集已关闭"),
    "engine-silent": ("the rule engine fired no rule", "规则引擎没有触发任何规则"),
    "engine-failed": ("the rule engine failed: {why}", "规则引擎出错：“{why}”"),
    "no-verdict": (
        "the rule engine came to no verdict on {kind}",
        "规则引擎对“{kind}”没有得出结论",
    ),
    "engine-holds": (
        "{found} {what}, the rule engine holds {most}",
        "{what}有{found}，规则引擎最多容纳{most}",
    ),
    "limit-policies": ("policies", "政策"),
    "limit-rules": ("rules", "规则"),
    "limit-joined": ("joined messages", "联合匹配的消息"),
    "limit-terms": ("tests on one message", "同一消息上的检验"),
    "limit-rules-a-test": ("rules on one test", "同一检验上的规则"),
    "limit-siblings": ("tests side by side", "并列的检验"),
}
