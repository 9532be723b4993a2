"""A pharmacy slip: quantity and price in columns beside wrapped names, boxed total."""

from __future__ import annotations

from ..content import Receipt
from ..pen import Pen
from . import blocks
from .registry import layout

NAME_WIDTH = 0.48
STOPS = (0.58, 0.78, 1.0)


@layout("pharmacy", trades=("pharmacy", "cafe", "hardware"), fonts=("sans", "mono"), columns=(36, 42))
def draw(pen: Pen, r: Receipt) -> None:
    blocks.head(pen, r, title_size=1.4)
    pen.rule()
    blocks.reference(pen, r)
    blocks.date_and_time(pen, r)
    pen.rule()
    for index in range(len(r.items)):
        remedy(pen, r, index)
    pen.rule()
    blocks.before_total(pen, r)
    if r.rounding:
        blocks.rounding(pen, r)
    reversed_total(pen, r)
    blocks.included_tax(pen, r)
    blocks.payment(pen, r)
    blocks.foot(pen, r)


def remedy(pen: Pen, r: Receipt, index: int) -> None:
    """A name that may take two lines, its numbers on the first."""
    item = r.items[index]
    first, *rest = pen.wrap(blocks.cased(pen, item.description), NAME_WIDTH)
    pen.put(first, 0, "left", f"/items/{index}/description")
    blocks.put_quantity(pen, index, item, STOPS[0], "right")
    blocks.put_unit_price(pen, r, index, item, STOPS[1])
    blocks.put_amount(pen, r, index, item, STOPS[2], bare=True)
    pen.feed()
    for part in rest:
        pen.put(part, 0.04, "left", f"/items/{index}/description")
        pen.feed()


def reversed_total(pen: Pen, r: Receipt) -> None:
    """The total in white on a black bar."""
    size, symbol = 1.35, pen.style.symbol
    pen.feed(0.25)
    pen.bar(0, 1, size * 1.2)
    value = r.country.money.number(r.total)
    pen.put(pen.style.words("total"), 0.02, "left", bold=True, size=size, white=True, announces="/total")
    text = blocks.amount(r, r.total, symbol)
    pen.put(text, 0.98, "right", "/total", value, bold=True, size=size, white=True, currency=bool(symbol))
    pen.feed(1.3, size)
