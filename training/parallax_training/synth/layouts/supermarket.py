"""A supermarket slip: name and amount on one line, code and quantity on the next."""

from __future__ import annotations

from ..content import Receipt
from ..pen import ROLL_58, ROLL_80, Pen
from . import blocks
from .registry import layout


@layout("supermarket", trades=("grocery", "pharmacy"), papers=(ROLL_80, ROLL_80, ROLL_58), columns=(34, 42))
def draw(pen: Pen, r: Receipt) -> None:
    blocks.head(pen, r, title_size=1.7)
    pen.feed(0.5)
    blocks.date_and_time(pen, r)
    blocks.reference(pen, r)
    pen.rule()
    for index in range(len(r.items)):
        article(pen, r, index)
    pen.rule()
    blocks.sums(pen, r, total_size=1.4)
    blocks.payment(pen, r)
    pen.feed(0.4)
    blocks.count(pen, r)
    blocks.included_tax(pen, r)
    blocks.foot(pen, r)


def article(pen: Pen, r: Receipt, index: int) -> None:
    """Name, amount and tax letter; below, the code and ``3 x 1.20`` when there are several."""
    item = r.items[index]
    letters = len(r.tax_lines) > 1
    blocks.put_description(pen, index, item, 0, 0.66)
    blocks.put_amount(pen, r, index, item, at=0.95 if letters else 1)
    if letters:
        pen.put(blocks.tax_letter(r, item), 1, "right")
    pen.feed()
    pen.put(item.code, 0.05)
    if item.quantity > 1:
        blocks.put_quantity(pen, index, item, 0.58, "right")
        pen.put("x", 0.61)
        blocks.put_unit_price(pen, r, index, item, 0.66, "left")
    pen.feed()
