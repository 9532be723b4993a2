"""Pieces that several layouts share: heads, dates, items, sums, payments, feet."""

from __future__ import annotations

from typing import Any

from .. import fonts
from ..content import Item, Receipt
from ..pen import Pen


def amount(r: Receipt, minor: int, symbol: str = "") -> str:
    """An amount as printed: sign, then the symbol on the country's side of the digits."""
    sign, digits = ("-" if minor < 0 else ""), r.country.money.text(abs(minor))
    return sign + (digits + symbol if r.country.symbol_after else symbol + digits)


def sum_line(
    pen: Pen, r: Receipt, caption: str, minor: int, label: str | None = None, field: str | None = None, **how: Any
) -> None:
    """A captioned sum, labelled with its value in major units; ``field`` is a pointer that it prints without a label."""
    value = r.country.money.number(minor) if label else None
    if field:
        how["shown"] = ((field, r.country.money.number(minor)), *how.get("shown", ()))
    caption += ":" if pen.style.colon else ""
    symbol = pen.style.symbol
    pen.pair(caption, amount(r, minor, symbol), label, value, currency=bool(symbol), **how)


def cased(pen: Pen, text: str) -> str:
    return text.upper() if pen.style.upper else text


def rate_text(r: Receipt, rate: float) -> str:
    """``8.25`` or, where the comma is the decimal point, ``5,5``."""
    return f"{rate:g}".replace(".", r.country.money.point if r.country.money.decimals else ".")


def head(pen: Pen, r: Receipt, align: str = "centre", title_size: float = 1.5) -> None:
    """Merchant name, address, phone and tax number."""
    style = pen.style
    pen.line(cased(pen, r.merchant.name), align, "/merchant/name", bold=True, size=title_size, font=style.title_font)
    pen.feed(0.2)
    for part in address_lines(pen, r):
        pen.line(part, align, "/merchant/address")
    if style.show_phone:
        phone(pen, r, align)
    if style.show_tax_id and r.tax_lines:
        pen.line(f"{r.tax_name} No: {r.merchant.tax_id}", align)


def address_lines(pen: Pen, r: Receipt) -> list[str]:
    """The address on two lines, or run together with a comma and wrapped."""
    lines = [cased(pen, part) for part in r.merchant.address]
    return lines if pen.rng.random() < 0.7 else pen.wrap(", ".join(lines), 1)


def phone(pen: Pen, r: Receipt, align: str) -> None:
    """The phone number after its caption, each a run of its own."""
    caption = pen.style.words("phone")
    face = fonts.load(pen.style.font, False, max(6, round(pen.em)))
    first, second = face.getlength(caption) / pen.width, face.getlength(r.merchant.phone) / pen.width
    start = {"left": 0.0, "centre": (1 - first - second) / 2, "right": 1 - first - second}[align]
    end = pen.put(caption, start, announces="/merchant/phone") if caption else start
    pen.put(r.merchant.phone, end, label="/merchant/phone")
    pen.feed()


def date_text(pen: Pen, r: Receipt) -> tuple[str, str]:
    """The date as printed and as ``YYYY-MM-DD``."""
    return r.when.strftime(pen.style.date), r.when.strftime("%Y-%m-%d")


def time_text(pen: Pen, r: Receipt) -> tuple[str, str]:
    """The time as printed and as ``HH:MM`` or, with printed seconds, ``HH:MM:SS``."""
    pattern = pen.style.time
    return r.when.strftime(pattern), r.when.strftime("%H:%M:%S" if "%S" in pattern else "%H:%M")


def date_and_time(pen: Pen, r: Receipt) -> None:
    """Date at the left, time at the right, with or without captions."""
    words = pen.style.words
    (date, iso), (time, clock) = date_text(pen, r), time_text(pen, r)
    if pen.rng.random() < 0.4 and pen.style.columns >= 36:
        pen.put(date, pen.put(words("date") + ": ", announces="/date"), "left", "/date", iso)
    else:
        pen.put(date, 0, "left", "/date", iso)
    pen.put(time, 1, "right", "/time", clock)
    pen.feed()


def reference(pen: Pen, r: Receipt) -> None:
    """Receipt number and cashier."""
    words = pen.style.words
    number = f"{words('number')}: {r.number}"
    cashier = f"{words('cashier')}: {r.cashier}"
    if len(number) + len(cashier) + 2 <= pen.style.columns * 0.95:
        pen.pair(number, cashier)
    else:
        pen.line(number)
        pen.line(cashier)


def item_symbol(pen: Pen) -> str:
    return pen.style.symbol if pen.style.symbol_on_items else ""


def put_amount(pen: Pen, r: Receipt, index: int, item: Item, at: float = 1, bare: bool = False) -> None:
    """The amount of an item, right-aligned, on the current line; ``bare`` never has a symbol."""
    symbol = "" if bare else item_symbol(pen)
    value = r.country.money.number(item.amount)
    pen.put(amount(r, item.amount, symbol), at, "right", f"/items/{index}/amount", value, currency=bool(symbol))


def put_unit_price(pen: Pen, r: Receipt, index: int, item: Item, at: float, align: str = "right") -> None:
    value = r.country.money.number(round(item.unit_price))
    pen.put(amount(r, round(item.unit_price)), at, align, f"/items/{index}/unitPrice", value)


def put_quantity(
    pen: Pen, index: int, item: Item, at: float, align: str = "left", suffix: str = ""
) -> float:
    """The quantity; returns where it ends."""
    return pen.put(f"{item.quantity}{suffix}", at, align, f"/items/{index}/quantity", item.quantity)


def put_description(pen: Pen, index: int, item: Item, at: float, width: float) -> None:
    """The description cut to ``width``, on the current line."""
    text = pen.fit(cased(pen, item.description), width)
    pen.put(text, at, "left", f"/items/{index}/description")


def sums(pen: Pen, r: Receipt, total_size: float = 1.3) -> None:
    """From the lines to the total, in the order the arithmetic runs."""
    before_total(pen, r)
    if r.rounding:
        rounding(pen, r)
    sum_line(pen, r, pen.style.words("total"), r.total, "/total", bold=True, size=total_size)


def rounding(pen: Pen, r: Receipt) -> None:
    sum_line(pen, r, pen.style.words("rounding"), r.rounding, field="/rounding")


def tax_line(
    pen: Pen, r: Receipt, index: int, caption: str, rate: float, minor: int, label: str | None = None
) -> None:
    """A tax on a line of its own, the ``index``-th of them; ``label`` where it is the whole tax too."""
    said = ((f"/taxes/{index}/label", caption.strip()), (f"/taxes/{index}/rate", rate))
    sum_line(pen, r, caption, minor, label, f"/taxes/{index}/amount", said=said)


def before_total(pen: Pen, r: Receipt) -> None:
    words, style = pen.style.words, pen.style
    shows_net = r.inclusive and style.net_first and bool(r.tax_lines)
    if not shows_net and ((not r.inclusive and r.tax_lines) or r.discount or r.service or style.show_subtotal):
        sum_line(pen, r, words("subtotal"), r.gross_lines, "/subtotal")
    if r.discount:
        taken_off = (("/discount", r.country.money.number(abs(r.discount))),)
        sum_line(pen, r, words("discount"), -r.discount, shown=taken_off)
    if r.service:
        sum_line(pen, r, words("service", rate=rate_text(r, r.country.service_rate)), r.service, field="/serviceCharge")
    if shows_net:
        sum_line(pen, r, words("net", tax=r.tax_name), r.net, "/subtotal")
    if r.tax_lines and (shows_net or not r.inclusive):
        tax_rows(pen, r)
    if r.tip is not None:
        sum_line(pen, r, words("tip"), r.tip, "/tip")


def tax_rows(pen: Pen, r: Receipt) -> None:
    """The tax added on the way to the total; halves or rates first, then their sum."""
    split, tax = pen.style.tax_names_split, r.tax or 0
    if split:
        half, rate = tax // 2, r.tax_lines[0].rate / 2
        for index, name in enumerate(split):
            tax_line(pen, r, index, f"  {name} {rate_text(r, rate)}%", rate, half)
        sum_line(pen, r, f"Total {r.tax_name}", tax, "/tax")
    elif len(r.tax_lines) > 1:
        for index, line in enumerate(r.tax_lines):
            tax_line(pen, r, index, f"  {r.tax_name} {rate_text(r, line.rate)}%", line.rate, line.tax)
        sum_line(pen, r, r.tax_name, tax, "/tax")
    else:
        rate = r.tax_lines[0].rate
        tax_line(pen, r, 0, f"{r.tax_name} {rate_text(r, rate)}%", rate, tax, "/tax")


def included_tax(pen: Pen, r: Receipt) -> None:
    """After the total of an inclusive receipt: the tax it contains."""
    if not r.inclusive or not r.tax_lines or pen.style.net_first:
        return
    if len(r.tax_lines) > 1:
        tax_table(pen, r)
        return
    rate = r.tax_lines[0].rate
    caption = pen.style.words("includes", tax=r.tax_name, rate=rate_text(r, rate))
    tax_line(pen, r, 0, caption, rate, r.tax or 0, "/tax")


def tax_table(pen: Pen, r: Receipt) -> None:
    """Net, tax and gross per rate, with a row of sums when there are several rates."""
    words = pen.style.words
    money, tax = r.country.money, r.tax or 0
    pen.line(words("summary", tax=r.tax_name))
    stops = (0.46, 0.72, 1)
    pen.put("%")
    for key, stop in zip(("table_net", "table_tax", "table_gross"), stops, strict=True):
        pen.put(words(key), stop, "right")
    pen.feed()
    single = len(r.tax_lines) == 1
    for index, (letter, line) in enumerate(zip("ABC", r.tax_lines, strict=False)):
        at, caption = f"/taxes/{index}", f"{letter} {rate_text(r, line.rate)}%"
        label = ("/tax", money.number(tax)) if single else ()
        pen.put(caption, prints=((f"{at}/label", caption), (f"{at}/rate", line.rate)))
        pen.put(money.text(line.net), stops[0], "right", prints=((f"{at}/base", money.number(line.net)),))
        pen.put(money.text(line.tax), stops[1], "right", *label, prints=((f"{at}/amount", money.number(line.tax)),))
        pen.put(money.text(line.gross), stops[2], "right")
        pen.feed()
    if not single:
        pen.put("=")
        pen.put(money.text(r.net), stops[0], "right")
        pen.put(money.text(tax), stops[1], "right", "/tax", money.number(tax))
        pen.put(money.text(r.net + tax), stops[2], "right")
        pen.feed()


def tax_letter(r: Receipt, item: Item) -> str:
    rates = [line.rate for line in r.tax_lines]
    return "ABC"[rates.index(item.rate)] if item.rate in rates else ""


def payment(pen: Pen, r: Receipt) -> None:
    """Cash and change, or a card's last digits."""
    words = pen.style.words
    if r.payment.cash:
        sum_line(pen, r, words("cash"), r.payment.tendered)
        sum_line(pen, r, words("change"), r.payment.change(r.total))
        return
    sum_line(pen, r, words("card"), r.total)
    if pen.rng.random() < 0.6:
        pen.line(f"************{r.payment.card_digits}")


def count(pen: Pen, r: Receipt) -> None:
    if pen.style.show_count:
        pen.line(pen.style.words("items", n=f"{sum(i.quantity for i in r.items):g}"))


def foot(pen: Pen, r: Receipt, align: str = "centre") -> None:
    """A closing courtesy, sometimes with a code below it."""
    pen.feed(0.6)
    pen.line(pen.style.words("thanks"), align)
    drawn = pen.rng.random()
    if drawn < 0.25:
        pen.feed(0.5)
        pen.barcode()
        pen.line(r.number, "centre")
    elif drawn < 0.35:
        pen.feed(0.5)
        pen.squares()
