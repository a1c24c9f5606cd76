"""Paper: its rate per kg from burst factor, weight and shade, and the short text that specifies a board."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shared.domains.pricing.rules.numbers import Count, exact, plain

SHADES: Mapping[str, str] = {  # with their abbreviations, in the order of the trade's list
    "Kraft/Natural": "KRA",
    "Testliner": "TST",
    "Virgin Kraft Liner": "VKL",
    "White Kraft Liner": "WKL",
    "White Top Testliner": "WTT",
    "Duplex Grey Back (LWC)": "LWC",
    "Duplex Grey Back (HWC)": "HWC",
    "Semi Chemical Fluting": "SCF",
    "Recycled Fluting": "RCF",
    "Bagasse (Agro based)": "BAG",
    "Golden Kraft": "GOL",
}
BF_PRICES: Mapping[str, str] = {  # ₹ per kg with which a new tenant begins
    "14": "32", "16": "33", "18": "34", "20": "35", "22": "36.50", "24": "38.50", "28": "44.50", "35": "50",
}  # fmt: skip


class PaperRules(NamedTuple):
    """GSM limits (both inclusive) with the adjustments in ₹ per kg at and beyond them; the market's for every paper."""

    low_gsm_limit: Count
    low_gsm_adjustment: Count
    high_gsm_limit: Count
    high_gsm_adjustment: Count
    market_adjustment: Count


DEFAULT_RULES = PaperRules(exact("101"), exact("1"), exact("201"), exact("1"), 0)


class PaperPrices(NamedTuple):
    """What a tenant pays: ₹ per kg by burst factor, premium by shade (case-folded), rules."""

    bf_prices: Mapping[Count, Count]
    shade_premiums: Mapping[str, Count]
    rules: PaperRules | None  # None adjusts nothing


class PaperRate(NamedTuple):
    """₹ per kg: the sum and its four parts."""

    rate: Count
    bf_base_price: Count
    gsm_adjustment: Count
    shade_premium: Count
    market_adjustment: Count


def paper_rate(prices: PaperPrices, bf: Count, gsm: Count, shade: str) -> PaperRate | None:
    """₹ per kg = BF price + GSM adjustment + shade premium + market adjustment; None where the BF has no price.

    The low limit is tried first; an unknown shade has no premium.
    """
    base = prices.bf_prices.get(bf)
    if base is None:
        return None
    adjustment: Count = 0
    market: Count = 0
    if rules := prices.rules:
        market = rules.market_adjustment
        if gsm <= rules.low_gsm_limit:
            adjustment = rules.low_gsm_adjustment
        elif gsm >= rules.high_gsm_limit:
            adjustment = rules.high_gsm_adjustment
    premium = prices.shade_premiums.get(shade.casefold(), 0)
    return PaperRate(base + adjustment + premium + market, base, adjustment, premium, market)


def paper_spec(papers: Iterable[tuple[str | None, Count | None, Count | None]]) -> tuple[str, int]:
    """`KRA120/18,TST150/20` of shade, GSM and BF, outside first; and how many lack a shade, or both GSM and BF, and are
    left out. A rule of the trade that borrowed cases prove; no operation shows it."""
    parts = []
    missing = 0
    for shade, gsm, bf in papers:
        if not shade or not (gsm or bf):
            missing += 1
            continue
        parts.append(abbreviation(shade) + (plain(gsm) if gsm else "") + (f"/{plain(bf)}" if bf else ""))
    return ",".join(parts), missing


def abbreviation(shade: str) -> str:
    """Of the trade's list; else of the first of it that contains the shade or is contained; else the initials."""
    wanted = shade.strip().casefold()
    if not wanted:
        return "UNK"
    known = {name.casefold(): short for name, short in SHADES.items()}
    if wanted in known:
        return known[wanted]
    alike = (short for name, short in known.items() if wanted in name or name in wanted)
    return next(alike, "".join(word[0] for word in wanted.split())[:3].upper())
