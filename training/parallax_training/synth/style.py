"""The look of one receipt: typeface, width, and the many small habits of a till."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from . import fonts
from .content import Receipt
from .words import Words


@dataclass(frozen=True)
class Style:
    font: str
    title_font: str
    columns: int  # characters across the printable width
    leading: float  # line height over font size
    words: Words
    upper: bool  # merchant and items in capitals
    symbol: str  # currency symbol, "" where amounts stand bare
    symbol_on_items: bool
    rule: str  # character rules are drawn with, "" for a drawn line
    date: str
    time: str
    show_phone: bool
    show_tax_id: bool
    show_subtotal: bool
    net_first: bool  # inclusive prices: print net and tax before the total
    show_count: bool
    tax_names_split: tuple[str, ...] = ()
    colon: bool = False


def make_style(rng: Random, receipt: Receipt, kinds: tuple[str, ...], columns: tuple[int, int]) -> Style:
    """A style among fonts of the given kinds, with a column count in the given range."""
    country = receipt.country
    font = rng.choice(fonts.of_kind(*kinds))
    symbols = [s for s in country.symbols if fonts.can_print(font, s)]
    title = rng.choice([font, font, font, "liberation-sans", "roboto-condensed"])
    if rng.random() < 0.12:
        title = "lobster-two"
    return Style(
        font=font, title_font=title, columns=rng.randint(*columns), leading=rng.uniform(1.12, 1.35),
        words=Words(country.language, rng), upper=rng.random() < 0.45 and title != "lobster-two",
        symbol=rng.choice(symbols) if rng.random() < 0.8 else "", symbol_on_items=rng.random() < 0.2,
        rule=rng.choice(("-", "-", "=", "*", ".", "")), date=rng.choice(country.dates), time=rng.choice(country.times),
        show_phone=rng.random() < 0.8, show_tax_id=bool(country.tax_id) and rng.random() < 0.6,
        show_subtotal=rng.random() < 0.5, net_first=rng.random() < 0.3, show_count=rng.random() < 0.4,
        tax_names_split=("CGST", "SGST") if country.code == "IN" else (), colon=rng.random() < 0.4,
    )
