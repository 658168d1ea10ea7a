"""The fixed words of what differs between two laws, in Chinese and in English."""

LABELS: dict[str, dict[str, str]] = {
    "compared": {
        "zh": "{before}（{from_day}）与{after}（{to_day}）的比较",
        "en": "{before} as of {from_day}, against {after} as of {to_day}",
    },
    "no-difference": {"zh": "规定没有差别", "en": "The law is the same"},
    "differ-count": {
        "zh": "{count}项政策的规定有变化",
        "en": "{count} policies say something else",
    },
    "change-new": {"zh": "新增", "en": "New"},
    "change-gone": {"zh": "取消", "en": "Gone"},
    "change-starts": {"zh": "开始施行", "en": "Comes into force"},
    "change-ends": {"zh": "不再施行", "en": "No longer in force"},
    "change-changed": {"zh": "规定变化", "en": "Changed"},
    "change-reworded": {"zh": "仅文字变化", "en": "Reworded only"},
    "change-through": {"zh": "因“{facts}”的规定变化", "en": "because of {facts}"},
    "change-exclusions": {
        "zh": "与其他政策的择一或合计限额关系变化",
        "en": "what it excludes, or a limit it shares, is another",
    },
    "figures-changed": {"zh": "数据变化", "en": "Figures"},
    "figure-change": {
        "zh": "{title}：{before} → {after}",
        "en": "{title}: {before} → {after}",
    },
    "figure-none": {"zh": "无规定", "en": "none"},
    "facts-changed": {"zh": "信息项变化", "en": "Facts"},
    "fact-new": {"zh": "新增：{title}", "en": "new: {title}"},
    "fact-gone": {"zh": "取消：{title}", "en": "gone: {title}"},
    "fact-changed": {"zh": "定义变化：{title}", "en": "redefined: {title}"},
    "touched": {"zh": "对企业的影响", "en": "What it comes to for firms"},
    "touched-count": {
        "zh": "{firms}户企业中，{touched}户受影响",
        "en": "{touched} of {firms} firms are touched",
    },
    "touched-rejected": {
        "zh": "；另有{count}户无法读取",
        "en": "; {count} more could not be read",
    },
    "effect-gains": {"zh": "{count}户变为符合", "en": "{count} become eligible"},
    "effect-loses": {"zh": "{count}户不再符合", "en": "{count} lose it"},
    "effect-uncertain": {
        "zh": "{count}户变为不能确定",
        "en": "{count} become uncertain",
    },
    "effect-ruled-out": {
        "zh": "{count}户由不能确定变为不符合",
        "en": "{count} open before are not eligible now",
    },
    "effect-more": {"zh": "{count}户金额增加", "en": "{count} get more"},
    "effect-less": {"zh": "{count}户金额减少", "en": "{count} get less"},
    "effect-other-amount": {
        "zh": "{count}户金额变化",
        "en": "{count} get another amount",
    },
    "effect-money": {
        "zh": "金额 {before} → {after}",
        "en": "amount {before} → {after}",
    },
    "effect-example": {
        "zh": "例：{firm}，原{before}，现{after}",
        "en": "For example {firm}: {before} before, {after} now",
    },
    "state-with": {"zh": "{outcome}（{why}）", "en": "{outcome} ({why})"},
    "state-out-of-force": {"zh": "未施行", "en": "not in force"},
    "state-eligible": {"zh": "符合", "en": "eligible"},
    "state-undetermined": {"zh": "不能确定", "en": "not settled"},
    "state-ineligible": {"zh": "不符合", "en": "not eligible"},
    "no-effect": {"zh": "所列企业均不受影响", "en": "No firm is touched"},
}
