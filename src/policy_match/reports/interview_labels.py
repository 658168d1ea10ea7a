"""The fixed words of an interview, in Chinese and in English."""

LABELS: dict[str, dict[str, str]] = {
    "interview-keys": {
        "zh": "直接回车：不清楚　<：上一题　q：保存并退出",
        "en": "Enter: don’t know   <: go back   q: save and leave",
    },
    "interview-tally": {
        "zh": "符合 {eligible}　不符合 {ineligible}　待定 {undetermined}　"
        "尚有问题 {left}",
        "en": "eligible {eligible}   not eligible {ineligible}   "
        "open {undetermined}   questions left {left}",
    },
    "interview-done": {
        "zh": "没有其他问题会改变结果。",
        "en": "No other answer can change the result.",
    },
    "interview-saved": {"zh": "已保存：{path}", "en": "saved: {path}"},
    "write-int": {
        "zh": "填整数{unit}，或范围，如 20..50",
        "en": "a whole number {unit}, or a range such as 20..50",
    },
    "write-money": {
        "zh": "填金额（元），如 2350万，或范围，如 110万..130万",
        "en": "an amount of money, or a range such as 100000..200000",
    },
    "write-number": {
        "zh": "填数值{unit}，或范围，如 20..50",
        "en": "a number {unit}, or a range such as 20..50",
    },
    "write-ratio": {"zh": "填比例，如 5%", "en": "a ratio such as 5%"},
    "write-date": {"zh": "填日期，如 2022-06-30", "en": "a date such as 2022-06-30"},
    "write-list": {
        "zh": "按季度填季初数/季末数，如 120/200；400/500",
        "en": "start/end of each quarter, such as 120/200; 400/500",
    },
}
