"""A restaurant bill: table and guests, quantity before the dish, service charge, big total."""

from __future__ import annotations

from ..content import Receipt
from ..pen import Pen
from . import blocks
from .registry import layout


@layout("restaurant", trades=("restaurant",), columns=(32, 42))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    blocks.head(pen, r)
    pen.rule()
    pen.pair(f"{words('table')}: {r.place}", f"{words('guests')}: {pen.rng.randint(1, 8)}")
    blocks.date_and_time(pen, r)
    blocks.reference(pen, r)
    pen.rule()
    for index in range(len(r.items)):
        dish(pen, r, index)
    pen.rule()
    blocks.count(pen, r)
    blocks.sums(pen, r, total_size=1.5)
    blocks.included_tax(pen, r)
    pen.rule()
    blocks.payment(pen, r)
    blocks.foot(pen, r)


def dish(pen: Pen, r: Receipt, index: int) -> None:
    """``2 x  Roti Canai            5.00``"""
    item = r.items[index]
    blocks.put_quantity(pen, index, item, 0, suffix=" x" if pen.style.show_count else "")
    blocks.put_description(pen, index, item, 0.13, 0.56)
    blocks.put_amount(pen, r, index, item)
    pen.feed()
