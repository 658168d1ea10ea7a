"""What the firms of the city do, and where: codes of GB/T 4754-2017, by trade.

Shares, sizes and margins are made up in the likeness of a market town: most
are traders and individual businesses, most plants are small.
"""

from __future__ import annotations

from typing import NamedTuple

LEGAL_FORMS = (
    "company",
    "sole_proprietorship",
    "partnership",
    "individual_business",
    "cooperative",
)
COMPANY, SOLE, PARTNERSHIP, INDIVIDUAL, COOPERATIVE = range(5)


class Trade(NamedTuple):
    """One class of economic activity."""

    code: str
    goods: str
    """What the names of such firms say."""
    shops: float
    """Its weight among individual businesses."""
    firms: float
    """Its weight among all others."""
    staff: float
    """The median number of people, individual businesses apart."""
    sales: float
    """Median sales a person a year, in 万元."""
    margin: float
    research: float = 0.0
    """The share of firms, individual businesses apart, that do R&D."""


TRADES = (
    Trade("F5131", "针织品", 5, 3, 5, 60, 0.05),
    Trade("F5132", "服装", 7, 4, 6, 60, 0.05),
    Trade("F5135", "日用百货", 9, 7, 5, 70, 0.05),
    Trade("F5136", "装饰品", 5, 3, 5, 65, 0.06),
    Trade("F5139", "家居用品", 6, 4, 5, 70, 0.05),
    Trade("F5141", "文具", 4, 2, 5, 60, 0.05),
    Trade("F5142", "体育用品", 2, 1.5, 5, 65, 0.06),
    Trade("F5146", "饰品", 8, 4, 5, 55, 0.07),
    Trade("F5149", "玩具", 6, 3, 5, 60, 0.06),
    Trade("F5181", "进出口", 0.5, 9, 7, 180, 0.03),
    Trade("F5193", "电子商务", 4, 8, 8, 90, 0.05, 0.02),
    Trade("F5211", "百货", 6, 1, 6, 45, 0.06),
    Trade("F5212", "超市", 5, 1, 8, 50, 0.04),
    Trade("F5232", "服饰", 5, 1, 5, 40, 0.08),
    Trade("F5292", "网络科技", 6, 5, 7, 60, 0.06, 0.02),
    Trade("C1819", "制衣", 1.0, 3, 28, 35, 0.06, 0.10),
    Trade("C1830", "服饰", 0.8, 2, 22, 32, 0.07, 0.10),
    Trade("C1761", "针织", 0.6, 2, 30, 40, 0.06, 0.16),
    Trade("C2319", "印刷包装", 0.5, 1.5, 18, 38, 0.06, 0.14),
    Trade("C2411", "文化用品", 0.4, 1, 24, 36, 0.07, 0.18),
    Trade("C2438", "饰品", 1.5, 3, 25, 30, 0.09, 0.15),
    Trade("C2439", "工艺品", 1.5, 2.5, 18, 28, 0.08, 0.10),
    Trade("C2451", "电玩", 0.3, 1, 35, 38, 0.08, 0.25),
    Trade("C2452", "玩具", 0.8, 1.5, 26, 34, 0.08, 0.18),
    Trade("C2682", "化妆品", 0.1, 1.2, 26, 55, 0.12, 0.30),
    Trade("C2927", "塑料制品", 0.6, 1.5, 20, 42, 0.06, 0.15),
    Trade("C3389", "日用五金", 0.5, 1.2, 20, 40, 0.07, 0.16),
    Trade("C3525", "模具", 0.2, 0.8, 15, 42, 0.09, 0.30),
    Trade("C3670", "汽车配件", 0.1, 0.6, 45, 60, 0.08, 0.40),
    Trade("C3872", "照明电器", 0.2, 0.6, 30, 45, 0.08, 0.35),
    Trade("A0141", "果蔬", 1.0, 0.8, 8, 18, 0.08),
    Trade("E5012", "装饰工程", 1.0, 2, 12, 40, 0.06),
    Trade("E4710", "建设", 0.1, 0.6, 60, 55, 0.04),
    Trade("G5431", "物流", 1.5, 2, 10, 45, 0.05),
    Trade("G5910", "装卸", 0.5, 0.4, 15, 22, 0.05),
    Trade("G5990", "仓储", 0.2, 0.6, 12, 40, 0.06),
    Trade("G6020", "快递", 0.5, 0.5, 25, 25, 0.04),
    Trade("H6110", "大酒店", 0.2, 0.4, 25, 18, 0.05),
    Trade("H6210", "餐饮", 9, 1, 10, 16, 0.06),
    Trade("I6432", "信息技术", 0.3, 1, 9, 35, 0.08, 0.20),
    Trade("I6513", "软件", 0.2, 2, 10, 40, 0.10, 0.45),
    Trade("K7010", "置业", 0.0, 0.6, 15, 400, 0.10),
    Trade("K7020", "物业", 0.1, 0.7, 40, 12, 0.05),
    Trade("K7040", "租赁经营", 0.3, 0.5, 4, 60, 0.20),
    Trade("L7249", "咨询", 0.5, 3, 5, 35, 0.10, 0.01),
    Trade("L7259", "广告", 1, 2, 5, 32, 0.08, 0.01),
    Trade("M7491", "设计", 0.3, 1.2, 7, 30, 0.10, 0.20),
    Trade("O8040", "美容美发", 6, 0.4, 6, 14, 0.08),
    Trade("P8391", "培训", 0.3, 0.8, 12, 20, 0.08),
    Trade("Q8425", "门诊部", 0.3, 0.3, 12, 25, 0.08),
    Trade("R9011", "娱乐", 0.4, 0.3, 15, 15, 0.06),
)
"""Q8425, P8391, K7040 have a size by reference only; F, H, K, L, R90 lie outside
the R&D super-deduction."""

TOWNS = (
    "稠城街道", "福田街道", "江东街道", "稠江街道", "北苑街道", "后宅街道", "城西街道",
    "廿三里街道", "佛堂镇", "苏溪镇", "上溪镇", "大陈镇", "义亭镇", "赤岸镇",
)  # fmt: skip
"""The sub-districts and towns of Yiwu."""
TRADERS_LIVE = (14, 18, 16, 9, 12, 6, 6, 6, 4, 3, 2, 1, 2, 1)
PLANTS_STAND = (2, 3, 5, 9, 8, 7, 8, 10, 12, 14, 7, 6, 7, 2)
