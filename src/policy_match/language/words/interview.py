"""The fixed words of an interview, in Chinese and in English."""

LABELS: dict[str, dict[str, str]] = {
    "interview-keys": {
        "zh": "直接回车：不清楚　<：上一题　q：保存并退出",
        "en": "Enter: don’t know   <: go back   q: save and leave",
    },
    "interview-tally": {
        "zh": "符合 {eligible}　不符合 {ineligible}　待定 {undetermined}　"
        "最多还有 {left} 题",
        "en": "eligible {eligible}   not eligible {ineligible}   "
        "open {undetermined}   at most {left} more questions",
    },
    "interview-money": {"zh": "可享受：{sums}", "en": "on offer: {sums}"},
    "interview-sum": {"zh": "{form}{worth}", "en": "{form} {worth}"},
    "interview-settles": {"zh": "用于确定：{policies}", "en": "settles: {policies}"},
    "interview-settles-more": {
        "zh": "{policies} 等{count}项",
        "en": "{policies} and others, {count} in all",
    },
    "interview-elected": {
        "zh": "由企业自行选择；不选的，最后按对企业最有利的计算",
        "en": "the law leaves this to you; without a choice the best is worked out",
    },
    "interview-no-money": {
        "zh": "涉及金额的问题已问完，以下只关系到服务、认定和信贷支持；可按 q 结束。",
        "en": "All questions about money are done. The rest is about services, "
        "recognitions and access to credit; q ends at any time.",
    },
    "interview-done": {
        "zh": "没有其他问题会改变结果。",
        "en": "No other answer can change the result.",
    },
    "interview-saved": {"zh": "已保存：{path}", "en": "saved: {path}"},
    "bracket-upto": {"zh": "不超过{high}", "en": "up to {high}"},
    "bracket-under": {"zh": "不足{high}", "en": "under {high}"},
    "bracket-from": {"zh": "{low}以上", "en": "{low} or more"},
    "bracket-over": {"zh": "超过{low}", "en": "over {low}"},
    "bracket-both": {"zh": "{low}、{high}", "en": "{low}, {high}"},
    "bracket-until-day": {"zh": "{high}及以前", "en": "{high} or earlier"},
    "bracket-from-day": {"zh": "{low}及以后", "en": "{low} or later"},
    "write-int": {
        "zh": "填整数，单位{unit}；或填范围，如 20到50",
        "en": "a whole number of {unit}, or a range such as 20 to 50",
    },
    "write-money": {
        "zh": "填金额（元），如 2350万；或填范围，如 110万到130万",
        "en": "an amount of money, or a range such as 100000 to 200000",
    },
    "write-number": {
        "zh": "填数值，单位{unit}；或填范围，如 20到50",
        "en": "a number of {unit}, or a range such as 20 to 50",
    },
    "write-ratio": {"zh": "填比例，如 5%", "en": "a ratio such as 5%"},
    "write-date": {"zh": "填日期，如 2022-06-30", "en": "a date such as 2022-06-30"},
    "write-list": {
        "zh": "按季度填季初数/季末数，如 120/200；400/500",
        "en": "start/end of each quarter, such as 120/200; 400/500",
    },
}
