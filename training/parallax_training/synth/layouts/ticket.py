"""A bare till ticket: no phone or tax number, amounts right after the names, few words."""

from __future__ import annotations

from ..content import Receipt
from ..pen import ROLL_58, Pen
from . import blocks
from .registry import layout


@layout("ticket", trades=("cafe", "grocery", "hardware"), papers=(ROLL_58,), fonts=("dots", "thermal"), columns=(24, 30))
def draw(pen: Pen, r: Receipt) -> None:
    pen.line(blocks.cased(pen, r.merchant.name), "centre", "/merchant/name", size=1.2, bold=True)
    if pen.rng.random() < 0.5:
        pen.line(r.merchant.address[-1], "centre", "/merchant/address")
    date, iso = blocks.date_text(pen, r)
    time, clock = blocks.time_text(pen, r)
    pen.put(date, 0, "left", "/date", iso)
    pen.put(time, 1, "right", "/time", clock)
    pen.feed(1.6)
    for index in range(len(r.items)):
        entry(pen, r, index)
    pen.feed(0.4)
    blocks.sums(pen, r, total_size=1.3)
    blocks.included_tax(pen, r)
    blocks.payment(pen, r)
    pen.feed(0.5)
    pen.line(f"#{r.number}", "centre")


def entry(pen: Pen, r: Receipt, index: int) -> None:
    """``2x 1.50`` above the name when there are several, as old tills print it."""
    item = r.items[index]
    if item.quantity > 1:
        end = pen.put("x", blocks.put_quantity(pen, index, item, 0.02) + 0.03)
        blocks.put_unit_price(pen, r, index, item, end + 0.03, "left")
        pen.feed()
    blocks.put_description(pen, index, item, 0, 0.6)
    blocks.put_amount(pen, r, index, item)
    pen.feed()
