"""Documents of each kind as the pages they fill: every function writes one document, which stays one however it is laid out."""

from __future__ import annotations

from collections.abc import Callable

from . import blocks
from .blocks import Item, Rows
from .issue import Issue
from .paper import Paper, bottom, new_paper

GOODS = (
    "Hinge", "Handle", "Cylinder", "Bracket", "Gauge", "Sensor", "Valve", "Washer", "Cable", "Lamp", "Switch", "Panel", "Filter", "Pump", "Housing",
    "Rail", "Cover", "Plate", "Support", "Setup",
)  # fmt: skip
FOOT = 4.5  # room for what stands at the end of a page, in letter heights


def blank(d: Issue) -> Paper:
    return new_paper(d.width, 1.46 * d.width, d.face, d.pitch)


def items_of(d: Issue, count: int) -> list[Item]:
    rng = d.rng
    made = []
    for i in range(count):
        quantity, price = rng.choice((1, 1, 2, 3, 5, 10)), rng.randint(100, 40_000)
        text = " ".join(rng.choice(GOODS) for _ in range(rng.randint(1, 3)))
        made.append(Item(i + 1, f"{text} {d.words(0, 2)}".strip(), quantity, price, quantity * price))
    return made


def rows_of(d: Issue, concept: str) -> Rows:
    """The number and the day, and up to three other things of the kind."""
    more = [
        (d.caption("customerNumber"), d.customer), (d.caption("orderNumber"), d.order), (d.caption("deliveryDate"), d.day(-d.rng.randint(1, 20))),
        (d.caption("dueDate"), d.day(30)), (d.caption("period"), f"{d.day(-45)} - {d.day(-15)}"),
    ]  # fmt: skip
    d.rng.shuffle(more)
    kept = [row for row in more if row[0] != d.caption(concept)]
    return [(d.caption(concept), d.number), (d.caption("date"), d.day()), *kept[: d.rng.randint(0, 3)]]


def counted(d: Issue, pages: list[Paper], share: float = 0.55) -> list[Paper]:
    """Pages that say which of how many they are, or do not."""
    rng = d.rng
    if rng.random() < share:
        at, total = rng.choice((0.0, 0.45, 1.0)), rng.random() < 0.7
        for i, paper in enumerate(pages):
            text = f"{d.caption('page')} {i + 1}" + (f" {d.phrase('of')} {len(pages)}" if total else "")
            paper.write(at * paper.width, paper.height - 0.4, text, size=0.85, right=at == 1.0)
    return pages


def footed(d: Issue, pages: list[Paper], share: float) -> list[Paper]:
    if d.rng.random() < share:
        for paper in pages:
            if bottom(paper) < paper.height - FOOT:
                blocks.footer(d, paper)
    return pages


def chunks(items: list[Item], first: int, later: int) -> list[list[Item]]:
    cut = [items[:first]]
    while sum(map(len, cut)) < len(items):
        at = sum(map(len, cut))
        cut.append(items[at : at + later])
    return cut


def goods(d: Issue, title: str, concept: str, priced: bool = True) -> list[Paper]:
    """A head, lines of goods over as many pages as they need, and sums or places to sign."""
    rng = d.rng
    items = items_of(d, rng.choice((1, 2, 3, 5, 8, 12, 20, 35, 50)))
    rows = rows_of(d, concept)
    first = blank(d)
    y = blocks.head(d, first, title, rows)
    fit = max(3, int((first.height - FOOT - y) / d.pitch) - 6)
    later = int((first.height - FOOT) / d.pitch) - 12
    carries, repeats, whole = rng.random() < 0.4 and priced, rng.random() < 0.5, rng.random() < 0.5
    parts = chunks(items, fit, fit if repeats and whole else later)
    pages, run = [first], 0
    for i, part in enumerate(parts):
        if i > 0:
            pages.append(blank(d))
            again = blocks.short_head(d, pages[-1], rows) if repeats and not whole else 1.0
            y = blocks.head(d, pages[-1], title, rows) if repeats and whole else again
        paper, before = pages[-1], run
        run += sum(item.amount for item in part)
        y = blocks.table(d, paper, y, part, before if carries and i else None, run if carries and i + 1 < len(parts) else None, priced)
    return ended(d, pages, y, run, rows if repeats else None, priced)


def ended(d: Issue, pages: list[Paper], y: float, net: int, rows: Rows | None, priced: bool) -> list[Paper]:
    """The end of goods, on a page of its own where the last is full."""
    rng = d.rng
    if pages[-1].height - y < 22:
        pages.append(blank(d))
        y = blocks.short_head(d, pages[-1], rows) if rows else 1.0
    paper = pages[-1]
    if not priced:
        y = blocks.prose(d, paper, y + 2, 6, 14) + 4
        blocks.lines(paper, 0, y, ["____________", d.caption("date")])
        return pages
    y = blocks.payment(d, paper, blocks.sums(d, paper, y, net))
    if rng.random() < 0.2 and paper.height - y > 16:
        blocks.slip(d, paper, y)
    return pages


def invoice(d: Issue) -> list[Paper]:
    return footed(d, counted(d, goods(d, d.phrase("invoice"), "invoiceNumber")), 0.65)


def with_terms(d: Issue) -> list[Paper]:
    pages, small = invoice_pages(d), terms(d)
    return footed(d, counted(d, [*pages, small]) if d.rng.random() < 0.4 else [*counted(d, pages), small], 0.5)


def with_letter(d: Issue) -> list[Paper]:
    return footed(d, [letter_page(d), *counted(d, invoice_pages(d))], 0.65)


def with_timesheet(d: Issue) -> list[Paper]:
    return footed(d, [*counted(d, invoice_pages(d)), timesheet(d)], 0.65)


def with_copy(d: Issue) -> list[Paper]:
    """The same once more, marked as a copy."""
    pages = invoice_pages(d)
    copy = blank(d)
    blocks.centred(copy, 0.2, [d.phrase("copy")], 1.3, True)
    for name in ("texts", "boxes", "segments", "faces", "rules"):
        getattr(copy, name).extend(getattr(pages[0], name))
    return [*pages[:1], copy]


def invoice_pages(d: Issue) -> list[Paper]:
    return goods(d, d.phrase("invoice"), "invoiceNumber")


def note(d: Issue) -> list[Paper]:
    return footed(d, counted(d, goods(d, d.phrase("note"), "deliveryNote", priced=False)), 0.65)


def order(d: Issue) -> list[Paper]:
    return footed(d, counted(d, goods(d, d.phrase("order"), "orderNumber")), 0.65)


def offer(d: Issue) -> list[Paper]:
    """Several lots, each with a sum of its own."""
    paper = blank(d)
    y = blocks.head(d, paper, d.phrase("offer"), rows_of(d, "reference"))
    pages = [paper]
    for lot in range(d.rng.randint(2, 4)):
        items = items_of(d, d.rng.randint(2, 6))
        if paper.height - y < (len(items) + 12) * d.pitch or (lot and d.rng.random() < 0.4):
            paper = blank(d)
            pages.append(paper)
            y = 1.0
        y = blocks.lines(paper, 0, y + 2, [f"{lot + 1}. {d.rng.choice(GOODS)} {d.words(1, 2)}"], 1.15, bold=True)
        y = blocks.sums(d, paper, blocks.table(d, paper, y, items), sum(item.amount for item in items))
    return footed(d, counted(d, pages), 0.7)


def statement(d: Issue) -> list[Paper]:
    """What was booked, day after day, with other issuers' numbers, and the balance."""
    rng = d.rng
    paper, balance, off = blank(d), rng.randint(10_000, 900_000), -30
    rows = [(d.caption("customerNumber"), d.customer), (d.caption("date"), d.day()), (d.caption("period"), f"{d.day(-30)} - {d.day()}")]
    y = blocks.head(d, paper, d.phrase("statement"), rows) + 1
    pages = [paper]

    def row(when: str, text: str, *amounts: int) -> None:
        nonlocal y
        paper.write(0, y, when)
        paper.write(0.2 * d.width, y, paper.wrap(text, 0.48 * d.width)[0])
        for x, cents in zip((d.width, 0.82 * d.width), reversed(amounts), strict=False):
            paper.write(x, y, d.money(cents), right=True)
        y += d.pitch

    row("", d.phrase("opening"), balance)
    repeats = rng.random() < 0.6
    for _ in range(rng.choice((8, 15, 25, 40, 70))):
        if y > paper.height - FOOT - 3:
            row("", d.phrase("carry"), balance)
            paper = blank(d)
            pages.append(paper)
            y = blocks.lines(paper, 0, 1.0, [f"{d.phrase('statement')} {d.customer}"]) + 1 if repeats else 1.0
            row("", d.phrase("brought"), balance)
        moved = rng.randint(-40_000, 50_000)
        balance, off = balance + moved, min(0, off + rng.randint(0, 1))
        row(d.day(off), f"{d.words(1, 2).title()} {d.caption('invoiceNumber')} {rng.randint(10_000, 99_999)}", moved, balance)
    row("", d.phrase("closing"), balance)
    return footed(d, counted(d, pages), 0.5)


def utility(d: Issue) -> list[Paper]:
    """A page with the sum, then meters or lines, each with a number, a period and a total of its own."""
    rng = d.rng
    first = blank(d)
    sections = [[rng.randint(100, 9000) for _ in range(rng.randint(2, 4))] for _ in range(rng.randint(2, 6))]
    y = blocks.head(d, first, d.phrase("invoice"), rows_of(d, "invoiceNumber"))
    y = blocks.payment(d, first, blocks.sums(d, first, y + 1, sum(map(sum, sections))))
    if rng.random() < 0.4 and first.height - y > 16:
        blocks.slip(d, first, y)
    pages, paper, y = [first], blank(d), 1.0
    for amounts in sections:
        if y + (len(amounts) + 5) * d.pitch > paper.height - FOOT or (paper.texts and rng.random() < 0.3):
            pages.append(paper)
            paper, y = blank(d), 1.0
        y = blocks.lines(paper, 0, y, [f"{rng.choice(GOODS)} No {rng.randint(100_000, 999_999)}"], 1.1, bold=True)
        y = blocks.lines(paper, 0, y, [f"{d.day(-60)} - {d.day(-30)}"])
        for text, cents in [*((d.words(1, 3).capitalize(), cents) for cents in amounts), (d.caption("total"), sum(amounts))]:
            paper.write(0, y, text)
            paper.write(paper.width, y, d.money(cents), right=True)
            y += d.pitch
        y += rng.choice((1.0, 3.0, 5.0))
    return footed(d, counted(d, [*pages, paper]), 0.5)


def form(d: Issue) -> list[Paper]:
    """Boxes to be filled in, section after section, each about a person or place of its own."""
    rng = d.rng
    pages, numbered = [], rng.randint(100, 999)
    for page in range(rng.randint(1, 3)):
        paper, y = blank(d), 1.0
        if page == 0:
            y = blocks.centred(paper, y, [d.phrase("form")], 1.5, True)
            y = blocks.lines(paper, 0, y, [f"Form {numbered}-{rng.randint(1, 9)}"]) + 1
        for section in range(rng.randint(2, 4)):
            who = Issue(rng, h=d.h).buyer
            title = f"{'ABCDEFGHIJKL'[page * 4 + section]}. {d.words(2, 4).capitalize()}"
            y = blocks.lines(paper, 0, y + rng.choice((0.5, 2, 4)), [title], bold=True)
            day, code = d.day(-rng.randint(1000, 20_000)), str(rng.randint(10**5, 10**6))
            cells = (("name", who.name), ("address", who.lines[0]), ("phone", who.phone), ("date", day), ("reference", code))
            for i, (concept, value) in enumerate(cells):
                x = (i % 2) * paper.width / 2
                paper.write(x, y, d.caption(concept), size=0.7)
                paper.write(x, y + 0.9 * d.pitch, paper.wrap(value, paper.width / 2 - 1)[0])
                y += 2.1 * d.pitch if i % 2 else 0
            y = blocks.prose(d, paper, y + 2.1 * d.pitch, 8, 30, size=0.8)
        pages.append(paper)
    y = bottom(pages[-1]) + 3
    if y < pages[-1].height - FOOT:
        blocks.lines(pages[-1], 0, y, [d.day(), "____________", d.caption("date")])
    return counted(d, pages)


def letter_page(d: Issue) -> Paper:
    rng, paper = d.rng, blank(d)
    y = blocks.window(d, paper, blocks.letterhead(d, paper) if rng.random() < 0.7 else 1.0) + 1
    right = rng.random() < 0.5
    paper.write(paper.width if right else 0, y, d.day(), right=right)
    y = blocks.lines(paper, 0, y + 2, [f"{d.phrase('invoice')} {d.number if rng.random() < 0.5 else ''}".strip()], bold=True)
    y = blocks.lines(paper, 0, y + 1, [d.phrase("dear")]) + 0.6
    for _ in range(rng.randint(1, 4)):
        y = blocks.prose(d, paper, y, 15, 50)
    blocks.lines(paper, 0, y + 1, [d.phrase("regards"), "", d.seller.name])
    return paper


def letter(d: Issue) -> list[Paper]:
    pages = [letter_page(d)]
    if d.rng.random() < 0.5:
        paper, y = blank(d), 1.0
        for _ in range(4):
            y = blocks.prose(d, paper, y, 30, 70)
        blocks.lines(paper, 0, y, [f"{d.day(30)}: {d.money(d.rng.randint(1000, 90_000), True)}"])
        pages.append(paper)
    return footed(d, counted(d, pages, 0.3), 0.7)


def terms(d: Issue) -> Paper:
    """Small print in one column or two; it may name a day and an amount."""
    rng, paper = d.rng, blank(d)
    top = blocks.lines(paper, 0, 1.0, [d.phrase("terms")], 1.2, bold=True) + 1
    columns = rng.choice((1, 2, 2))
    step, number = paper.width / columns, 0
    for column in range(columns):
        y, x = top, column * step
        while y < paper.height - rng.uniform(8, 20):
            number += 1
            amount = f" {d.money(rng.randint(500, 50_000), True)}" if rng.random() < 0.1 else ""
            text = f"{number}. {d.sentence(15, 50)}{amount}"
            y = blocks.lines(paper, x, y, paper.wrap(text, step - 2, 0.8), 0.8) + 0.4
    if rng.random() < 0.4:
        paper.write(0, paper.height - 5, d.day(-800), size=0.8)
    return paper


def timesheet(d: Issue) -> Paper:
    rng, paper = d.rng, blank(d)
    y = blocks.lines(paper, 0, 1.0, [d.seller.name, f"{d.phrase('timesheet')} {d.number if rng.random() < 0.6 else ''}".strip()]) + 1
    for i in range(rng.randint(8, 25)):
        paper.write(0, y, d.day(i - 30))
        paper.write(0.25 * paper.width, y, f"{rng.choice(GOODS)} {d.words(1, 2)}")
        paper.write(0.9 * paper.width, y, f"{rng.randint(1, 8)},{rng.choice(('00', '50'))}", right=True)
        y += d.pitch
    blocks.lines(paper, 0, y + 1, [f"{d.caption('total')} {rng.randint(20, 120)},50"])
    return paper


def reminder(d: Issue) -> list[Paper]:
    """Invoices that are not paid yet, with their numbers and days, and what is due."""
    rng, paper = d.rng, blank(d)
    y = blocks.window(d, paper, blocks.letterhead(d, paper)) + 1
    paper.write(paper.width, y, d.day(), right=True)
    y = blocks.lines(paper, 0, y + 2, [f"{d.phrase('reminder')} {d.number}"], 1.2, bold=True)
    y = blocks.prose(d, paper, blocks.lines(paper, 0, y + 1, [d.phrase("dear")]) + 0.5, 15, 40) + 0.5
    for _ in range(rng.randint(1, 6)):
        amount = rng.randint(1000, 90_000)
        d.gross += amount
        for x, text in ((0, str(rng.randint(10_000, 99_999))), (0.3, d.day(-rng.randint(30, 90))), (0.7, d.money(amount))):
            paper.write(x * paper.width, y, text)
        y += d.pitch
    y = blocks.payment(d, paper, blocks.lines(paper, 0, y + 0.5, [f"{d.caption('total')} {d.money(d.gross, True)}"]))
    if rng.random() < 0.6 and paper.height - y > 16:
        blocks.slip(d, paper, y)
    return footed(d, [paper], 0.6)


def payslip(d: Issue) -> list[Paper]:
    """Two columns of amounts, each with its sum, and what is paid out."""
    rng, paper = d.rng, blank(d)
    left = blocks.lines(paper, 0, 1.0, [d.seller.name, *d.seller.lines])
    said = [d.phrase("payslip"), f"{d.caption('period')} {d.issued:%m/%Y}", f"{d.caption('date')} {d.day()}"]
    y = max(left, blocks.lines(paper, 0.6 * paper.width, 1.0, said)) + rng.uniform(1, 5)
    blocks.lines(paper, 0.6 * paper.width, y, [f"ID {d.customer}", d.day(-9000), d.day(-900)])
    y = blocks.lines(paper, 0, y, [d.buyer.name, *d.buyer.lines]) + 2
    amounts = [rng.randint(1000, 300_000) for _ in range(rng.choice((6, 8, 12)))]
    half = len(amounts) // 2
    for column, some in enumerate((amounts[:half], amounts[half:])):
        x0 = column * 0.55 * paper.width
        for i, (text, cents) in enumerate([*((d.words(1, 2).capitalize(), c) for c in some), (d.caption("total"), sum(some))]):
            paper.write(x0, y + i * d.pitch, text)
            paper.write(x0 + 0.42 * paper.width, y + i * d.pitch, d.money(cents), right=True)
    y += (half + 2) * d.pitch + rng.uniform(1, 4)
    blocks.lines(paper, 0, y, [f"{d.caption('total')} {d.money(sum(amounts), True)}", f"IBAN {d.seller.iban}"])
    return footed(d, [paper], 0.4)


def contract(d: Issue) -> list[Paper]:
    """Paragraphs over several pages, with both parties at the beginning and at the end."""
    rng, pages, number = d.rng, [], 0
    for page in range(rng.randint(2, 4)):
        paper, y = blank(d), 1.0
        if page == 0:
            y = blocks.lines(paper, 0, y, [f"{d.phrase('contract')} {d.number}"], 1.4, bold=True) + 2
            blocks.lines(paper, paper.width / 2, y, [d.buyer.name, *d.buyer.lines])
            y = blocks.lines(paper, 0, y, [paper.wrap(d.seller.name, paper.width / 2 - 1)[0], *d.seller.lines]) + 3
        while y < paper.height - 22:
            number += 1
            text = f"§ {number} {d.sentence(30, 80)}"
            y = blocks.lines(paper, 0, y, paper.wrap(text, paper.width)) + 0.8
        if rng.random() < 0.4:
            blocks.lines(paper, 0, y, [f"{d.caption('total')} {d.money(rng.randint(10_000, 900_000), True)}"])
        pages.append(paper)
    y = bottom(pages[-1]) + 4
    blocks.lines(pages[-1], 0, y, [d.day(), "______________", d.seller.name])
    blocks.lines(pages[-1], paper.width * 0.55, y, [d.day(3), "______________", d.buyer.name])
    return counted(d, pages, 0.6)


def folio(d: Issue) -> list[Paper]:
    """A stay, with a line for every day, and what was paid by card."""
    rng, paper = d.rng, blank(d)
    rows = [(d.caption("invoiceNumber"), d.number), (d.caption("date"), d.day()), (d.phrase("room"), str(rng.randint(100, 999)))]
    y = blocks.head(d, paper, d.phrase("invoice"), rows) + 1
    for i in range(rng.randint(4, 20)):
        amount = rng.randint(500, 20_000)
        d.gross += amount
        for x, text in ((0, d.day(i // 3 - 7)), (0.3, d.words(1, 2).capitalize()), (0.65, str(rng.randint(100, 999)))):
            paper.write(x * paper.width, y, text)
        paper.write(paper.width, y, d.money(amount), right=True)
        y += d.pitch
    for text, cents in ((d.caption("total"), d.gross), (d.phrase("card"), d.gross), (d.caption("amountDue"), 0)):
        y = blocks.lines(paper, 0.5 * paper.width, y + 0.6, [f"{text} {d.money(cents, True)}"])
    return footed(d, counted(d, [paper]), 0.6)


def receipt(d: Issue) -> list[Paper]:
    """A till's slip."""
    rng = d.rng
    paper = new_paper(rng.uniform(20, 28), 400, d.face, d.pitch)
    head = [paper.wrap(d.seller.name, paper.width)[0], *(paper.wrap(line, paper.width)[0] for line in d.seller.lines), d.seller.phone]
    y = blocks.centred(paper, 1.0, head) + 0.8
    stamp = [d.day(), f"{rng.randrange(24):02}:{rng.randrange(60):02}"]
    number = f"{d.caption('reference')}{d.close} {d.number}"
    y = blocks.lines(paper, 0, y, [" ".join(stamp), *([number] if rng.random() < 0.6 else [])]) + 0.6
    total = 0
    for item in items_of(d, rng.choice((1, 2, 3, 5, 8, 14))):
        total += item.price
        paper.write(0, y, paper.wrap(item.text, 0.68 * paper.width)[0])
        paper.write(paper.width, y, d.money(item.price), right=True)
        y += d.pitch
    d.gross = total
    for text, cents in till(d, total):
        paper.write(0, y + 0.4, text)
        paper.write(paper.width, y + 0.4, d.money(cents), right=True)
        y += d.pitch
    if rng.random() < 0.5:
        blocks.centred(paper, y + 1.5, [d.words(2, 3).capitalize()])
    return [paper]


def till(d: Issue, total: int) -> list[tuple[str, int]]:
    """The last lines of a slip."""
    rng, rows = d.rng, []
    if rng.random() < 0.5:
        rows.append((d.caption("net"), round(total / 1.2)))
        rows.append((d.caption("tax"), total - round(total / 1.2)))
    rows.append((d.caption("total"), total))
    if rng.random() < 0.4:
        rows += [(d.phrase("cash"), total + 500), (d.phrase("change"), 500)]
    return rows


def card_slip(d: Issue) -> Paper:
    """What a card terminal prints about the same sale."""
    paper = new_paper(22, 400, d.face, d.pitch)
    head = [paper.wrap(d.seller.name, paper.width)[0], *(paper.wrap(line, paper.width)[0] for line in d.seller.lines[:1])]
    y = blocks.centred(paper, 1.0, head) + 0.5
    rows = [d.day(), d.phrase("card"), f"**** **** **** {d.rng.randint(1000, 9999)}", f"AUTH {d.rng.randint(10**5, 10**6)}"]
    blocks.lines(paper, 0, y, [*rows, f"{d.caption('total')} {d.money(d.gross, True)}", "APPROVED"])
    return paper


Kind = Callable[[Issue], list[Paper]]

KINDS: dict[str, Kind] = {
    "invoice": invoice, "invoice-terms": with_terms, "letter-invoice": with_letter, "invoice-timesheet": with_timesheet, "invoice-copy": with_copy,
    "note": note, "order": order, "offer": offer, "statement": statement, "utility": utility, "form": form, "letter": letter, "reminder": reminder,
    "payslip": payslip, "contract": contract, "folio": folio, "receipt": receipt,
}  # fmt: skip
