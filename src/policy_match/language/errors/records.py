"""Sentences about decision records and comparisons."""

from __future__ import annotations

RECORDS = {
    "not-a-record": ("this is no decision record", "这不是决定记录文件"),
    "record-first": (
        "make one with `policy-match check FIRM --record FILE`",
        "可用“policy-match check FIRM --record FILE”生成",
    ),
    "record-version": (
        "`{version}` is a form of record unknown here",
        "无法识别的记录格式“{version}”",
    ),
    "record-release": (
        "use the release of policy-match that made it",
        "请使用生成该记录的 policy-match 版本",
    ),
    "record-changed": (
        "the record is not what was written: its seal is broken",
        "记录内容已被改动，封印不符",
    ),
    "record-copy": ("take an unchanged copy", "请使用未经改动的副本"),
    "record-rules": (
        "the rules are not those of the record: {files} ({count} in all)",
        "规则文件与记录所用的不一致：{files}（共{count}个）",
    ),
    "record-those-rules": (
        "name the directory of rulebook {digest} with `--rules`",
        "请用 --rules 指定规则书 {digest} 所在目录",
    ),
    "record-meaning": (
        "this release reads the same rule files otherwise",
        "本版本对同一规则文件的解释与当时不同",
    ),
    "moment-wanted": (
        "`{text}` is not a time with its offset from UTC",
        "“{text}”不是带时区的时间",
    ),
    "write-a-moment": (
        "write it as 2026-01-31T09:30:00+08:00",
        "请写成 2026-01-31T09:30:00+08:00 的样子",
    ),
    "recorded-at-alone": (
        "`--recorded-at` is the time of a record, and none is asked for",
        "写了“--recorded-at”，却没有要求记录",
    ),
    "name-a-record": ("add `--record FILE`", "请加上“--record FILE”"),
    "one-firm-a-record": (
        "`--record` is for one firm, and {count} are given",
        "--record 每次只记录一户，现有{count}户",
    ),
    "check-one-by-one": ("check them one by one", "请逐户办理"),
    "replay-identical": (
        "identical: {policies} policies for {firm}, recorded {at}, by {backend}",
        "完全一致：{firm}，共{policies}项政策，记录时间{at}，由{backend}推算",
    ),
    "replay-differs": (
        "differs from the record of {at}, first at {place}: {then} then, {now} now",
        "与{at}的记录不一致，首处在 {place}：当时为{then}，现为{now}",
    ),
    "two-to-compare": (
        "`--rules` or `--on` is given twice, and neither more than that",
        "--rules 或 --on 应写两次，且均不超过两次",
    ),
    "name-two": (
        "name the older rulebook or day first, then the later one",
        "请先写较早的规则书或日期，再写较晚的",
    ),
    "one-register": (
        "one register is compared at a time",
        "每次只能比较一个登记表",
    ),
    "profiles-or-register": (
        "name profiles (YAML), or one table",
        "请指定若干企业档案（YAML），或一个表格文件",
    ),
    "replay-nothing": ("nothing", "空缺"),
    "a-firm": ("a firm", "某企业"),
}
