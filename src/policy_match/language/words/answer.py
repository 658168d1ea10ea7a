"""Every fixed word of an answer, in one place, in Chinese and in English.

What a rulebook says (titles, questions, articles) is not here; what the
product says around it is. A key without one of the two languages fails a test.
"""

from __future__ import annotations

from policy_match.language.words.bundles import LABELS as CHOICE
from policy_match.language.words.comparison import LABELS as COMPARISON
from policy_match.language.words.interview import LABELS as INTERVIEW
from policy_match.language.words.prospects import LABELS

CATALOGUE: dict[str, dict[str, str]] = {
    **LABELS,
    **CHOICE,
    **COMPARISON,
    **INTERVIEW,
    # ---- outcomes and groups
    "eligible": {"zh": "符合", "en": "Eligible"},
    "one-fact": {"zh": "只差一项信息", "en": "One fact away"},
    "undetermined": {"zh": "尚不能确定", "en": "Not settled yet"},
    "ineligible": {"zh": "不符合", "en": "Not eligible"},
    "not-in-force": {"zh": "当日未施行", "en": "Not in force that day"},
    "excluded": {"zh": "未选用", "en": "Not chosen"},
    "choice-open": {"zh": "待择优", "en": "Choice open"},
    # ---- values
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "none": {"zh": "无", "en": "none"},
    "unknown": {"zh": "未知", "en": "not known"},
    "or-none": {"zh": "{value}，或无", "en": "{value}, or none"},
    "about": {"zh": "约{value}", "en": "about {value}"},
    "or": {"zh": "或", "en": " or "},
    "and": {"zh": "和", "en": " and "},
    "comma": {"zh": "、", "en": ", "},
    "semicolon": {"zh": "；", "en": "; "},
    "colon": {"zh": "：", "en": ": "},
    "brackets": {"zh": "（{value}）", "en": " ({value})"},
    "and-then": {"zh": "，且", "en": ", and "},
    "or-else": {"zh": "，或", "en": ", or "},
    "range": {"zh": "{low}至{high}", "en": "{low} to {high}"},
    "at-least": {"zh": "不低于{low}", "en": "at least {low}"},
    "at-most": {"zh": "不超过{high}", "en": "at most {high}"},
    "from-day": {"zh": "{low}起", "en": "from {low}"},
    "until-day": {"zh": "至{high}止", "en": "until {high}"},
    "no-period": {"zh": "未定期限", "en": "no fixed period"},
    # ---- conditions
    "is-one": {"zh": "{title}为{members}", "en": "{title} is {members}"},
    "is-not": {"zh": "{title}不为{members}", "en": "{title} is not {members}"},
    "is-under": {"zh": "{title}属于{members}", "en": "{title} is within {members}"},
    "not-under": {
        "zh": "{title}不属于{members}",
        "en": "{title} is not within {members}",
    },
    "is-within": {
        "zh": "{title}在{low}至{high}之间",
        "en": "{title} is between {low} and {high}",
    },
    "not-within": {
        "zh": "{title}不在{low}至{high}之间",
        "en": "{title} is not between {low} and {high}",
    },
    "has": {"zh": "有“{title}”", "en": "has “{title}”"},
    "has-no": {"zh": "无“{title}”", "en": "has no “{title}”"},
    "not-so": {"zh": "不属于“{says}”的情形", "en": "not the case: {says}"},
    "day-holds": {"zh": "该日在规定的期间内", "en": "the day lies in the period set"},
    "day-fails": {
        "zh": "该日不在规定的期间内",
        "en": "the day lies outside the period set",
    },
    "all": {"zh": "同时满足", "en": "all of these"},
    "any": {"zh": "满足其中任意一项", "en": "any one of these"},
    "not": {"zh": "不得有下列情形", "en": "none of this"},
    "<": {"zh": "{left}小于{right}", "en": "{left} is less than {right}"},
    "<=": {"zh": "{left}不超过{right}", "en": "{left} is at most {right}"},
    ">": {"zh": "{left}大于{right}", "en": "{left} is more than {right}"},
    ">=": {"zh": "{left}不低于{right}", "en": "{left} is at least {right}"},
    "=": {"zh": "{left}等于{right}", "en": "{left} equals {right}"},
    "not=": {"zh": "{left}不等于{right}", "en": "{left} does not equal {right}"},
    "count>=": {"zh": "{left}不少于{right}", "en": "{left} is at least {right}"},
    "date<": {"zh": "{left}早于{right}", "en": "{left} is before {right}"},
    "date<=": {"zh": "{left}不晚于{right}", "en": "{left} is on or before {right}"},
    "date>": {"zh": "{left}晚于{right}", "en": "{left} is after {right}"},
    "date>=": {"zh": "{left}不早于{right}", "en": "{left} is on or after {right}"},
    "date=": {"zh": "{left}为{right}", "en": "{left} is {right}"},
    # ---- formulas
    "min": {"zh": "{parts}中的较小者", "en": "the least of {parts}"},
    "max": {"zh": "{parts}中的较大者", "en": "the greatest of {parts}"},
    "mean": {"zh": "{title}的平均值", "en": "the mean of {title}"},
    "progressive": {
        "zh": "{of}按{schedule}分段计算（{bands}）",
        "en": "{of}, band by band by {schedule} ({bands})",
    },
    "flat-bands": {
        "zh": "{of}分段计算（{bands}）",
        "en": "{of}, band by band ({bands})",
    },
    "band-upto": {"zh": "不超过{upto}的部分{rate}", "en": "{rate} up to {upto}"},
    "band-rest": {"zh": "其余部分{rate}", "en": "{rate} above"},
    "band-all": {"zh": "全部{rate}", "en": "{rate} of all"},
    "by-case": {"zh": "按情形确定", "en": "depends on the case"},
    "set-by": {"zh": "由{who}确定", "en": "set by {who}"},
    "set-by-authority": {"zh": "由主管部门确定", "en": "set by the authority"},
    # ---- evidence
    "firm-value": {"zh": "本企业：{value}", "en": "this firm: {value}"},
    "threshold": {
        "zh": "标准：{figure}（{period}{cites}）",
        "en": "standard: {figure} ({period}{cites})",
    },
    "figure": {
        "zh": "{figure}（{period}{cites}）",
        "en": "{figure} ({period}{cites})",
    },
    "figure-value": {"zh": "{title} {value}", "en": "{title}: {value}"},
    "then-cites": {"zh": "，{cites}", "en": "; {cites}"},
    "local-parameter": {"zh": "，本地设定", "en": "; set locally"},
    "basis": {"zh": "依据：{cites}", "en": "basis: {cites}"},
    "why": {"zh": "说明：{why}", "en": "note: {why}"},
    "given": {"zh": "企业自报", "en": "as given"},
    "mark-met": {"zh": "满足", "en": "met"},
    "mark-failed": {"zh": "不满足", "en": "not met"},
    "mark-open": {"zh": "未知", "en": "not known"},
    "mark-fact": {"zh": "信息", "en": "fact"},
    # ---- amounts
    "amount-form": {"zh": "{form} {amount}", "en": "{form} {amount}"},
    "form-without": {"zh": "{form}，{amount}", "en": "{form}, {amount}"},
    "set-amount": {"zh": "金额由{who}确定", "en": "amount set by {who}"},
    "set-amount-in": {
        "zh": "{amount}，由{who}在此范围内确定",
        "en": "{amount}, set by {who} within it",
    },
    "amount-open": {"zh": "金额待定", "en": "amount open"},
    "no-money": {"zh": "无直接金额", "en": "no direct amount"},
    "no-amount": {"zh": "无金额", "en": "no amount"},
    "up-to": {"zh": "最高{high}", "en": "up to {high}"},
    "from-amount": {"zh": "{low}以上", "en": "{low} or more"},
    "unpriced": {
        "zh": "另有{count}项的金额由主管部门确定",
        "en": "and {count} with an amount set by the authority",
    },
    "unpriced-one": {
        "zh": "另有1项的金额由主管部门确定",
        "en": "and 1 with an amount set by the authority",
    },
    # ---- who settles
    "firm": {"zh": "企业自行填报", "en": "the firm"},
    "register": {"zh": "部门登记数据", "en": "a department’s data"},
    "officer": {"zh": "主管部门认定", "en": "the authority’s decision"},
    # ---- headings of the answer
    "answer-title": {"zh": "惠企政策匹配结果", "en": "Policies for this firm"},
    "a-firm": {"zh": "（未填企业名称）", "en": "(unnamed firm)"},
    "as-of": {"zh": "适用{day}的规定", "en": "The law as of {day}"},
    "may-get": {"zh": "符合条件可享受", "en": "On offer where eligible"},
    "basis-column": {"zh": "依据", "en": "Basis"},
    "amount-column": {"zh": "金额", "en": "Amount"},
    "policy-column": {"zh": "政策", "en": "Policy"},
    "kind-column": {"zh": "类别", "en": "Kind"},
    "period-column": {"zh": "施行期间", "en": "In force"},
    "question-column": {"zh": "问题", "en": "Question"},
    "settles-column": {"zh": "可确定的政策", "en": "Helps to settle"},
    "who-column": {"zh": "由谁确定", "en": "Settled by"},
    "id-column": {"zh": "编号", "en": "Id"},
    "questions": {"zh": "接下来最值得补充的信息", "en": "What to find out next"},
    "more-questions": {"zh": "其余{count}个问题", "en": "{count} more questions"},
    "ask": {"zh": "请补充：{asks}", "en": "To answer: {asks}"},
    "ask-number": {"zh": "{title}确切是多少？", "en": "What exactly is: {title}?"},
    "ask-value": {"zh": "{title}：情况如何？", "en": "What is: {title}?"},
    "await": {"zh": "等待认定：{asks}", "en": "Awaiting a decision: {asks}"},
    "missing-column": {"zh": "尚缺的信息", "en": "Still to find out"},
    "fails-column": {"zh": "未满足的条件", "en": "Condition not met"},
    "amount-needs": {
        "zh": "金额还取决于：{facts}",
        "en": "the amount depends on: {facts}",
    },
    "excluded-by": {
        "zh": "与“{other}”不能同时享受，本企业选用后者",
        "en": "not together with “{other}”, which is worth more here",
    },
    "undecided-choice": {
        "zh": "同类政策只能选一项，哪项更有利尚不能确定",
        "en": "only one of its group can be had; which is worth most is open",
    },
    "warnings": {"zh": "请核对", "en": "Please check"},
    "contradicts": {
        "zh": "“{title}”填为{given}，按其他信息应为{expected}；以填报值为准",
        "en": "“{title}” is given as {given}; the other facts make it {expected};"
        " the given value was used",
    },
    "contradicts-plain": {
        "zh": "“{title}”与其他信息不一致；以填报值为准",
        "en": "“{title}” disagrees with the other facts; the given value was used",
    },
    "few-in-force": {
        "zh": "当日施行的政策只有{count}项（共{all}项）。",
        "en": "Only {count} of {all} policies are in force on this day. ",
    },
    "more-on": {
        "zh": "按下列日期查询，施行的政策较多：{days}。",
        "en": "More are in force on: {days}.",
    },
    "day-count": {"zh": "{day}（{count}项）", "en": "{day} ({count})"},
    "local": {
        "zh": "以下数值由本地参数文件设定：{names}",
        "en": "Set by a local parameters file: {names}",
    },
    "explanation": {"zh": "逐项依据", "en": "The evidence"},
    "and-more": {"zh": "等{count}项", "en": "and others, {count} in all"},
    # ---- claims and policy pages
    "claim": {"zh": "如何办理", "en": "How to claim"},
    "automatic": {"zh": "免申即享，无需申请", "en": "granted without a claim"},
    "channel": {"zh": "途径", "en": "Where"},
    "deadline": {"zh": "期限", "en": "By when"},
    "documents": {"zh": "提交材料", "en": "To submit"},
    "keep": {"zh": "留存备查", "en": "To keep"},
    "lead": {"zh": "牵头部门", "en": "Lead department"},
    "granting": {"zh": "经办部门", "en": "Granting department"},
    "departments": {"zh": "部门", "en": "Departments"},
    "conditions": {"zh": "条件", "en": "Conditions"},
    "benefit": {"zh": "优惠内容", "en": "Benefit"},
    "relations": {"zh": "与其他政策的关系", "en": "Other policies"},
    "one-of": {"zh": "与{others}只能享受其一", "en": "Only one of this and {others}"},
    "limited-together": {
        "zh": "与{others}合计不超过{limit}",
        "en": "Together with {others} at most {limit}",
    },
    "figures": {"zh": "所用数值", "en": "Figures"},
    "sources": {"zh": "文件", "en": "Documents"},
    "plan": {"zh": "计划出处", "en": "In the plan"},
    "notes": {"zh": "备注", "en": "Notes"},
    "otherwise": {"zh": "其他情形", "en": "otherwise"},
    "case": {"zh": "{title}（{guard}）", "en": "{title} ({guard})"},
    "because-plan-period": {
        "zh": "计划期间，并非法定期限",
        "en": "the plan’s period, not a legal term",
    },
    "superseded": {"zh": "已由{other}替代", "en": "replaced by {other}"},
    "indirect": {"zh": "间接受益", "en": "reaches firms indirectly"},
    "policies-title": {"zh": "政策目录", "en": "Policies"},
    "in-force-count": {
        "zh": "{day}施行{count}项，共{all}项",
        "en": "{count} of {all} in force on {day}",
    },
    "in-force-yes": {"zh": "施行", "en": "in force"},
    "in-force-no": {"zh": "未施行", "en": "not in force"},
    "page-out-of-force": {
        "zh": "该政策在{day}未施行，条件与金额请按施行期间内的日期查询。",
        "en": "Not in force on {day}; ask for a day in the period for its conditions.",
    },
    # ---- kinds
    "kind-tax": {"zh": "税费", "en": "tax"},
    "kind-subsidy": {"zh": "奖补", "en": "subsidy"},
    "kind-finance": {"zh": "融资", "en": "finance"},
    "kind-procurement": {"zh": "政府采购", "en": "procurement"},
    "kind-service": {"zh": "服务", "en": "service"},
    "kind-recognition": {"zh": "认定", "en": "recognition"},
    "kind-space": {"zh": "场地", "en": "space"},
    "kind-talent": {"zh": "人才", "en": "talent"},
    # ---- forms
    "form-deduction": {"zh": "税前扣除", "en": "deduction"},
    "form-tax-reduction": {"zh": "减免税额", "en": "tax off"},
    "form-grant": {"zh": "奖补资金", "en": "grant"},
    "form-fee-reduction": {"zh": "减免费用", "en": "fee off"},
    "form-preference": {"zh": "评审优惠", "en": "preference"},
    "form-service": {"zh": "服务", "en": "service"},
    "form-recognition": {"zh": "认定", "en": "recognition"},
    "form-credit": {"zh": "信贷支持", "en": "access to credit"},
    # ---- blank profile
    "profile-title": {
        "zh": "企业信息表：把 unknown 改为实际情况，不清楚的保留不动。",
        "en": "A firm’s profile: replace `unknown` where you know; leave the rest.",
    },
    "profile-formats": {
        "zh": "金额单位为元，可写 300万、1.2亿；比例可写 5%；日期写 2022-12-31；"
        "可填范围，如 20..50；明确没有的填“无”。",
        "en": "Money is in {currency}; ratios may be written 5%; dates 2022-12-31;"
        " a range such as 20..50 is an answer; `none` means known to have none.",
    },
    "profile-on": {
        "zh": "信息截至日期（可不填）",
        "en": "the day the facts describe (optional)",
    },
    "profile-derived": {
        "zh": "下列各项由系统推算，一般不必填写；填写的，以填写为准。",
        "en": "These are derived. Give one only to override what is derived.",
    },
    "profile-values": {"zh": "可填：{values}", "en": "one of: {values}"},
    "profile-bool": {"zh": "填 是 或 否", "en": "yes or no"},
    "profile-none": {"zh": "没有的填“无”", "en": "`none` if there is none"},
    "profile-list": {
        "zh": "每个季度的季初数和季末数，如 [[120, 200], [400, 500]]",
        "en": "start and end of each quarter operated: [[120, 200], [400, 500]]",
    },
    "profile-who": {"zh": "由谁确定：{who}", "en": "settled by: {who}"},
    "profile-unit": {"zh": "单位：{unit}", "en": "unit: {unit}"},
}


def label(key: str, lang: str, **values: object) -> str:
    """Return a fixed text, its gaps filled; English where `lang` has none."""
    texts = CATALOGUE[key]
    text = texts.get(lang) or texts["en"]
    return text.format(**values) if values else text
