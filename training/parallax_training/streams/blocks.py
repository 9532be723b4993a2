"""The parts of a document's pages: each writes below ``y`` and answers where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .issue import Issue, Party
from .paper import Paper

Rows = Sequence[tuple[str, str]]
PROSE = 0.85  # the size of small print


@dataclass(frozen=True)
class Item:
    position: int
    text: str
    quantity: int
    price: int  # in hundredths
    amount: int


def lines(paper: Paper, x: float, y: float, texts: Sequence[str], size: float = 1.0, right: bool = False, bold: bool = False) -> float:
    for text in texts:
        paper.write(x, y, text, size=size, right=right, bold=bold)
        y += paper.pitch * size
    return y


def centred(paper: Paper, y: float, texts: Sequence[str], size: float = 1.0, bold: bool = False) -> float:
    for text in texts:
        paper.write((paper.width - paper.length(text, size)) / 2, y, text, size=size, bold=bold)
        y += paper.pitch * size
    return y


def letterhead(d: Issue, paper: Paper, y: float = 1.0) -> float:
    """Who issues it, in one of five ways, from a name alone to all ways to call."""
    s, way = d.seller, d.rng.randrange(5)
    name = paper.wrap(s.name, paper.width, 1.6)[0]
    call = f"{d.caption('phone')} {s.phone}"
    if way == 0:
        return lines(paper, 0, lines(paper, 0, y, [name], 1.5, bold=True) + 0.3, [*s.lines, call])
    if way == 1:
        joint = d.rng.choice((" · ", ", ", " | "))
        more = paper.wrap(joint.join((*s.lines, call)), paper.width)
        return centred(paper, centred(paper, y, [name], 1.6, True) + 0.3, [*more, f"{s.mail} {d.caption('vatId')} {s.vat}"])
    if way == 2:
        below = lines(paper, paper.width, y, [name], 1.4, right=True) + 0.3
        return lines(paper, paper.width, below, [*s.lines, call, s.mail, f"{d.caption('vatId')} {s.vat}"], right=True)
    if way == 3:
        return lines(paper, 0, y, [name], 1.9) + 1
    top = lines(paper, 0, y, [paper.wrap(s.name, paper.width * 0.55, 1.5)[0]], 1.5, bold=True)
    return max(top, lines(paper, paper.width, y, [*s.lines, call], right=True))


def window(d: Issue, paper: Paper, y: float) -> float:
    """The addressee where an envelope has its window, below the sender in small print."""
    y += d.rng.uniform(1, 5)
    joint = d.rng.choice((" · ", " - ", ", "))
    y = lines(paper, 0, y, paper.wrap(joint.join((d.seller.name, *d.seller.lines)), paper.width * 0.8, 0.7)[:1], 0.7) + 0.7
    return lines(paper, 0, y, [d.buyer.name, *d.buyer.lines])


def parties(d: Issue, paper: Paper, y: float) -> float:
    """Who is billed and where goods go, side by side; or the addressee alone."""
    if d.rng.random() < 0.4:
        return window(d, paper, y)
    columns: list[tuple[str, Party]] = [(d.caption("buyer"), d.buyer)]
    if d.rng.random() < 0.7:
        columns.append((d.caption("shipTo"), d.buyer))
    elif d.rng.random() < 0.5:
        columns.insert(0, (d.caption("seller") if d.rng.random() < 0.5 else "", d.seller))
    y += d.rng.uniform(0.5, 3)
    step, ends = paper.width / max(2, len(columns)), [y]
    for i, (caption, who) in enumerate(columns):
        at = lines(paper, i * step, y, [caption] if caption else [], bold=True)
        cut = [paper.wrap(text, step - 1)[0] for text in (who.name, *who.lines)]
        ends.append(lines(paper, i * step, at, cut))
    return max(ends)


def meta(d: Issue, paper: Paper, y: float, rows: Rows) -> float:
    """Numbers and days: in two columns at the right, under heads of boxes, or one a line."""
    way = d.rng.randrange(3)
    if way == 0:
        y += d.rng.uniform(0, 2)
        x = paper.width * d.rng.uniform(0.5, 0.6)
        column = x + max(paper.length(caption) for caption, _ in rows) + 1.2
        for caption, value in rows:
            paper.write(x, y, caption + d.close)
            paper.write(column, y, value)
            y += paper.pitch
        return y
    if way == 1:
        y += d.rng.uniform(1, 2.5)
        step = paper.width / len(rows)
        for i, (caption, value) in enumerate(rows):
            paper.write(i * step, y, caption, size=0.85)
            paper.write(i * step, y + paper.pitch, value)
        paper.rule(y + 1.7 * paper.pitch)
        return y + 2 * paper.pitch
    y += d.rng.uniform(0.3, 2.5)
    return lines(paper, 0, y, [f"{caption}{d.close} {value}" for caption, value in rows])


def head(d: Issue, paper: Paper, title: str, rows: Rows) -> float:
    """All that stands above a document's table."""
    y = letterhead(d, paper)
    size = d.rng.choice((1.0, 1.3, 1.6))
    if d.rng.random() < 0.4:
        y = lines(paper, 0, y + 1.5, [title], size, bold=True)
        return meta(d, paper, parties(d, paper, y + 0.5), rows)
    y = parties(d, paper, y)
    if d.rng.random() < 0.5:
        return lines(paper, 0, meta(d, paper, y + 0.5, rows) + 1, [title], size, bold=True)
    return meta(d, paper, lines(paper, 0, y + 1.5, [title], size, bold=True), rows)


def short_head(d: Issue, paper: Paper, rows: Rows) -> float:
    """What the pages after the first begin with: issuer, number and day on one line."""
    paper.write(0, 1, paper.wrap(d.seller.name, paper.width * 0.4)[0])
    paper.write(paper.width * 0.45, 1, f"{rows[0][0]} {d.number}")
    paper.write(paper.width, 1, d.day(), right=True)
    return 1 + 2 * paper.pitch


def table(d: Issue, paper: Paper, y: float, items: Sequence[Item], brought: int | None = None, carried: int | None = None,
          priced: bool = True) -> float:  # fmt: skip
    """Lines of goods under their heads; a sum that comes from the page before, and one that goes on to the next."""
    y += d.rng.uniform(0.8, 2.5)
    w = paper.width
    heads = (
        (0.0, "position", False),
        (0.08 * w, "description", False),
        (0.66 * w, "quantity", True),
        (0.82 * w, "unitPrice", True),
        (w, "amount", True),
    )
    shown = heads if priced else heads[:3]
    for x, concept, right in shown:
        paper.write(x, y, paper.wrap(d.caption(concept), 0.16 * w)[0], right=right, bold=True)
    paper.rule(y + 0.6 * paper.pitch)
    y += 1.3 * paper.pitch
    if brought is not None:
        y = carry(d, paper, y, "brought", brought)
    for item in items:
        cells = (str(item.position), paper.wrap(item.text, 0.5 * w)[0], str(item.quantity), d.money(item.price), d.money(item.amount))
        for (x, _, right), text in zip(shown, cells, strict=False):
            paper.write(x, y, text, right=right)
        y += paper.pitch
    return y if carried is None else carry(d, paper, y, "carry", carried)


def carry(d: Issue, paper: Paper, y: float, name: str, cents: int) -> float:
    paper.write(0.08 * paper.width, y, d.phrase(name))
    paper.write(paper.width, y, d.money(cents), right=True)
    return y + paper.pitch


def sums(d: Issue, paper: Paper, y: float, net: int) -> float:
    """Net, taxes and total; sometimes what is paid already, or a table of rates."""
    rng = d.rng
    rate = rng.choice((7, 10, 19, 20, 21))
    tax = round(net * rate / 100)
    rows = [(d.caption("net"), net)]
    if rng.random() < 0.25:
        rows += [(f"{d.caption('tax')} 7 %", tax // 3), (f"{d.caption('tax')} {rate} %", tax - tax // 3)]
    else:
        rows.append((f"{d.caption('tax')} {rate} %", tax))
    d.gross = net + tax
    rows.append((d.caption("total"), d.gross))
    if rng.random() < 0.15:
        rows += [(d.caption("deposit"), -(d.gross // 2)), (d.caption("amountDue"), d.gross - d.gross // 2)]
    y += rng.choice((0.5, 1.0, 3.0, 7.0))
    x = paper.width * rng.choice((0.0, 0.5, 0.6, 0.6))
    for caption, cents in rows:
        paper.write(x, y, caption)
        paper.write(paper.width, y, d.money(cents, True), right=True)
        y += paper.pitch
    if rng.random() < 0.25:
        y += paper.pitch
        step = paper.width / 5
        for i, (concept, value) in enumerate((("taxRate", f"{rate}"), ("net", d.money(net)), ("tax", d.money(tax)), ("total", d.money(d.gross)))):
            paper.write(i * step, y, paper.wrap(d.caption(concept), step - 0.5)[0], size=0.85)
            paper.write(i * step, y + paper.pitch, value)
        y += 2 * paper.pitch
    return y


def payment(d: Issue, paper: Paper, y: float) -> float:
    """When to pay, in a sentence or two, and where."""
    rng = d.rng
    due = d.day(rng.choice((8, 14, 30)))
    y += rng.choice((0.5, 1.5, 4.0))
    said = rng.sample([1, 2, 3], rng.randint(1, 2))
    for _ in said:
        d.called.pop("pay", None)
        text = d.phrase("pay").format(day=due, sum=d.money(d.gross, True), less=d.money(round(d.gross * 0.98), True))
        y = lines(paper, 0, y, paper.wrap(text, paper.width))
    if rng.random() < 0.5:
        y = lines(paper, 0, y + 0.5, [f"{d.phrase('bank')}: {d.words(1, 2).title()} Bank", f"IBAN: {d.seller.iban}"])
    return y


def slip(d: Issue, paper: Paper, y: float) -> float:
    """What is cut off and sent back with the money: both parties, number, due day and total once more."""
    y += d.rng.choice((2, 4, 7))
    paper.rule(y)
    y = lines(paper, 0, y + d.rng.uniform(0.8, 2), paper.wrap(d.phrase("slip"), paper.width)) + 0.5
    step = paper.width / 3
    said = (f"{d.caption('invoiceNumber')} {d.number}", f"{d.caption('dueDate')} {d.day(30)}", f"{d.caption('total')} {d.money(d.gross, True)}")
    ends = [
        lines(paper, i * step, y, [paper.wrap(text, step - 0.8)[0] if i < 2 else text for text in texts])
        for i, texts in enumerate(((d.seller.name, *d.seller.lines), (d.buyer.name, *d.buyer.lines), said))
    ]
    return max(ends)


def footer(d: Issue, paper: Paper) -> None:
    """The issuer once more at the end of the page: on a line, or in columns with bank and register."""
    s, rng = d.seller, d.rng
    columns = [
        (s.name, *s.lines[:2]), (f"{d.caption('phone')} {s.phone}", s.mail), (d.phrase("bank"), f"IBAN {s.iban}", f"BIC {s.bic}"),
        (f"{d.caption('vatId')} {s.vat}", f"{d.phrase('register')} {s.register}"),
    ]  # fmt: skip
    rng.shuffle(columns)
    y = paper.height - 2.6
    if rng.random() < 0.3:
        text = " · ".join((s.name, *s.lines[:2], f"{d.caption('vatId')} {s.vat}"))
        centred(paper, y, paper.wrap(text, paper.width, 0.75)[:2], 0.75)
        return
    paper.rule(y - 0.8)
    count = rng.randint(2, 4)
    for i, texts in enumerate(columns[:count]):
        step = paper.width / count
        lines(paper, i * step, y, [paper.wrap(text, step - 0.6, 0.72)[0] for text in texts], 0.72)


def prose(d: Issue, paper: Paper, y: float, least: int, most: int, x0: float = 0.0, x1: float | None = None, size: float = 1.0) -> float:
    edge = paper.width if x1 is None else x1
    return lines(paper, x0, y, paper.wrap(d.sentence(least, most), edge - x0, size), size) + 0.4 * paper.pitch
