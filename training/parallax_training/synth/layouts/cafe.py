"""A cafe slip: a script name, airy lines, and lines for a tip still to be written."""

from __future__ import annotations

from ..content import Receipt
from ..pen import Pen
from . import blocks
from .registry import layout


@layout("cafe", trades=("cafe", "restaurant"), fonts=("thermal", "sans", "mono"), columns=(30, 38))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    blocks.head(pen, r, title_size=1.9)
    pen.feed(0.7)
    blocks.reference(pen, r)
    blocks.date_and_time(pen, r)
    pen.feed(0.8)
    for index in range(len(r.items)):
        order(pen, r, index)
    pen.feed(0.4)
    pen.rule()
    blocks.sums(pen, r, total_size=1.4)
    blocks.included_tax(pen, r)
    pen.feed(0.5)
    blocks.payment(pen, r)
    if r.country.code == "US" and r.tip is None and not r.payment.cash:
        tip_to_write(pen, words("tip"), words("total"))
    blocks.foot(pen, r)


def order(pen: Pen, r: Receipt, index: int) -> None:
    """``Flat White           8.00``, with ``2 @ 4.00`` below when there are several."""
    item = r.items[index]
    blocks.put_description(pen, index, item, 0, 0.68)
    blocks.put_amount(pen, r, index, item)
    pen.feed(1.05)
    if item.quantity > 1:
        end = pen.put("@", blocks.put_quantity(pen, index, item, 0.08) + 0.03)
        blocks.put_unit_price(pen, r, index, item, end + 0.02, "left")
        pen.feed(1.05)


def tip_to_write(pen: Pen, tip: str, total: str) -> None:
    """Empty lines on the card slip; nothing on them is printed, so nothing is labelled."""
    pen.feed(0.8)
    for caption in (tip, total):
        pen.put(caption)
        pen.bar(0.35, 1, 0.05, pen.em)
        pen.feed(1.6)
