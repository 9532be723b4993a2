"""A hardware store slip: part number first, columns of quantity, price, amount; tax table."""

from __future__ import annotations

from ..content import Receipt
from ..pen import Pen
from . import blocks
from .registry import layout

STOPS = (0.46, 0.74, 1.0)  # right edges of quantity, price, amount


@layout("hardware", trades=("hardware", "grocery"), columns=(40, 48))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    blocks.head(pen, r, align="left", title_size=1.5)
    pen.feed(0.4)
    pen.line(words("invoice"), "centre", bold=True, size=1.15)
    blocks.reference(pen, r)
    blocks.date_and_time(pen, r)
    pen.rule()
    column_heads(pen)
    pen.rule()
    for index in range(len(r.items)):
        part(pen, r, index)
    pen.rule()
    blocks.before_total(pen, r)
    if r.rounding:
        blocks.rounding(pen, r)
    blocks.sum_line(pen, r, words("total"), r.total, "/total", bold=True, size=1.25)
    blocks.payment(pen, r)
    if r.inclusive and r.tax_lines and not pen.style.net_first:
        pen.feed(0.5)
        blocks.tax_table(pen, r)
    blocks.foot(pen, r)


def column_heads(pen: Pen) -> None:
    words = pen.style.words
    pen.put(pen.fit(words("item"), 0.34))
    for key, stop in zip(("qty", "price", "amount"), STOPS, strict=True):
        pen.put(words(key), stop, "right")
    pen.feed()


def part(pen: Pen, r: Receipt, index: int) -> None:
    """The description on a line of its own, the numbers under it."""
    item = r.items[index]
    blocks.put_description(pen, index, item, 0, 0.9)
    pen.feed()
    pen.put(item.code, 0.04)
    blocks.put_quantity(pen, index, item, STOPS[0], "right")
    blocks.put_unit_price(pen, r, index, item, STOPS[1])
    blocks.put_amount(pen, r, index, item, STOPS[2], bare=True)
    pen.feed(1.05)
