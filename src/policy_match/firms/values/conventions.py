"""How spreadsheets write numbers, units and blanks, by named locale.

What a profile may say is the locale's own affair (`language/locales.py`); this is
the wider set of things that people and programs leave in a column.
"""

from __future__ import annotations

import re
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Habits:
    """Words, all in lower case and NFKC."""

    powers: Mapping[str, int]
    """Words for powers of ten before a unit: `万` is 4."""
    currency: tuple[str, ...]
    """What the rulebook's currency is called, longest first."""
    units: tuple[frozenset[str], ...]
    """Units that are called by several names."""
    at_least: frozenset[str]
    """Words before or after a number that mean it or more: `以上`."""
    at_most: frozenset[str]
    more_than: frozenset[str]
    less_than: frozenset[str]
    to: tuple[str, ...]
    """What stands between the two ends of a range, longest first."""
    about: tuple[str, ...]
    """Words before a number that is not exact, longest first."""
    or_so: tuple[str, ...]
    """The same behind one."""
    percent: tuple[str, ...]
    """Words before a number of hundredths: `百分之`."""
    whole: tuple[str, ...]
    """What stands behind an amount and only ends it: `整`."""
    unknown: frozenset[str]
    true: frozenset[str]
    false: frozenset[str]
    money: tuple[str, ...] = ()
    """How any unit of money ends, whosever it is."""
    measures: frozenset[str] = field(default_factory=frozenset)
    """Units of other things than money, in which a figure of ours cannot be read."""
    scaled: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Units that are a power of ten of another one."""
    sized: Mapping[str, tuple[str, Fraction]] = field(default_factory=dict)
    """Units that are another share of one, exactly: 15 `亩` are a hectare."""
    no_firm: re.Pattern[str] = re.compile(r"(?!)")
    """What begins a row of totals, of notes or of signatures."""
    kept: frozenset[str] = frozenset({"phone", "email", "contact", "address"})
    """Columns that are of no fact, and useful in a worklist."""
    unit_headings: frozenset[str] = frozenset({"unit", "units"})
    """What a column of units is called."""
    coded: tuple[str, ...] = ()
    """What the heading of a column of numbers for words ends with."""
    levels: tuple[str, ...] = ()
    """The levels of a classification as headings call them, the coarsest first."""
    this_period: tuple[str, ...] = ()
    """Words of a heading for the period that a table is about, longest first."""
    other_period: frozenset[str] = field(default_factory=frozenset)
    """Words for an earlier or a shorter period, and for what has grown since."""
    a_year: re.Pattern[str] = re.compile(r"(?:19|20)[0-9]{2}")
    hints: frozenset[str] = field(default_factory=frozenset)
    """What may stand in the brackets of a heading without meaning anything."""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The headings of a claims file, by what they are."""


_EN = Habits(
    powers={
        "k": 3,
        "thousand": 3,
        "'000": 3,
        "000": 3,
        "000s": 3,
        "10k": 4,
        "10,000": 4,
        "10000": 4,
        "1,000": 3,
        "1000": 3,
        "100k": 5,
        "m": 6,
        "mn": 6,
        "million": 6,
        "100 million": 8,
        "bn": 9,
        "billion": 9,
    },
    currency=(),
    units=(
        frozenset({"persons", "people", "person", "heads"}),
        frozenset({"square metres", "square meters", "m2", "sqm", "sq m"}),
    ),
    at_least=frozenset({">=", "≥", "at least", "or more", "and above", "+"}),
    at_most=frozenset({"<=", "≤", "at most", "up to", "or fewer", "or less"}),
    more_than=frozenset({">", "more than", "over", "above"}),
    less_than=frozenset({"<", "less than", "fewer than", "under", "below"}),
    to=("..", "~", "to", "–", "—", "-"),
    about=("approximately", "around", "about", "approx.", "approx", "ca.", "circa"),
    or_so=("or so",),
    percent=(),
    whole=(),
    unknown=frozenset(
        {"n/a", "na", "null", "nan", "nat", "undefined", "unknown", "?"}
        | {"*" * stars for stars in range(1, 9)}
    ),
    true=frozenset({"true", "yes", "y", "t", "1", "1.0", "√", "✓", "✔", "☑"}),
    false=frozenset({"false", "no", "n", "f", "0", "0.0", "×", "✗", "✘", "☒"}),
    hints=frozenset({"y/n", "yes/no", "yyyy-mm-dd", "yyyy/mm/dd", "yyyymmdd"}),
    claims={
        "policy": ("policy", "policy id", "measure"),
        "amount": ("amount", "amount paid", "paid"),
        "on": ("on", "date", "paid on", "day"),
    },
)

_ZH = Habits(
    powers={
        **_EN.powers,
        "百": 2,
        "千": 3,
        "仟": 3,
        "w": 4,
        "万": 4,
        "萬": 4,
        "十万": 5,
        "百万": 6,
        "千万": 7,
        "亿": 8,
        "十亿": 9,
        "百亿": 10,
        "億": 8,
    },
    currency=("人民币", "rmb", "cny", "yuan", "元", "圆", "¥"),
    units=(
        frozenset({"人", "名", "位", "个", *_EN.units[0]}),
        frozenset({"平方米", "平米", "㎡", *_EN.units[1]}),
    ),
    at_least=_EN.at_least
    | {
        "以上",
        "及以上",
        "(含)以上",
        "(含)及以上",
        "至少",
        "不少于",
        "不低于",
        "不小于",
        "起",
    },
    at_most=_EN.at_most
    | {
        "以下",
        "及以下",
        "以内",
        "(含)以下",
        "(含)以内",
        "至多",
        "最多",
        "不超过",
        "不多于",
        "不高于",
    },
    more_than=_EN.more_than | {"超过", "多于", "大于", "高于"},
    less_than=_EN.less_than | {"不足", "不满", "少于", "小于", "低于", "未满"},
    to=("..", "~", "至", "到", *_EN.to[2:]),
    about=("大约", "大概", "约为", "约", *_EN.about),
    or_so=("左右", "上下", *_EN.or_so),
    percent=("百分之",),
    whole=("整", "正"),
    unknown=_EN.unknown
    | {
        *("不详", "不明", "不清楚", "未知", "未填", "未填写", "未填报", "未提供"),
        *("待定", "待补", "待补充", "待查", "待核", "待核实", "待确认"),
        *("空", "空白", "空值", "缺", "缺失", "暂缺", "暂无", "暂无数据", "暂无信息"),
        *("不适用", "不涉及", "无需填报", "免填"),
        *("保密", "不便透露", "未披露", "未公示", "不公示", "选择不公示"),
        *("企业选择不公示", "见附件", "详见附件", "同上", "。", "、", "□", "☐"),
    },
    true=_EN.true
    | {"是", "有", "对", "真", "是的", "已", "符合", "具备", "属于", "达到"}
    | {"已认定", "已取得", "已办理", "已建立", "已开展"},
    false=_EN.false
    | {"否", "无", "没有", "非", "不是", "假", "未", "不符合", "不具备", "不属于"}
    | {"未达到", "未认定", "未取得", "未办理", "未建立", "未开展"},
    money=("元", "币", "镑", "美金", "圆", "usd", "eur", "hkd", "jpy", "$", "€"),
    measures=frozenset(
        {"亩", "公亩", "顷", "户", "家", "吨", "公斤", "千克", "kg", "件", "套", "台"}
        | {"个月", "月", "天", "日", "小时", "岁", "次", "张", "本", "项目", "笔"}
        | {"公顷", "平方公里", "平方千米", "人", "名", "平方米", "㎡", "m2", "%", "‰"}
    ),
    scaled={
        "公顷": ("平方米", 4),
        "ha": ("平方米", 4),
        "平方公里": ("平方米", 6),
        "平方千米": ("平方米", 6),
        "km2": ("平方米", 6),
    },
    sized={"亩": ("平方米", Fraction(10_000, 15))},
    no_firm=re.compile(
        r"\(?(?:本页|本表|全市|全镇|全区|全县)?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|平均)(?:数|[:(].*)?$"
        r"|(?:填表|填报|制表|审核|复核|复查|负责|统计|联系|经办|报送)(?:人|单位|部门|日期|时间)?"
        r"(?:签[名字章]|电话)?\s*:"
        r"|(?:单位|统计|部门)负责人\s*:|报出日期|(?:填表|填报|报表)说明"
        r"|(?:备注|注|说明|附注|数据来源|资料来源)\s*[:：1-9]|以[上下](?:数据|金额|均)|本表|共\s*[0-9]+\s*[户家条]"
        r"|第\s*[0-9]+\s*页|[-—(]+\s*(?:完|以下空白)|以下空白|金额单位|计量单位|单位:"
    ),
    kept=frozenset(
        {
            "联系电话",
            "电话",
            "手机",
            "移动电话",
            "固定电话",
            "邮箱",
            "联系人",
            "网格",
            "所属网格",
        }
        | {"注册地址", "经营地址", "企业地址", "生产经营地址", "通信地址", "代账机构"}
        | {"代理记账公司", "税收管理员", "主管税务机关", "登记机关", "园区", "所属园区"}
        | {"小微园", "责任单位", "挂钩领导", "有效手机号"}
    ),
    unit_headings=frozenset(
        {"单位", "计量单位", "金额单位", "货币单位", "币种", "货币种类", "unit"}
    ),
    coded=("代码", "编码", "代码)", "编码)"),
    levels=("门类", "大类", "中类", "小类"),
    this_period=(
        *("1-12月", "1—12月", "1-本月", "1—本月", "本年累计数", "本年累计", "本年度"),
        *(
            "年末余额",
            "期末余额",
            "本期金额",
            "本年金额",
            "期末金额",
            "本年数",
            "本期数",
        ),
        *("年末数", "期末数"),
        *("本年", "全年", "年度", "本期", "期末", "年末", "累计", "当年"),
    ),
    other_period=frozenset(
        {
            *("上年", "上年同期", "去年", "去年同期", "上年度", "上年累计", "上期"),
            *("本月", "当月", "上月", "12月", "期初", "年初", "年初数", "上年数"),
            *("年初余额", "期初余额", "期初数", "上期数", "上期金额", "上年金额"),
            *("增速", "同比", "增长", "增长率", "增幅", "占比", "比重", "零销比"),
        }
    ),
    a_year=re.compile(r"(?:19|20)[0-9]{2}年?度?末?"),
    hints=_EN.hints
    | {"是/否", "有/无", "必填", "选填", "年/月/日", "年月日", "不含税", "金额", "盖章"}
    | {
        "年",
        "盖公章",
        "保留两位小数",
        "取整数",
        "全称",
        "18位",
        "代码",
        "编码",
        "名称",
        "文字",
        "数值",
        "人民币",
    },
    claims={
        "policy": (*_EN.claims["policy"], "政策", "政策名称", "政策编号", "政策id"),
        "amount": (
            *_EN.claims["amount"],
            *(
                "金额",
                "兑付金额",
                "享受金额",
                "补助金额",
                "减免金额",
                "拨付金额",
                "申报金额",
            ),
        ),
        "on": (
            *_EN.claims["on"],
            *(
                "日期",
                "兑付日期",
                "享受日期",
                "拨付日期",
                "发放日期",
                "申报日期",
                "时间",
            ),
        ),
    },
)

HABITS: Mapping[str, Habits] = {"en": _EN, "zh-CN": _ZH}
