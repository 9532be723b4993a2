"""A petrol station slip: pump, grade, litres and the price per litre, one line each."""

from __future__ import annotations

from ..content import Receipt
from ..pen import ROLL_58, ROLL_80, Pen
from . import blocks
from .registry import layout

UNIT = {"US": "GAL"}


@layout("fuel", trades=("fuel",), papers=(ROLL_58, ROLL_80), fonts=("dots", "thermal", "mono"), columns=(28, 34))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    blocks.head(pen, r, title_size=1.3)
    pen.feed(0.5)
    blocks.date_and_time(pen, r)
    blocks.reference(pen, r)
    pen.rule()
    pen.line(f"{words('pump')} {r.place}")
    filling(pen, r)
    pen.rule()
    blocks.sums(pen, r, total_size=1.35)
    blocks.included_tax(pen, r)
    pen.feed(0.5)
    blocks.payment(pen, r)
    blocks.foot(pen, r)


def filling(pen: Pen, r: Receipt) -> None:
    """Grade, volume, price per unit (three decimals) and amount."""
    item, country = r.items[0], r.country
    unit = UNIT.get(country.code, "L")
    point = country.money.point
    pen.line(item.description, "left", "/items/0/description", bold=True)
    volume = f"{item.quantity:.2f}".replace(".", point)
    pen.put(volume, 0.3, "right", "/items/0/quantity", item.quantity)
    pen.put(unit, 0.34)
    decimals = 3 if country.money.decimals else 0
    per_unit = item.unit_price / 10**country.money.decimals
    pen.put("@", 0.46)
    text = f"{per_unit:.{decimals}f}".replace(".", point)
    end = pen.put(text, 0.56, "left", "/items/0/unitPrice", round(per_unit, decimals))
    pen.put("/" + unit, end + 0.01)
    pen.feed()
    blocks.put_amount(pen, r, 0, item)
    pen.feed()
