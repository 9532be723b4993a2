"""Made-up pages of many kinds of documents, as words with boxes, with what they state; every page a function of seed and number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import blocks, tables, values
from .facts import CONCEPTS, HEADS, NOUNS, Fact, invent, of_concept, of_others, rival, siblings
from .lexicon import spellings
from .locales import LOCALES
from .sheet import Sheet, new_sheet
from .tables import Table
from .values import Habits, habits

# What a document of a kind may call itself, and the concepts that it likely states.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "invoice": (("INVOICE", "Rechnung", "Facture", "Factura", "Fattura", "Factuur", "Faktura", "Tax Invoice"),
                ("invoiceNumber", "date", "dueDate", "orderNumber", "customerNumber", "deliveryDate", "vatId", "paymentTerms", "currency", "contact",
                "iban", "bic", "deliveryNote")),
    "order": (("PURCHASE ORDER", "Order", "Bestellung", "Bon de commande", "Pedido", "Ordine", "Auftrag"),
              ("orderNumber", "date", "deliveryDate", "customerNumber", "contact", "paymentTerms", "shipping", "currency", "reference")),
    "contract": (("CONTRACT", "Agreement", "Vertrag", "Contrat", "Contrato", "Order Confirmation", "Broadcast Order"), ("contractNumber", "date",
    "contact", "reference", "customerNumber")),
    "form": (("FORM", "Application", "Antrag", "Formulaire", "Registration", "Formulario"), ("name", "address", "phone", "email", "date",
    "reference")),
    "note": (("DELIVERY NOTE", "Lieferschein", "Bon de livraison", "Packing slip", "Albarán", "Pakbon"), ("deliveryNote", "date", "orderNumber",
    "customerNumber", "contact")),
    "statement": (("STATEMENT", "Kontoauszug", "Relevé", "Account statement", "Extracto"), ("date", "customerNumber", "iban", "bic", "currency",
    "amountDue", "dueDate", "accountHolder", "statementNumber", "openingBalance", "closingBalance")),
    "ticket": (("TICKET", "Boarding pass", "Fahrkarte", "Billet", "Entrada", "Biglietto"), ("date", "time", "name", "reference", "total")),
    "letter": (("", "Notice", "Reminder", "Mahnung", "Confirmation"), ("date", "reference", "customerNumber", "contact", "dueDate", "amountDue",
    "phone", "email")),
    "registration": (("CERTIFICATE", "Registration Statement", "Bescheinigung", "Certificat", "Licence"), ("date", "reference", "name", "address")),
    "payslip": (("PAYSLIP", "Gehaltsabrechnung", "Bulletin de paie", "Nómina", "Busta paga"), ("date", "name", "iban", "tax", "net", "total")),
    "receipt": (("RECEIPT", "Tax Invoice", "Quittung", "", "Ticket", "Cash bill"), ("date", "time", "invoiceNumber", "total", "tax", "paymentMethod",
    "phone", "vatId")),
}  # fmt: skip
# How a schema may ask for the first and the last of a span of days.
ENDS = (
    ("{} start", "{} from", "{} begin", "{} start date", "{} first day", "start of {}", "{} starts", "first day of {}"),
    ("{} end", "{} to", "{} until", "{} end date", "{} last day", "end of {}", "{} ends", "last day of {}"),
)
# What stands between the number of a document and its day.
OF = {
    "de": ("vom", "vom", "v.", "/"), "fr": ("du", "du", "en date du"), "es": ("de", "del", "con fecha"), "it": ("del", "del", "di"),
    "nl": ("van", "d.d.", "/"), "pt": ("de", "em"), "pl": ("z dnia", "z"), "sv": ("av den", "-"), "da": ("af", "dateret"), "no": ("av", "datert"),
    "cs": ("ze dne", "z"),
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What was written, and what it states; facts that it does not state have no spans."""

    sheet: Sheet
    facts: list[Fact]
    tables: list[Table]
    habits: Habits
    kind: str


def page(seed: int, number: int) -> Page:
    """Page ``number`` of the endless row of ``seed``."""
    rng = Random(f"{seed}/{number}")
    h = habits(rng.choice((*LOCALES, LOCALES[0], LOCALES[0], LOCALES[0], LOCALES[1], LOCALES[2], LOCALES[3])), rng)
    kind = rng.choice(list(KINDS))
    return Writer(kind, h, rng).page()


class Writer:
    """Writes one page from its head down, and keeps what it has stated."""

    def __init__(self, kind: str, h: Habits, rng: Random) -> None:
        self.kind, self.h, self.rng = kind, h, rng
        self.sheet = new_sheet(rng)
        if kind == "receipt" and rng.random() < 0.8:
            self.sheet.width = rng.uniform(18, 32)
        self.style = blocks.style_of(rng)
        self.stated: list[Fact] = []
        self.tables: list[Table] = []
        self.captions: set[str] = set()
        self.y = 1.0

    def page(self) -> Page:
        rng = self.rng
        self.head()
        if rng.random() < 0.75:
            self.parties()
        for part in self.parts():
            part()
            self.y += self.sheet.pitch * rng.choice((0.3, 0.8, 1.5))
        if rng.random() < 0.6:
            self.foot()
        return Page(self.sheet, self.stated, self.tables, self.h, self.kind)

    def parts(self) -> list[Callable[[], None]]:
        """The middle of the page: blocks of facts, a table, sums, sections and text, in an order that fits."""
        rng = self.rng
        chosen: list[Callable[[], None]] = [self.key_facts]
        if self.kind in ("receipt", "ticket") and rng.random() < 0.6:
            chosen = [self.stamp] if rng.random() < 0.4 else [self.stamp, self.key_facts]
        chosen += [self.key_facts] * rng.choice((0, 0, 0, 1, 1, 1, 2, 3))
        chosen += [self.section] * rng.choice((0, 0, 0, 1, 2))
        chosen += [self.range_of_days] * (rng.random() < 0.55)
        if self.kind in ("letter", "contract", "form") or rng.random() < 0.15:
            chosen += [self.text] * rng.randint(1, 2)
        rng.shuffle(chosen)
        if self.kind in ("invoice", "order", "note", "statement", "receipt", "payslip") or rng.random() < 0.3:
            chosen.append(self.items)
            if rng.random() < 0.8:
                chosen.append(self.sums)
        elif rng.random() < 0.3:
            chosen.append(self.sums)
        if rng.random() < 0.35:
            chosen.append(self.sentence)
        if rng.random() < 0.2:
            chosen.append(self.key_facts)
        return chosen

    def take(self, fact: Fact) -> Fact | None:
        """The fact, unless the page has one under that caption already."""
        key = f"{fact.owner} {fact.caption}".lower()
        if key in self.captions or any(fact.concept and fact.concept == other.concept for other in self.stated):
            return None
        self.captions.add(key)
        self.stated.append(fact)
        return fact

    def head(self) -> None:
        """Who sends the document, without a caption, and what the document calls itself."""
        rng, sheet = self.rng, self.sheet
        if rng.random() < 0.5:
            self.letterhead()
        title = rng.choice(KINDS[self.kind][0])
        if title and rng.random() < 0.8:
            x = rng.choice((0.0, sheet.width * 0.4, sheet.width * 0.7))
            sheet.write(x, self.y, title, size=rng.choice((1.0, 1.3, 1.8)))
            self.y += sheet.pitch * rng.choice((1.3, 2, 3))
        if rng.random() < 0.12:
            self.title_sentence()
        if rng.random() < 0.12 and self.kind in ("letter", "contract", "invoice"):
            dated = self.take(Fact("date", "date", (*spellings("date", "en"), *spellings("date", self.h.locale.language)), "date",
            text=values.day(self.h, rng)))
            if dated:
                sheet.write(sheet.width * 0.6, self.y, f"{values.city(self.h, rng)}, ")
                x = sheet.width * 0.6 + sheet.length("Longer city, ")
                blocks.print_value(sheet, dated, x, self.y, x + 30, rng)
                self.y += sheet.pitch * 1.5

    def title_sentence(self) -> None:
        """What the document is, its number and its day in a line: "Invoice no. 4711 of 5 May 2020"."""
        rng, sheet, h = self.rng, self.sheet, self.h
        concept = {"invoice": "invoiceNumber", "order": "orderNumber", "contract": "contractNumber", "note": "deliveryNote"}.get(self.kind)
        number = self.take(of_concept(concept, h, rng)) if concept else None
        if not number:
            return
        day = self.take(of_concept("date", h, rng)) if rng.random() < 0.75 else None
        of = OF.get(h.locale.language, ("of", "dated", "from", "/", ""))
        after = [(rng.choice(of), None), (day.text, day)] if day else []
        self.y = blocks.run_on(sheet, 0.0, sheet.width, self.y, [(self.style.case(number.caption), None), (number.text, number), *after])
        self.y += sheet.pitch * rng.choice((1.5, 2, 3))

    def letterhead(self) -> None:
        rng, sheet, h = self.rng, self.sheet, self.h
        seller = self.take(of_concept("seller", h, rng))
        if not seller:
            return
        if self.kind in ("receipt", "ticket"):
            seller.calls = (*seller.calls, "merchant", "company", "store name", "company name", "merchant name", "shop")
        centred = rng.random() < (0.6 if self.kind in ("receipt", "ticket") else 0.15)
        x = 0.0 if centred else rng.choice((0.0, 0.0, sheet.width * 0.55, sheet.width * 0.3))

        def left_of(text: str, size: float = 1.0) -> float:
            return max(0.0, (sheet.width - sheet.length(text, size)) / 2) if centred else x

        size = rng.choice((1.0, 1.0, 1.2, 1.6))
        seller.spans.append(sheet.segment())
        for line in sheet.wrap(seller.text, sheet.width * (1 if x == 0 else 0.5), size):
            end = sheet.write(left_of(line, size), self.y, line, seller.spans[0], size=size)
            self.y += sheet.pitch * max(1.0, size * 0.9)
        if rng.random() < 0.25:
            number = f"({rng.randrange(10**6)}-{rng.choice('XKWUDPT')})"
            beside = rng.random() < 0.5
            sheet.write(end + 0.5 if beside else left_of(number), self.y - (sheet.pitch * max(1.0, size * 0.9) if beside else 0), number)
            self.y += 0 if beside else sheet.pitch
        self.y += sheet.pitch * rng.choice((0.0, 0.0, 0.4))
        if rng.random() < 0.75:
            calls = ("address", "seller address", "merchant address", "company address", *spellings("address", h.locale.language))
            where = Fact("address", "address", calls, owner=rng.choice(("", "seller", "supplier")) if self.kind != "receipt" else "")
            where.spans.append(sheet.segment())
            lines = values.address_lines(h, rng)
            lines = [", ".join(lines)] if rng.random() < 0.3 else lines
            room = sheet.width - min(x, sheet.width * 0.4)
            for line in [part for whole in lines for part in sheet.wrap(whole, room)]:
                sheet.write(left_of(line), self.y, line, where.spans[0])
                self.y += sheet.pitch
            if where.owner or self.kind == "receipt":
                self.stated.append(where)
            self.captions.add("address")
        if rng.random() < 0.5:
            some = [fact for fact in (self.take(of_concept(name, h, rng)) for name in rng.sample(("phone", "fax", "email", "website", "vatId"),
            rng.randint(1, 3))) if fact]
            self.y = blocks.between_lines(sheet, x, sheet.width, self.y, some, self.style, rng)
        self.y += sheet.pitch

    def parties(self) -> None:
        """One party or two side by side, some without a word that says who is who."""
        rng, sheet, h = self.rng, self.sheet, self.h
        roles = rng.sample(("buyer", "shipTo", "seller"), rng.choice((1, 1, 2, 2, 3)))
        found = [fact for fact in (self.take(of_concept(role, h, rng)) for role in roles) if fact]
        if not found:
            return
        if self.kind != "receipt" and rng.random() < 0.2:
            self.sender_line()
        narrow = sheet.width < 35 or rng.random() < 0.25
        width = sheet.width if narrow else sheet.width / len(found)
        top = bottom = self.y
        for i, fact in enumerate(found):
            captioned = rng.random() < 0.75 or fact.concept != "buyer"
            if fact.concept == "buyer" and rng.random() < 0.2:
                fact.text = values.person(h, rng)
            place = Fact("address", "address", ("address", *spellings("address", h.locale.language)),
            owner=rng.choice((fact.caption, blocks_owner(fact.concept))))
            if narrow:
                top = bottom
            x = 0.0 if narrow else i * width
            end = blocks.party(sheet, x, x + width - 1, top, fact, place, self.style, h, rng, captioned)
            self.stated.append(place)
            bottom = max(bottom, end + (sheet.pitch if narrow else 0))
        self.y = bottom + sheet.pitch

    def sender_line(self) -> None:
        """Name and address of the sender in small print, where they are seen through the window of an envelope."""
        rng, sheet, h = self.rng, self.sheet, self.h
        known = next((fact for fact in self.stated if fact.concept == "seller"), None)
        seller = known if known and known.spans else self.take(of_concept("seller", h, rng))
        if not seller:
            return
        joint = rng.choice((" · ", " - ", " | ", ", ", " • ", " — "))
        size = rng.choice((0.65, 0.75, 0.85))
        seller.spans.append(sheet.segment())
        end = sheet.write(0.0, self.y, seller.text, seller.spans[-1], size=size)
        sheet.write(end + 0.4 * size, self.y, joint.strip() + " " + joint.join(values.address_lines(h, rng)), size=size)
        self.y += sheet.pitch * rng.choice((1.0, 1.3))

    def some_facts(self, count: int) -> list[Fact]:
        """Facts for a block: the kind's concepts, others, and about a third invented ones with what is easily taken for them."""
        rng, h = self.rng, self.h
        found: list[Fact] = []
        while len(found) < count:
            drawn = rng.random()
            if drawn < 0.45:
                fact = of_concept(rng.choice(KINDS[self.kind][1] if rng.random() < 0.8 else list(CONCEPTS)), h, rng)
            elif drawn < 0.6:
                fact = of_others(h, rng)
            else:
                fact = invent(h, rng)
            more = [fact, *(siblings(fact, h, rng) if rng.random() < 0.3 else ()), *(rival(fact, h, rng) if rng.random() < 0.2 else ())]
            rng.shuffle(more)
            count -= 1 if found and rng.random() < 0.1 else 0
            for one in more:
                if rng.random() < 0.1:
                    one.text = ""
                elif one.kind == "company" and rng.random() < 0.4:
                    one.below = tuple(values.address_lines(h, rng)[: rng.randint(1, 3)])
                elif rng.random() < 0.05:
                    one.caption = f"{one.caption}{blocks.SECOND}{rng.choice(('rev', 'revision', rng.choice(NOUNS)))}"
                if self.take(one):
                    found.append(one)
        return found

    def key_facts(self) -> None:
        """A block, or two side by side, of captions and values."""
        rng, sheet = self.rng, self.sheet
        count = rng.choice((2, 3, 4, 5, 6, 8, 11))
        ways = (blocks.beside, blocks.beside, blocks.above, blocks.above, blocks.between_lines)
        if sheet.width > 40 and rng.random() < 0.5:
            middle = sheet.width * rng.uniform(0.4, 0.6)
            facts = self.some_facts(count)
            half = rng.randint(1, len(facts))
            before = len(sheet.boxes)
            left = rng.choice(ways)(sheet, 0.0, middle - 1.5, self.y, facts[:half], self.style, rng)
            if rng.random() < 0.3:  # the longest value ends right before the next caption
                middle = max(box[2] for box in sheet.boxes[before:]) + rng.uniform(0.35, 1.2)
            right = rng.choice(ways)(sheet, middle, sheet.width, self.y, facts[half:], self.style, rng)
            self.y = max(left, right)
            return
        x0 = rng.choice((0.0, 0.0, 0.0, sheet.width * 0.5)) if sheet.width > 40 else 0.0
        self.y = rng.choice(ways)(sheet, x0, sheet.width, self.y, self.some_facts(count), self.style, rng)

    def stamp(self) -> None:
        """When something was sold, as tills print it: a line of day, time and numbers without captions."""
        rng, sheet, h = self.rng, self.sheet, self.h
        facts = [self.take(of_concept(concept, h, rng)) for concept in ("date", "time") if concept == "date" or rng.random() < 0.7]
        found: list[tuple[str, Fact | None]] = [(fact.text, fact) for fact in facts if fact]
        if rng.random() < 0.2:
            found.reverse()
        for _ in range(rng.choice((0, 0, 1, 2))):
            found.insert(rng.randrange(len(found) + 1), (values.value_of(rng.choice(("code", "integer", "letters")), h, rng), None))
        gap = rng.choice((0.8, 1.5, 3.0))
        x = 0.0 if rng.random() < 0.6 else sheet.width * rng.uniform(0.1, 0.4)
        for text, fact in found:
            segment = sheet.segment()
            x = sheet.write(x, self.y, text, segment) + gap
            if fact:
                fact.spans.append(segment)
        self.y += sheet.pitch

    def section(self) -> None:
        """A heading, and below or right of it captions that say nothing without it: Name, Phone, Date."""
        rng, sheet, h = self.rng, self.sheet, self.h
        heading = rng.choice((rng.choice(spellings(rng.choice(("seller", "buyer", "shipTo")), h.locale.language)), invent(h, rng).caption,
        rng.choice(("tenant", "patient", "employer", "agent", "owner", "insured"))))
        if heading.lower() in self.captions:
            return
        self.captions.add(heading.lower())
        own = [of_concept(name, h, rng) for name in rng.sample(("name", "phone", "email", "address", "date", "reference"), rng.randint(2, 4))]
        for fact in own:
            if fact.concept == "name":
                fact.calls = (*fact.calls, *(heading,) * len(fact.calls))
                if rng.random() < 0.6:
                    fact.kind, fact.text = "company", values.company(h, rng)
            fact.concept, fact.owner = None, heading
        kept = [fact for fact in own if self.take(fact)]
        size = rng.choice((1.0, 1.2))
        end = sheet.write(0.0, self.y, self.style.case(heading), size=size)
        way = rng.choice((blocks.beside, blocks.above))
        if sheet.width > 40 and rng.random() < 0.4:
            self.y = way(sheet, end + rng.uniform(1, 6), sheet.width * rng.uniform(0.6, 1), self.y, kept, self.style, rng)
        else:
            self.y = way(sheet, rng.choice((0.0, 1.5)), sheet.width, self.y + sheet.pitch, kept, self.style, rng)

    def range_of_days(self) -> None:
        """One caption for two days: their first and last are asked for as its start and end."""
        rng, sheet, h = self.rng, self.sheet, self.h
        base = rng.choice((rng.choice(NOUNS), invent(h, rng).caption.split()[0], rng.choice(spellings("period", h.locale.language))))
        named = rng.choice((base, f"{base} dates", f"{base} period", base, f"{rng.choice(HEADS)} {base}"))
        if rng.random() < 0.25:  # the only days of the kind, whatever the page calls them
            noun = rng.choice((self.kind, rng.choice(NOUNS)))
            named = rng.choice(("period", "dates", "term", "validity", f"{noun} dates", f"{noun} period"))
        if named.lower() in self.captions:
            return
        self.captions.add(named.lower())
        pair = [
            Fact(named, "date", tuple(form.format(base) for form in forms), text=values.day(h, rng)) for forms in ENDS
        ]
        caption = blocks.caption_text(pair[0], self.style)
        x = rng.choice((0.0, sheet.width * 0.4))
        end = sheet.write(x, self.y, caption)
        if rng.random() < 0.5:
            at = end + rng.uniform(0.4, 3)
        else:
            at, self.y = x, self.y + sheet.pitch
        blocks.span_of_days(sheet, at, self.y, pair[0], pair[1], h, rng)
        self.stated += pair
        self.y += sheet.pitch

    def items(self) -> None:
        """A table of records, sometimes with a row of sums."""
        rng, sheet, h = self.rng, self.sheet, self.h
        narrow = sheet.width < tables.NARROW
        own = not narrow and rng.random() < 0.3
        booked = self.kind == "statement" and not narrow and rng.random() < 0.7
        columns = tables.booked(h, rng) if booked else tables.invented(h, rng) if own else tables.sold(h, rng, narrow)
        layout = tables.layout_of(columns, 0.0, sheet.width, narrow, rng)
        printer = tables.Printer(sheet, self.y, columns, layout, h, rng)
        if layout.headed:
            printer.heads(self.style.case)
        for _ in range(rng.choice((1, 2, 3, 4, 6, 9, 14, 25))):
            printer.record()
        if rng.random() < 0.3:
            label = rng.choice((rng.choice(spellings("total", h.locale.language)), "Totals", ""))
            printer.sums(self.totals(columns), label)
        self.y = printer.y
        self.tables.append(Table(columns, tables.OF_ACCOUNTS if booked else tables.OF_ANY if own else tables.CALLS))

    def totals(self, columns: list[Fact]) -> dict[int, Fact]:
        """Sums of columns, which a page may be asked for as well."""
        rng, found = self.rng, dict[int, Fact]()
        for i, column in enumerate(columns):
            if column.kind not in ("amount", "integer", "quantity") or rng.random() < 0.2:
                continue
            caption = column.caption
            fact = Fact(caption.lower(), column.kind, (f"total {caption}", f"sum of {caption}", f"{caption} total"))
            fact.text = values.value_of(column.kind, self.h, rng)
            if self.take(fact):
                found[i] = fact
        return found

    def sums(self) -> None:
        """Net, taxes at one rate or several, and the total; asked are the sums, never a single row of several."""
        rng, sheet, h = self.rng, self.sheet, self.h
        net = rng.randrange(1, 9_000_000) / 100
        tax = net * rng.choice((0.06, 0.19, 0.2, 0.21, 0.25))
        facts: list[Fact] = []
        for concept, value in (("net", net), ("discount", net / 10), ("shipping", net / 7), ("tax", tax), ("total", net + tax), ("deposit", net / 3),
        ("amountDue", net + tax)):
            chance = {"net": 0.7, "tax": 0.75, "total": 0.95}.get(concept, 0.15)
            if rng.random() >= chance:
                continue
            fact = of_concept(concept, h, rng)
            fact.text = values.money_text(value, h, rng)
            if concept == "tax" and rng.random() < 0.4:
                facts += self.tax_rows(value)
                if rng.random() < 0.6:
                    continue
            if self.take(fact):
                facts.append(fact)
        x0 = 0.0 if sheet.width < 35 else sheet.width * rng.choice((0.0, 0.5, 0.6, 0.7))
        if rng.random() < 0.2:
            self.rates(net, tax, facts)
        if rng.random() < 0.15:
            self.y = blocks.above(sheet, 0.0, sheet.width, self.y, facts, self.style, rng)
            return
        need = max((sheet.length(f.caption + f.text) for f in facts), default=0) + 4
        x0 = max(0.0, min(x0, sheet.width - need))
        captions_right = rng.random() < 0.25
        for fact in facts:
            edge = sheet.width - sheet.length("1,000,000.00 EUR") - 1.5
            sheet.write(edge if captions_right else x0, self.y, blocks.caption_text(fact, self.style), right=captions_right)
            blocks.print_value(sheet, fact, sheet.width, self.y, sheet.width, rng, right=True)
            self.y += sheet.pitch * (1.0 if rng.random() < 0.8 else 1.5)

    def rates(self, net: float, tax: float, facts: list[Fact]) -> None:
        """A small table of what is taxed at each rate; the row of the only rate, or that of the sums, states the sums once more."""
        rng, sheet, h = self.rng, self.sheet, self.h
        names = rng.sample(("taxRate", "net", "tax", "total"), 4)[: rng.choice((3, 4))]
        width = sheet.width if sheet.width < 35 else sheet.width * rng.choice((0.5, 0.7, 1.0))
        columns = [tables.of_column(name, CONCEPTS[name], h, rng) for name in names]
        heads = [self.style.case(column.caption) for column in columns]
        step = max(width / len(names), max(map(sheet.length, heads)) + 0.8)
        for i, head in enumerate(heads):
            sheet.write((i + 1) * step - 0.5, self.y, head, right=True)
        amounts = {"net": net, "tax": tax, "total": net + tax}
        rows = self.rows_of_rates(tax / net)
        for share, rate in rows:
            self.y += sheet.pitch
            for i, name in enumerate(names):
                fact = next((fact for fact in facts if fact.concept == name), None) if share == 1 else None
                text = fact.text if fact else rate if name == "taxRate" else plain(amounts[name] * share, h)
                segment = sheet.segment()
                sheet.write((i + 1) * step - 0.5, self.y, text, segment, right=True)
                if fact:
                    fact.spans.append(segment)
                if share < 1 or len(rows) == 1:
                    columns[i].spans.append(segment)
        self.y += sheet.pitch * rng.choice((1.3, 2))
        self.tables.append(Table(columns, tables.OF_TAXES))

    def rows_of_rates(self, only: float) -> list[tuple[float, str]]:
        """Shares of the whole with their rates: one, or two with or without their sum."""
        rng = self.rng
        if rng.random() < 0.5:
            return [(1.0, f"{round(100 * only)} %")]
        share = rng.uniform(0.1, 0.9)
        rows = [(share, f"{rng.choice((5, 7, 9, 10))} %"), (1 - share, f"{rng.choice((19, 20, 21))} %")]
        label = rng.choice(("", rng.choice(spellings("total", self.h.locale.language))))
        return [*rows, (1.0, label)] if rng.random() < 0.6 else rows

    def tax_rows(self, tax: float) -> list[Fact]:
        """Taxes by rate, none of which is the tax of the whole."""
        rng, h = self.rng, self.h
        rates = rng.sample((5, 6, 7, 9, 10, 19, 20, 21, 25), 2)
        name = rng.choice(spellings("tax", h.locale.language))
        return [Fact(f"{name} {rate} %", "amount", (f"{name} {rate} %",), text=values.money_text(tax / 2, h, rng)) for rate in rates]

    def sentence(self) -> None:
        rng = self.rng
        wanted = self.take(of_concept("dueDate", self.h, rng)) if rng.random() < 0.4 else None
        facts = [wanted] if wanted else [fact for fact in self.some_facts(1) if fact.text][:2]
        self.y = blocks.sentences(self.sheet, 0.0, self.sheet.width, self.y, facts, self.h, rng)

    def text(self) -> None:
        for _ in range(self.rng.randint(1, 3)):
            self.y = blocks.prose(self.sheet, 0.0, self.sheet.width, self.y, self.h, self.rng) + 0.3

    def foot(self) -> None:
        """Small print in columns: the bank, the register, ways to call."""
        rng, sheet, h = self.rng, self.sheet, self.h
        self.y += sheet.pitch
        names = ("iban", "bic", "vatId", "phone", "fax", "email", "website")
        facts = [fact for fact in (self.take(of_concept(name, h, rng)) for name in rng.sample(names, rng.randint(1, 4))) if fact]
        columns = 1 if sheet.width < 35 else rng.randint(1, 3)
        width = sheet.width / columns
        ends = [blocks.beside(sheet, i * width, (i + 1) * width - 1, self.y, facts[i::columns], self.style, rng) for i in range(columns)]
        self.y = max(ends)
        if rng.random() < 0.4:
            sheet.write(sheet.width * 0.4, self.y, f"{rng.choice(spellings('page', h.locale.language))} 1 / {rng.randint(1, 9)}")


def plain(amount: float, h: Habits) -> str:
    """An amount without a currency."""
    group, point = h.money
    return f"{amount:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group)


def blocks_owner(concept: str | None) -> str:
    return {"buyer": "buyer", "shipTo": "ship to", "seller": "seller"}.get(concept or "", "customer")
