"""A taxi receipt: ride details, fare, sometimes a tip, and a big total."""

from __future__ import annotations

from ..content import Receipt
from ..pen import ROLL_58, Pen
from . import blocks
from .registry import layout

KM_PER_MILE = 1.609


@layout("taxi", trades=("taxi",), papers=(ROLL_58,), fonts=("dots", "mono", "thermal"), columns=(24, 30))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    pen.line(words("taxi"), "centre", bold=True, size=1.2)
    pen.feed(0.3)
    blocks.head(pen, r, title_size=1.25)
    pen.feed(0.5)
    ride(pen, r)
    pen.rule()
    sum_of_fare(pen, r)
    blocks.included_tax(pen, r)
    blocks.payment(pen, r)
    blocks.foot(pen, r)


def ride(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    kilometres = r.minutes / 12
    date, iso = blocks.date_text(pen, r)
    time, clock = blocks.time_text(pen, r)
    pen.pair(words("date"), date, "/date", iso)
    pen.pair(words("time"), time, "/time", clock)
    pen.pair(words("plate"), r.place)
    pen.pair(words("number"), r.number)
    miles = r.country.code in ("US", "GB")
    pen.pair(words("distance"), f"{kilometres / KM_PER_MILE:.1f} mi" if miles else f"{kilometres:.1f} km")


def sum_of_fare(pen: Pen, r: Receipt) -> None:
    """The fare counts as the subtotal; tax and tip come on top."""
    words = pen.style.words
    blocks.sum_line(pen, r, words("fare"), r.gross_lines, "/subtotal")
    if r.tax_lines and not r.inclusive:
        blocks.tax_rows(pen, r)
    if r.tip is not None:
        blocks.sum_line(pen, r, words("tip"), r.tip, "/tip")
    if r.rounding:
        blocks.rounding(pen, r)
    pen.rule()
    blocks.sum_line(pen, r, words("total"), r.total, "/total", bold=True, size=1.4)
