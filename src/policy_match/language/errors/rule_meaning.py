"""Sentences about what conditions, formulas and policies may say."""

from __future__ import annotations

CONDITIONS = {
    # the grammar
    "name-the-parts": (
        "give its parts names in `definitions`",
        "请将各部分写成“definitions”中的定义",
    ),
    "ends-too-early": ("the condition ends too early", "条件或公式没有写完"),
    "missing-at-end": ("something is missing at the end", "末尾缺少内容"),
    "sign-not-used": ("`{sign}` is not used here", "此处不能用“{sign}”"),
    "not-understood": ("`{word}` is not understood here", "此处的“{word}”无法理解"),
    # names
    "no-fact": ("unknown fact `{name}`", "没有名为“{name}”的事实"),
    "no-number": ("unknown number `{name}`", "没有名为“{name}”的数字事实"),
    "no-function": ("unknown function `{name}`", "没有名为“{name}”的函数"),
    "no-parameter": ("unknown parameter `{name}`", "没有名为“{name}”的参数"),
    "no-such-key": ("`${name}` has no such key", "“${name}”没有这个键"),
    "write-one-of": ("write one of {forms}", "可写：{forms}"),
    "no-value-on": (
        "parameter `${name}` has no value on {day}",
        "参数“${name}”在 {day} 没有数值",
    ),
    "values-for": ("it has values for {windows}", "有数值的期间：{windows}"),
    "number-of": (
        "`{text}` of `{name}` is not a number",
        "“{name}”的“{text}”不是数字",
    ),
    # conditions
    "no-yes-or-no": (
        "`{name}` is not a yes or no",
        "“{name}”的值不是“是”或“否”",
    ),
    "compare-it-so": ("compare it: `{form}`", "请写成比较：“{form}”"),
    "no-condition": ("`{text}` is not a condition", "“{text}”不是条件"),
    "compare-it": ("compare it", "请写成比较"),
    "absent-never": ("`{name}` is never none", "“{name}”不会是“none”"),
    "write-zero": (
        "for a number write `= 0`; else declare `may_be_none: true`",
        "数字请写“= 0”，其他类型请声明“may_be_none: true”",
    ),
    "no-order": (
        "`{name}` is of type {type}: it has no order",
        "“{name}”的类型是“{type}”，不能比较大小",
    ),
    "use-equality": ("use `=`, `!=` or `in`", "请用“=”、“!=”或“in”"),
    "unlike": (
        "`{text}` compares {left} with {right}",
        "“{text}”将“{left}”与“{right}”相比较",
    ),
    "like-with-like": ("compare like with like", "请比较同类的值"),
    "not-fixed": (
        "`${name}` is not fixed by any document",
        "“${name}”的数值没有文件规定",
    ),
    "unset-decides": (
        "an unset parameter cannot decide a condition",
        "数值未定的参数不能用于判断条件",
    ),
    "not-a-fact": ("`{text}` is not a fact", "“{text}”不是事实"),
    "fact-on-left": ("`in` takes a fact on its left", "“in”的左边应为事实"),
    "no-member": ("`{fact}` has no member `{word}`", "“{fact}”没有可选值“{word}”"),
    "in-takes": (
        "`in` takes an enum, a code or a text; use `within` for ranges",
        "“in”用于枚举、代码或文字；范围请用“within”",
    ),
    "no-word": ("`{text}` is not a member", "“{text}”不是可选值"),
    "write-word": ("write a word", "请写一个词"),
    "no-code-of-this": (
        "`{text}` is not a code of this system",
        "“{text}”不是该分类的代码",
    ),
    "not-a-window": ("`{name}` is not a window", "“{name}”不是期间"),
    "write-window": (
        "write `low..high`, `in_force` or `year`",
        "请写“起..止”、“in_force”或“year”",
    ),
    "two-ends": ("a window has two ends", "期间应有起止两端"),
    "write-both-ends": ("write `low..high`", "请写“起..止”"),
}

FORMULAS = {
    "schedule-alone": (
        "a schedule of brackets is not a number",
        "分级表本身不是数字",
    ),
    "apply-schedule": (
        "apply it: `brackets(x, $schedule)`",
        "请套用分级表：“brackets(x, $schedule)”",
    ),
    "condition-no-number": (
        "`{text}` is a condition, no number",
        "“{text}”是条件，不是数字",
    ),
    "use-cases": ("use `cases`", "请用“cases”"),
    "only-numbers": (
        "only numbers and dates take part in formulas",
        "公式中只能用数字和日期",
    ),
    "dates-not-added": (
        "dates do not take part in arithmetic",
        "日期之间不能运算",
    ),
    "add-a-span": (
        "add or take a length of time: `on - 2 years`",
        "请加上或减去一段时间，如“on - 2 years”",
    ),
    "no-meaning": ("`{text}` has no meaning", "“{text}”没有意义"),
    "span-and-day": (
        "a length of time is added to or taken from a known day",
        "一段时间只能与已知的日期相加减",
    ),
    "schedule-and-number": (
        "a schedule combines with one number by `+`, `-` or `*`",
        "分级表只能用“+”、“-”或“*”与一个数字运算",
    ),
    "dates-and-numbers": ("dates and numbers do not mix", "日期与数字不能混用"),
    "one-kind": ("take one kind", "请只用一种"),
    "takes-arguments": (
        "`{name}` takes {count} arguments",
        "“{name}”的括号内应有{count}项",
    ),
    "commas": ("separate them by commas", "各项之间用半角逗号分隔"),
    "not-a-list": ("`{text}` is not a list", "“{text}”不是列表"),
    "mean-takes": (
        "`mean` takes one fact of type list",
        "“mean”的括号内应为一项类型为“list”的事实",
    ),
    "brackets-needs": ("`brackets` needs a schedule", "“brackets”缺少分级表"),
    "second-argument": (
        "its second argument is a parameter of type brackets",
        "括号内第二项应为类型是“brackets”的参数",
    ),
    "last-case-guarded": (
        "the last case must be unguarded",
        "最后一个分支不得附条件",
    ),
    "leave-guards-out": (
        "leave `if` and `in` out of the last case",
        "请删去最后一个分支的“if”和“in”",
    ),
    "not-a-year": ("`{text}` is not a year", "“{text}”不是年份"),
    "write-a-year": (
        "write a year, or `{{from: …, to: …}}`",
        "请写年份，或写“{{from: …, to: …}}”",
    ),
}

DEFINITIONS = {
    "rests-on-itself": (
        "`{name}` rests on itself: {circle}",
        "“{name}”的定义以自身为前提：“{circle}”",
    ),
    "break-the-circle": (
        "define one of them by other facts",
        "请用其他事实定义其中一项",
    ),
    "not-one-way": (
        "`{name}` is not defined one way",
        "“{name}”应有且仅有一种定义方式",
    ),
    "one-way": (
        "write one of `is`, `cases`, `match`, `thresholds`",
        "请从“is”、“cases”、“match”、“thresholds”中选写一种",
    ),
    "no-bool": (
        "`{name}` is no bool: a formula is expected",
        "“{name}”的类型不是“bool”，此处应为公式",
    ),
    "formula-or-cases": (
        "write one formula, or `cases`",
        "请写一个公式，或写“cases”",
    ),
    "not-of-type": (
        "`{name}` is not a fact of type {type}",
        "“{name}”不是类型为“{type}”的事实",
    ),
    "name-one": ("name one that is", "请改用该类型的事实"),
    "no-code": ("`{text}` is not a code", "“{text}”不是代码"),
    "as-the-system": (
        "write it as the code system does",
        "请按该分类的写法书写",
    ),
    "two-rows": ("`{code}` stands in two rows", "“{code}”写在了两行中"),
    "bounds-for-classes": (
        "{bounds} bounds for {classes} classes",
        "共{classes}个等级，界限却有{bounds}个",
    ),
    "one-a-class": ("write one for each class", "请为每个等级各写一个"),
    "add-member": (
        "add it to `values` of `{fact}`",
        "请将其列入“{fact}”的“values”",
    ),
}

POLICIES = {
    "amount-and-tiers": (
        "both `amount` and `tiers`",
        "同时写了“amount”和“tiers”",
    ),
    "one-or-other": ("give one or the other", "请只写其中之一"),
    "last-tier-guarded": (
        "the last tier must be unguarded",
        "最后一档不得附条件",
    ),
    "leave-if-out": ("leave `if` out of the last tier", "请删去最后一档的“if”"),
    "two-tiers": ("two tiers are named `{name}`", "有两档都名为“{name}”"),
    "rename-one": ("rename one", "请给其中一档改名"),
    "windows-disorder": (
        "windows overlap or are not in order",
        "各施行期间相互重叠，或未按先后排列",
    ),
    "end-before-next": (
        "let each end before the next begins",
        "每一期间应在下一期间开始前结束",
    ),
    "a-window-ends-first": (
        "a window ends before it starts",
        "有一期间的截止日早于起始日",
    ),
    "one-thing": ("a relation says one thing", "一条关系只能说明一件事"),
    "write-relation": (
        "write `at_most_one_of`, or `together` and `at_most`",
        "请写“at_most_one_of”，或同时写“together”和“at_most”",
    ),
    "two-limits": ("`{name}` stands under two limits", "“{name}”列在两个限额之下"),
    "one-limit": (
        "leave it under one of them",
        "请只列在其中一个之下",
    ),
    "forms-under-limit": (
        "benefits of {count} forms under one limit",
        "同一限额之下有{count}种优惠形式",
    ),
    "one-form": ("let it be policies of one form", "请只列优惠形式相同的政策"),
    "no-options": (
        "`{name}` is elected, and has no values to choose from",
        "“{name}”由企业自行选择，却没有可选值",
    ),
    "bool-or-enum": (
        "let it be a bool or an enum",
        "类型请用“bool”或“enum”",
    ),
    "here-twice": ("`{name}` stands here twice", "“{name}”在此处写了两次"),
    "keep-just-one": ("keep one", "请只保留一个"),
    "too-many-ways": (
        "more than {count} ways to combine these policies",
        "这些政策的组合方式超过{count}种",
    ),
    "tie-fewer": (
        "tie fewer policies together",
        "请减少相互关联的政策",
    ),
}

RULE_MEANING = CONDITIONS | FORMULAS | DEFINITIONS | POLICIES
