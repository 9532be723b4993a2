"""A parking receipt: entry, exit, stay and a fee; nothing itemised."""

from __future__ import annotations

from datetime import timedelta

from ..content import Receipt
from ..pen import ROLL_58, Paper, Pen
from . import blocks
from .registry import layout

TICKET = Paper(60, 5)


@layout("parking", trades=("parking",), papers=(ROLL_58, TICKET), fonts=("dots", "thermal", "sans"), columns=(24, 31))
def draw(pen: Pen, r: Receipt) -> None:
    words = pen.style.words
    blocks.head(pen, r, title_size=1.35)
    pen.feed(0.5)
    pen.line(words("parking"), "centre", bold=True)
    pen.rule()
    stay(pen, r)
    pen.rule()
    blocks.sums(pen, r, total_size=1.45)
    blocks.included_tax(pen, r)
    blocks.payment(pen, r)
    blocks.foot(pen, r)


def stay(pen: Pen, r: Receipt) -> None:
    """Car, time of entry, length of stay, and the date and time of paying."""
    words = pen.style.words
    entry = r.when - timedelta(minutes=r.minutes)
    pen.pair(words("plate"), r.place)
    pen.pair(words("entry"), entry.strftime("%H:%M"))
    pen.pair(words("duration"), f"{r.minutes // 60}h {r.minutes % 60:02d}m")
    date, iso = blocks.date_text(pen, r)
    pen.pair(words("paid"), date, "/date", iso)
    time, clock = blocks.time_text(pen, r)
    pen.pair("", time, "/time", clock)
