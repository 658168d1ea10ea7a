"""Every fixed word of a screening's report, worklists and summary."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "title": ("惠企政策享受情况", "Take-up of incentives"),
    "on": ("按{day}施行的政策", "The law as of {day}"),
    "firms": ("企业", "Firms"),
    "rejected": ("未能读取的行", "Rows rejected"),
    "policies": ("施行中的政策", "Policies in force"),
    "claims": ("计入的申领", "Claims counted"),
    "rate": ("实际受惠率", "Take-up rate"),
    "eligible": ("符合", "Eligible"),
    "claimed": ("已享受", "Claimed"),
    "unclaimed": ("应享未享", "Unclaimed"),
    "undetermined": ("尚不能确定", "Not settled"),
    "over-claimed": ("不符合而已享受", "Over-claimed"),
    "due": ("应享金额", "Amount due"),
    "paid": ("已享金额", "Amount claimed"),
    "left": ("未享金额", "Amount unclaimed"),
    "policy": ("政策", "Policy"),
    "all": ("合计", "All"),
    "by-policy": ("分政策", "By policy"),
    "by-department": ("分部门", "By department"),
    "by-town": ("分镇街", "By town"),
    "by-size_class": ("分企业规模", "By size class"),
    "by-industry_section": ("分行业门类", "By section of industry"),
    "gaps": ("缺失信息", "Missing facts"),
    "gaps-note": (
        "单独补齐即可得出结论的事项最多者在前",
        "what each fact would settle by itself, the most at stake first",
    ),
    "gaps-most": (
        "补齐后能得出结论最多的信息项：{facts}",
        "facts that would settle most by themselves: {facts}",
    ),
    "gap-count": ("{fact}（{count}项）", "{fact} ({count})"),
    "fact": ("信息项", "Fact"),
    "missing-for": ("缺失企业数", "Firms"),
    "settles": ("单独可确定的事项", "Settled by it alone"),
    "stake": ("涉及金额", "Amount at stake"),
    "settled-by": ("由谁提供", "Who settles it"),
    "firm": ("企业", "the firm"),
    "register": ("部门数据", "a department's data"),
    "officer": ("主管部门认定", "an officer"),
    "no-claims": (
        "未提供申领记录，因此不知道哪些已享受",
        "no claims were given, so nothing is known of what has been claimed",
    ),
    "apart": (
        "未确定的企业不计入受惠率，单独列出",
        "firms not settled are counted apart, never in the rate",
    ),
    "lower-end": (
        "金额有区间的，按下限合计",
        "amounts that are ranges are added up at their low end",
    ),
    "files": ("文件", "Files"),
    "reading": ("读取表头", "reading the headings"),
    "screening": ("筛查", "screening"),
    "assemble": ("汇总并写出", "writing the result"),
    "per-second": ("每秒 {count} 户", "{count} firms a second"),
    "work-uscc": ("统一社会信用代码", "USCC"),
    "work-name": ("企业名称", "Firm"),
    "work-town": ("镇街", "Town"),
    "work-title": ("政策", "Policy"),
    "work-amount_low": ("金额（元，至少）", "Amount (CNY, at least)"),
    "work-amount_high": ("金额（元，至多）", "Amount (CNY, at most)"),
    "work-why": ("符合的条件", "Why eligible"),
    "work-todo": ("如何办理", "What to do"),
    "work-none": ("没有待办事项", "nothing to do"),
    "work-rest": (
        "另有 {count} 条未列出，见 findings.parquet",
        "{count} more, see findings.parquet",
    ),
    "notice-title": ("应享未享政策提醒", "Incentives you have not claimed"),
    "notice-to": ("统一社会信用代码为{uscc}的企业：", "To the firm with code {uscc}:"),
    "notice-intro": (
        "根据{day}施行的政策和现有登记信息，贵单位符合下列政策而尚未享受：",
        (
            "by the law as of {day} and the data on record, you are entitled to the "
            "following and have not claimed it:"
        ),
    ),
    "notice-depends": ("取决于{facts}", "depends on {facts}"),
    "notice-department": ("受理部门", "department"),
    "trend": ("实际受惠率走势", "Take-up over time"),
    "trend-day": ("日期", "Day"),
    "trend-empty": ("还没有带申领记录的筛查", "no screening with claims yet"),
    "unknown": ("未知", "unknown"),
    "none": ("不划型", "unclassified"),
    "written": ("结果已写入 {path}", "written to {path}"),
    "more-policies": (
        "另有 {count} 项政策，见 takeup.csv",
        "{count} more policies, see takeup.csv",
    ),
}
"""Key to Chinese and English, with named fields in braces."""


def label(key: str, lang: str, **fields: object) -> str:
    """Return words of our own, by key; raises KeyError for one nobody declared."""
    chinese, english = LABELS[key]
    return (english if lang == "en" else chinese).format(**fields)
