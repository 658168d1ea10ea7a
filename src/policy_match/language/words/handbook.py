"""The fixed words of the handbook, in Chinese and in English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "handbook": {"zh": "政策手册", "en": "Handbook"},
    "sections": {"zh": "按章节", "en": "By section"},
    "departments": {"zh": "按部门", "en": "By department"},
    "kinds": {"zh": "按类别", "en": "By kind"},
    "plan": {"zh": "原文对照", "en": "Plan and code"},
    "figures": {"zh": "数值沿革", "en": "Figures"},
    "facts": {"zh": "企业情况项目", "en": "Facts"},
    "documents": {"zh": "文件依据", "en": "Documents"},
    "section": {"zh": "章节", "en": "Section"},
    "search": {"zh": "输入名称、部门或关键词", "en": "Name, department or keyword"},
    "found": {"zh": "共 {count} 项", "en": "{count} in all"},
    "other": {"zh": "其他", "en": "Other"},
    "as-of": {"zh": "所列规定截至{day}", "en": "The law as of {day}"},
    "shown-as-of": {
        "zh": "以下按{day}的规定列示",
        "en": "Shown by the law as of {day}",
    },
    "in-force-never": {"zh": "尚未施行", "en": "not in force yet"},
    "says": {"zh": "计划原文", "en": "What the plan says"},
    "coded": {"zh": "对应政策", "en": "Policy"},
    "where": {"zh": "规则所在", "en": "Where it is coded"},
    "no-words": {
        "zh": "计划未载明，依据上位规定",
        "en": "not named in the plan; it rests on the law beneath it",
    },
    "indirectly": {"zh": "间接惠及企业", "en": "reaches firms indirectly"},
    "history": {"zh": "数值沿革", "en": "Figures over time"},
    "period": {"zh": "施行时间", "en": "Period"},
    "value": {"zh": "数值", "en": "Value"},
    "basis": {"zh": "依据", "en": "Basis"},
    "status": {"zh": "核对情况", "en": "Status"},
    "status-verified": {"zh": "已核对原文", "en": "verified"},
    "status-known": {"zh": "通行数值", "en": "known"},
    "status-local": {"zh": "地方自定", "en": "local"},
    "status-": {"zh": "—", "en": "—"},
    "review-by": {"zh": "{day}前复核", "en": "to be reviewed by {day}"},
    "set-by": {"zh": "由{who}确定", "en": "set by {who}"},
    "band": {"zh": "不超过{upto}的部分{rate}", "en": "{rate} up to {upto}"},
    "band-rest": {"zh": "超过部分{rate}", "en": "{rate} above"},
    "used-by": {"zh": "用于", "en": "Used by"},
    "examples": {"zh": "示例", "en": "Examples"},
    "day": {"zh": "日期", "en": "Day"},
    "given": {"zh": "企业情况", "en": "What is known of the firm"},
    "answer": {"zh": "结论", "en": "Answer"},
    "nothing-given": {"zh": "一无所知", "en": "nothing"},
    "fact": {"zh": "项目", "en": "Fact"},
    "asks": {"zh": "问题与说明", "en": "Question and definition"},
    "who": {"zh": "由谁确定", "en": "Settled by"},
    "firm": {"zh": "企业", "en": "the firm"},
    "register": {"zh": "部门数据", "en": "a department’s data"},
    "officer": {"zh": "主管部门认定", "en": "an authority’s decision"},
    "derived": {"zh": "由其他项目推导", "en": "derived from others"},
    "aliases": {"zh": "又称：{names}", "en": "also: {names}"},
    "unit": {"zh": "单位：{unit}", "en": "unit: {unit}"},
    "document": {"zh": "文件", "en": "Document"},
    "issued": {"zh": "{day}发布", "en": "issued {day}"},
    "back": {"zh": "返回目录", "en": "Back to the list"},
    "zh": {"zh": "中文", "en": "中文"},
    "en": {"zh": "English", "en": "English"},
}


def wording(key: str, lang: str, **gaps: object) -> str:
    """Return a fixed text, its gaps filled; English where `lang` has none."""
    texts = WORDS[key]
    text = texts.get(lang, texts["en"])
    return text.format(**gaps) if gaps else text
