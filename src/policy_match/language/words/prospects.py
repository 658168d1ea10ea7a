"""The fixed words of what would change an answer, in Chinese and in English."""

LABELS: dict[str, dict[str, str]] = {
    "would-change": {"zh": "如何符合", "en": "What would change it"},
    "would-get": {"zh": "{change}，即可符合（{worth}）", "en": "{change}: {worth}"},
    "still-to-decide": {
        "zh": "；仍待主管部门认定：{facts}",
        "en": "; still for the authority to decide: {facts}",
    },
    "wait": {"zh": "再过{days}天（{day}起）", "en": "in {days} days, from {day}"},
    "step-up": {
        "zh": "{title}再增加{far}（达到{to}）",
        "en": "{title} up by {far}, to {to}",
    },
    "step-down": {
        "zh": "{title}减少{far}（降至{to}）",
        "en": "{title} down by {far}, to {to}",
    },
    "step-from": {"zh": "{title}达到{to}以上", "en": "{title} at least {to}"},
    "step-upto": {"zh": "{title}不超过{to}", "en": "{title} at most {to}"},
    "step-swap": {
        "zh": "“{title}”由{now}变为{to}",
        "en": "“{title}” from {now} to {to}",
    },
    "step-be": {"zh": "“{title}”为{to}", "en": "“{title}” is {to}"},
    "step-true": {"zh": "{title}", "en": "“{title}” is yes"},
    "step-false": {"zh": "不再{title}", "en": "“{title}” is no"},
    "step-some": {"zh": "{title}大于零", "en": "{title} above zero"},
    "step-day": {"zh": "{title}不早于{to}", "en": "{title}: {to} or later"},
    "but-loses": {"zh": "；但将不再符合：{lost}", "en": "; but no longer: {lost}"},
    "cliffs": {"zh": "临界提醒", "en": "Close to a limit"},
    "cliff": {
        "zh": "{title}再增加超过{room}（即超过{last}），将失去：{lost}",
        "en": "{title}: more than {room} above today (over {last}) loses {lost}",
    },
    "cliff-edge": {
        "zh": "{title}已达上限{last}，再增加将失去：{lost}",
        "en": "{title} stands at the limit of {last}; any rise loses {lost}",
    },
}
