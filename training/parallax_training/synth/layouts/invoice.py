"""A tax invoice on A4 or A5: quantity x unit price in ruled columns, over several pages."""

from __future__ import annotations

from dataclasses import dataclass

from ..content import Receipt
from ..pen import A4, A5, Pen
from . import blocks
from .registry import layout

PAGE_BREAK_ROOM = 4  # lines kept free under the last item of a full page
SUMS_ROOM = 12  # lines the sums need


@dataclass(frozen=True)
class Columns:
    """Where the columns stand, as fractions of the printable width."""

    number: float = 0.0
    description: float = 0.06
    quantity: float = 0.66
    price: float = 0.83
    amount: float = 1.0


COLUMNS = Columns()


@layout("invoice", trades=("invoice",), papers=(A4, A5), fonts=("sans", "serif"), columns=(78, 92))
def draw(pen: Pen, r: Receipt) -> None:
    pages_needed = 2 if pen.paper.height and len(r.items) > 24 else 1
    letterhead(pen, r)
    table_head(pen)
    for index in range(len(r.items)):
        if pen.room() < PAGE_BREAK_ROOM:
            turn_page(pen, r, pages_needed)
        row(pen, r, index)
    if pen.room() < SUMS_ROOM:
        turn_page(pen, r, pages_needed, table=False)
    pen.bar(0, 1, 0.07)
    pen.feed(0.6)
    blocks.sums(pen, r, total_size=1.25)
    blocks.included_tax(pen, r)
    pen.feed()
    blocks.payment(pen, r)
    pen.feed()
    pen.line(pen.style.words("thanks"), "left")
    if len(pen.pages) > 1:
        pen.line(pen.style.words("page", n=len(pen.pages), of=len(pen.pages)), "right")


def letterhead(pen: Pen, r: Receipt) -> None:
    """Merchant at the left; below, the document's title and its number and date."""
    words = pen.style.words
    blocks.head(pen, r, align="left", title_size=2.0)
    pen.feed()
    pen.line(words("invoice"), "right", bold=True, size=1.6)
    pen.line(f"{words('number')}: {r.number}", "right")
    date, iso = blocks.date_text(pen, r)
    pen.put(words("date") + ":", 0.86, "right", announces="/date")
    pen.put(date, 1, "right", "/date", iso)
    pen.feed()
    pen.line(f"{words('bill_to')}: {words('cash')} / {r.cashier}")
    pen.feed(0.6)


def table_head(pen: Pen) -> None:
    words, c = pen.style.words, COLUMNS
    pen.bar(0, 1, 0.07)
    pen.feed(0.35)
    pen.put("#", c.number, bold=True)
    pen.put(words("item"), c.description, bold=True)
    pen.put(words("qty"), c.quantity, "right", bold=True)
    pen.put(words("price"), c.price, "right", bold=True)
    pen.put(words("amount"), c.amount, "right", bold=True)
    pen.feed(1.2)
    pen.bar(0, 1, 0.05)
    pen.feed(0.45)


def row(pen: Pen, r: Receipt, index: int) -> None:
    item, c = r.items[index], COLUMNS
    pen.put(str(index + 1), c.number)
    blocks.put_description(pen, index, item, c.description, 0.5)
    blocks.put_quantity(pen, index, item, c.quantity, "right")
    blocks.put_unit_price(pen, r, index, item, c.price)
    blocks.put_amount(pen, r, index, item, c.amount)
    pen.feed(1.15)


def turn_page(pen: Pen, r: Receipt, pages: int, table: bool = True) -> None:
    words = pen.style.words
    pen.line(words("page", n=len(pen.pages), of=pages), "right")
    pen.new_page()
    pen.pair(f"{words('invoice')} {r.number}", words("page", n=len(pen.pages), of=pages))
    pen.feed()
    if table:
        table_head(pen)
