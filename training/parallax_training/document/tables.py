"""Tables of records: columns under their heads, records of one line or several, and what else stands between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from . import values
from .facts import Fact, english, invent
from .lexicon import spellings
from .sheet import Sheet
from .values import Habits

# Columns of what is sold, in their usual order: a concept of the lexicon, and the kind of its values.
ITEMS = (
    ("position", "integer"), ("articleNumber", "code"), ("description", "phrase"), ("date", "date"), ("quantity", "quantity"), ("unit", "letters"),
    ("unitPrice", "amount"), ("discount", "percent"), ("taxRate", "percent"), ("tax", "amount"), ("amount", "amount"),
)  # fmt: skip
LIKELY = {"description": 0.95, "amount": 0.9, "quantity": 0.7, "unitPrice": 0.6, "position": 0.3, "unit": 0.2, "articleNumber": 0.25}
SELDOM = 0.12  # how likely one of the others is
OTHER_NAMES = {
    "description": ("text", "product name", "item name", "title", "item", "particulars", "details", "product"),
    "quantity": ("number", "amount ordered", "how many"),
    "unitPrice": ("price of one", "net unit price"), "amount": ("line sum", "price", "gross", "net"), "articleNumber": ("product id", "id"),
    "paidOut": ("debit", "outgoing", "withdrawn"), "paidIn": ("credit", "incoming", "deposited"), "balance": ("balance after", "new balance"),
}  # fmt: skip
CALLS = ("items", "lines", "line items", "positions", "articles", "products", "entries", "services", "rows", "details")
OF_ANY = ("entries", "rows", "table", "records", "lines", "items", "list", "details")
OF_ACCOUNTS = ("transactions", "bookings", "entries", "movements", "lines", "items", "operations")
OF_TAXES = ("taxes", "tax lines", "vat", "tax rates", "vat breakdown", "tax table", "vat rates")
SPANS = (
    ("start date", "end date"), ("start", "end"), ("from", "to"), ("start date", "end date"), ("first date", "last date"), ("von", "bis"),
    ("du", "au"), ("begin", "end"), ("valid from", "valid to"), ("from date", "to date"),
)  # what heads the first and the last day of each record
EITHER = ("paidOut", "paidIn")  # a booking has one of them
FREE = ("phrase", "company", "person", "job")
UNITS = ("pcs", "Stk.", "h", "kg", "x", "pc", "EA", "Std", "m", "u.", "ud", "st")
NARROW = 35.0  # of the page's width: a till's slip


@dataclass(frozen=True)
class Table:
    """Columns as facts: each of a column's segments is the cell of one record, from the top on. ``calls`` are names of the whole."""

    columns: list[Fact]
    calls: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How one table is printed."""

    edges: tuple[float, ...]  # of the columns, one more than they are
    right: tuple[bool, ...]
    headed: bool
    lines: int  # of free text at most
    amounts: str  # on which line of a record what is no free text stands: "first", "last", "middle"
    apart: float  # records, in lines
    grouped: float  # how likely a heading stands above a record
    noted: float  # how likely a line of small print follows one


def sold(h: Habits, rng: Random, narrow: bool) -> list[Fact]:
    """Columns of what a document sells."""
    if narrow:
        names = ["description", *(["quantity"] if rng.random() < 0.4 else []), *(["unitPrice"] if rng.random() < 0.3 else []), "amount"]
        chosen = [one for one in ITEMS if one[0] in names]
    else:
        chosen = [one for one in ITEMS if rng.random() < LIKELY.get(one[0], SELDOM)]
        if len(chosen) < 2:
            chosen = [one for one in ITEMS if one[0] in ("description", "amount")]
    if rng.random() < 0.2:
        rng.shuffle(chosen)
    columns = [of_column(concept, kind, h, rng) for concept, kind in chosen]
    if not narrow and rng.random() < 0.15:
        at = rng.randrange(len(columns) + 1)
        columns[at:at] = [Fact(head, "date", (head,)) for head in rng.choice(SPANS)]
    return columns


def booked(h: Habits, rng: Random) -> list[Fact]:
    """Columns of what is booked on an account: signed amounts, or what is paid out and in."""
    days = ["date", "valueDate"] if rng.random() < 0.5 else ["date"]
    moves = ["amount"] if rng.random() < 0.4 else rng.choice((["paidOut", "paidIn"], ["paidOut", "paidIn"], ["paidIn", "paidOut"]))
    names = [*days, *(["articleNumber"] if rng.random() < 0.1 else []), "description", *moves, *(["balance"] if rng.random() < 0.6 else [])]
    kinds = {"date": "date", "valueDate": "date", "description": "phrase", "articleNumber": "code"}
    return [of_column(name, kinds.get(name, "amount"), h, rng) for name in names]


def of_column(concept: str, kind: str, h: Habits, rng: Random) -> Fact:
    """A column of the lexicon under one of its heads in the document's language."""
    own, others = spellings(concept, h.locale.language), OTHER_NAMES.get(concept, ())
    calls = (*spellings(concept, "en"), *own, *(english(concept),) * 3, *others)
    head = rng.choice(others) if others and h.locale.language == "en" and rng.random() < 0.3 else rng.choice(own)
    return Fact(head, kind, calls, concept)


def invented(h: Habits, rng: Random) -> list[Fact]:
    """Columns that only their heads can name."""
    made: list[Fact] = []
    for _ in range(rng.randint(3, 7)):
        fact = invent(h, rng)
        if fact.kind == "address":
            fact.kind = "phrase"
        if all(fact.caption.lower() != other.caption.lower() for other in made):
            made.append(fact)
    return made


def layout_of(columns: Sequence[Fact], x0: float, x1: float, narrow: bool, rng: Random) -> Layout:
    free = [one.kind in FREE for one in columns]
    shares = [rng.uniform(2.2, 4.5) if is_free else rng.uniform(0.7, 1.2) for is_free in free]
    edges = [x0]
    for share in shares:
        edges.append(edges[-1] + share / sum(shares) * (x1 - x0))
    aligned = rng.random()
    right = tuple(not is_free and (aligned < 0.45 or (aligned < 0.75 and rng.random() < 0.5)) for is_free in free)
    known = all(one.concept for one in columns)
    headed = not known or rng.random() < (0.4 if narrow else 0.9)
    lines = rng.choice((1, 1, 1, 2, 2, 3, 4))
    amounts = rng.choice(("first",) * 7 + ("last", "last", "middle"))
    return Layout(tuple(edges), right, headed, lines, amounts, rng.choice((1.0, 1.0, 1.0, 1.3, 1.7, 2.2)), rng.choice((0.0, 0.0, 0.0, 0.15)),
    rng.choice((0.0, 0.0, 0.0, 0.3, 0.7)))  # fmt: skip


class Printer:
    """Prints one table from ``y`` down."""

    def __init__(self, sheet: Sheet, y: float, columns: Sequence[Fact], layout: Layout, h: Habits, rng: Random) -> None:
        self.sheet, self.y, self.columns, self.layout, self.rng = sheet, y, columns, layout, rng
        self.h = replace(h, sign="none") if rng.random() < 0.6 else h
        self.count, self.empty = 0, ""
        self.minus = rng.choice(("-{}", "-{}", "{}-", "{} -", "{}"))

    def cell(self, i: int, text: str, y: float, segment: int) -> None:
        at = self.layout.edges[i + 1] - 0.7 if self.layout.right[i] else self.layout.edges[i]
        self.sheet.write(at, y, text, segment, right=self.layout.right[i])

    def room(self, i: int) -> float:
        return max(3.0, self.layout.edges[i + 1] - self.layout.edges[i] - 0.9)

    def heads(self, case: Callable[[str], str]) -> None:
        """The heads, in up to two lines each."""
        wrapped = [self.sheet.wrap(case(one.caption), self.room(i))[:2] for i, one in enumerate(self.columns)]
        for i, lines in enumerate(wrapped):
            segment = self.sheet.segment()
            for n, line in enumerate(lines):
                self.cell(i, line, self.y + n * self.sheet.pitch, segment)
        self.y += self.sheet.pitch * (max(map(len, wrapped)) - 1 + self.rng.choice((1.0, 1.2, 1.6)))

    def record(self) -> None:
        """One record; a column may be empty."""
        rng, sheet = self.rng, self.sheet
        self.count += 1
        self.empty = rng.choice(EITHER)
        if rng.random() < self.layout.grouped:
            sheet.write(self.layout.edges[0], self.y, values.value_of("phrase", self.h, rng).title())
            self.y += sheet.pitch
        texts = [self.lines_of(i) for i in range(len(self.columns))]
        height = max(map(len, texts))
        row = {"first": 0, "last": height - 1, "middle": (height - 1) // 2}[self.layout.amounts]
        for i, lines in enumerate(texts):
            if not lines:
                continue
            segment = sheet.segment()
            self.columns[i].spans.append(segment)
            first = 0 if self.columns[i].kind in FREE else row
            for n, line in enumerate(lines):
                self.cell(i, line, self.y + (first + n) * sheet.pitch, segment)
            if self.columns[i].kind == "quantity" and not self.layout.right[i] and rng.random() < 0.15:
                sheet.write(self.layout.edges[i] + sheet.length(lines[0]) + 0.4, self.y + first * sheet.pitch, rng.choice(UNITS))
        self.y += sheet.pitch * (height - 1)
        if rng.random() < self.layout.noted:
            self.note()
        self.y += sheet.pitch * self.layout.apart

    def sums(self, totals: dict[int, Fact], label: str) -> None:
        """A last row: facts by the number of their column."""
        if 0 not in totals and label:
            self.sheet.write(self.layout.edges[0], self.y, label)
        for i, fact in totals.items():
            segment = self.sheet.segment()
            self.cell(i, fact.text, self.y, segment)
            fact.spans.append(segment)
        self.y += self.sheet.pitch

    def note(self) -> None:
        """A line that is no part of any cell, under the widest column."""
        sheet, rng = self.sheet, self.rng
        i = max(range(len(self.columns)), key=self.room)
        text = rng.choice((values.value_of("phrase", self.h, rng), f"({values.value_of('code', self.h, rng)})", values.value_of("date", self.h, rng)))
        self.y += sheet.pitch
        sheet.write(self.layout.edges[i] + rng.choice((0.0, 1.0)), self.y, f"{rng.choice(('Art.', 'Note:', 'S/N', '-', 'Ref.', ''))} {text}")

    def lines_of(self, i: int) -> list[str]:
        """A cell's text in lines; none where it is empty."""
        fact, rng = self.columns[i], self.rng
        if fact.concept == self.empty or (rng.random() < 0.06 and fact.concept not in ("description", "amount")):
            return []
        text = str(self.count) if fact.concept == "position" else values.value_of(fact.kind, self.h, rng)
        if fact.concept in ("amount", "balance") and any(column.concept == "date" for column in self.columns) and rng.random() < 0.5:
            text = self.minus.format(text)
        if fact.kind not in FREE:
            return [text]
        for _ in range(rng.randrange(self.layout.lines)):
            text += f" {values.value_of('phrase', self.h, rng)}"
        return self.sheet.wrap(text, self.room(i))[: self.layout.lines]
