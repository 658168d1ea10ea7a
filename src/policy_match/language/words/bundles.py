"""The fixed words of what a firm should take, in Chinese and in English."""

LABELS: dict[str, dict[str, str]] = {
    "best": {"zh": "最优组合", "en": "The best combination"},
    "best-take": {
        "zh": "选用{policies}，合计价值{value}",
        "en": "Take {policies}: worth {value} together",
    },
    "best-option": {
        "zh": "“{title}”建议选择：{option}",
        "en": "For “{title}” choose: {option}",
    },
    "best-dropped": {
        "zh": "不选“{policy}”：与{rivals}不能同时享受，改选它少得{less}",
        "en": "Not “{policy}”: it excludes {rivals}, and to take it instead gives "
        "{less} less",
    },
    "best-cut": {
        "zh": "“{policy}”受合计限额约束，只计入{kept}",
        "en": "“{policy}” counts for {kept} only, because of a limit it shares",
    },
    "best-next": {
        "zh": "其次：{policies}，少得{less}",
        "en": "Next best: {policies}, {less} less",
    },
    "best-with": {"zh": "{policies}（{options}）", "en": "{policies} ({options})"},
    "best-uncertain": {
        "zh": "补充尚缺的信息后，最优组合可能改变",
        "en": "What is still open may change the best combination",
    },
    "best-none": {"zh": "都不选用", "en": "none of them"},
}
