"""The ways in which pages state facts: a function a way. Each writes below ``y`` between two edges and answers where it ends."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from . import values
from .facts import Fact
from .locales import pool
from .sheet import Sheet
from .values import Habits

SENTENCES = {
    "en": ("Please pay by {}.", "Payment is due on {} at the latest.", "as agreed on {} between the parties", "We confirm {} for your order.",
    "The amount of {} has been booked."),
    "de": ("Bitte zahlen Sie bis {}.", "Der Betrag ist bis zum {} fällig.", "wie am {} vereinbart", "Wir bestätigen {} zu Ihrer Bestellung.",
    "Der Betrag von {} wurde gebucht."),
    "fr": ("À régler avant le {}.", "Le paiement est dû le {} au plus tard.", "comme convenu le {}", "Nous confirmons {} pour votre commande.",
    "Le montant de {} a été débité."),
    "es": ("Páguese antes del {}.", "El pago vence el {}.", "según lo acordado el {}", "Confirmamos {} para su pedido.",
    "El importe de {} ha sido cargado."),
    "it": ("Da pagare entro il {}.", "Il pagamento scade il {}.", "come concordato il {}", "Confermiamo {} per il suo ordine.",
    "L'importo di {} è stato addebitato."),
    "nl": ("Gelieve te betalen voor {}.", "De betaling vervalt op {}.", "zoals overeengekomen op {}", "Wij bevestigen {} voor uw bestelling.",
    "Het bedrag van {} is geboekt."),
}  # fmt: skip
SECOND = " / "  # in a caption: its value comes first, then what else it names
DUE = 2  # of the sentences of a language the first ones, which say when to pay


@dataclass(frozen=True)
class Style:
    """The habits of one page: how it prints captions, and how far things stand apart."""

    case: Callable[[str], str]
    close: str  # after a caption
    gap: float  # between things on a line, in letter heights


def style_of(rng: Random) -> Style:
    case = rng.choice((str.title, str.capitalize, str.upper, str.capitalize, lambda text: text[:1].upper() + text[1:]))
    return Style(case, rng.choice((":", ":", ":", "", "", " :", ".", "#:" if rng.random() < 0.1 else ":")), rng.uniform(1.2, 4))


def caption_text(fact: Fact, style: Style, close: bool = True) -> str:
    """A caption as this page prints it; one that a language spells in its own way stays so half of the time."""
    text = style.case(fact.caption)
    return text + style.close if close and not text.endswith((":", "#")) else text


def print_value(sheet: Sheet, fact: Fact, x: float, y: float, edge: float, rng: Random, right: bool = False) -> float:
    """The value of a fact from ``x`` on, in lines where it is too long; where its last line stands. An empty text is left out."""
    if not fact.text:
        return y
    segment = sheet.segment()
    lines = [fact.text] if right else sheet.wrap(fact.text, max(edge - x, 8 * sheet.letter))
    if fact.kind == "address" and not right and rng.random() < 0.5:
        lines = [part.strip() for part in fact.text.split(",")]
        lines = [f"{line}," if rng.random() < 0.3 and i + 1 < len(lines) else line for i, line in enumerate(lines)]
    end = x
    for i, line in enumerate(lines[:4]):
        end = sheet.write(x, y + i * sheet.pitch, line, segment, right=right)
    fact.spans.append(segment)
    if fact.kind in ("company", "person") and len(lines) == 1 and not right and rng.random() < 0.08:
        sheet.write(end + 0.3, y, f"({rng.randrange(10**6)})")
    if SECOND in fact.caption and len(lines) == 1 and not right:
        after = sheet.write(end + 0.4, y, "/")
        if rng.random() < 0.6:
            day = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(12, 26)}"
            sheet.write(after + 0.4, y, rng.choice((str(rng.randint(0, 9)), day)))
    return y + (min(len(lines), 4) - 1) * sheet.pitch


def print_with_below(sheet: Sheet, fact: Fact, x: float, y: float, edge: float, rng: Random) -> float:
    """The value of a fact, and what stands below it and is no part of it."""
    y = print_value(sheet, fact, x, y, edge, rng)
    for line in fact.below if fact.text else ():
        y += sheet.pitch
        sheet.write(x, y, line)
    return y


def beside(sheet: Sheet, x0: float, x1: float, y: float, facts: Sequence[Fact], style: Style, rng: Random) -> float:
    """Captions left of their values: each after its own, all in one column, or at the right edge."""
    form = rng.choice(("inline", "column", "column", "right"))
    texts = [caption_text(fact, style) for fact in facts]
    column = x0 + max(map(sheet.length, texts), default=0) + style.gap
    captions_right = form == "column" and rng.random() < 0.2
    loose = rng.choice((1.0, 1.0, 1.3, 2.0)) * sheet.pitch
    for fact, text in zip(facts, texts, strict=True):
        end = sheet.write(column - style.gap if captions_right else x0, y, text, right=captions_right)
        if captions_right:
            end = column - style.gap
        if form == "inline":
            y = print_with_below(sheet, fact, end + rng.uniform(0.4, 1.2), y, x1, rng)
        elif form == "column":
            y = print_with_below(sheet, fact, column, y, x1, rng)
        else:
            y = print_value(sheet, fact, max(x1, end + 1 + sheet.length(fact.text)), y, x1, rng, right=True)
        y += loose
    return y


def span_of_days(sheet: Sheet, x: float, y: float, first: Fact, last: Fact, h: Habits, rng: Random) -> None:
    """Two days and what is between them: a word or a dash of its own, one that touches a day, or one that makes both a single word."""
    if " " not in first.text + last.text and rng.random() < 0.25:
        both = sheet.segment()
        sheet.write(x, y, first.text + rng.choice("--–/") + last.text, both)
        first.spans.append(both)
        last.spans.append(both)
        return
    first.spans.append(sheet.segment())
    last.spans.append(sheet.segment())
    touching = rng.random()
    joint = rng.choice(("-", "-", "–", "to", "bis", "au", "/", "thru")) if h.locale.language != "es" else "-"
    left, right = ("-", "") if touching < 0.1 else ("", "-") if touching < 0.25 else ("", "")
    end = sheet.write(x, y, first.text + left, first.spans[-1]) + 0.4
    if not left and not right:
        end = sheet.write(end, y, joint) + 0.4
    sheet.write(end, y, right + last.text, last.spans[-1])


def above(sheet: Sheet, x0: float, x1: float, y: float, facts: Sequence[Fact], style: Style, rng: Random) -> float:
    """Captions above their values, in a grid or in the boxes of a form, which may be numbered; small captions where boxes are ruled."""
    size = rng.choice((1.0, 1.0, 0.75))
    widest = max((sheet.length(fact.caption) for fact in facts), default=1)
    most = max(1, int((x1 - x0) / max(widest + 1.5, 8)))
    columns = min(most, rng.randint(1, 5))
    width = (x1 - x0) / columns
    right = rng.random() < 0.12
    numbers = itertools.count(rng.choice((1, 1, 5, 12))) if rng.random() < 0.12 else None
    for start in range(0, len(facts), columns):
        bottom = y
        for i, fact in enumerate(facts[start : start + columns]):
            x = x0 + i * width
            at = x + width - 1 if right else x
            text = caption_text(fact, style, close=rng.random() < 0.25)
            sheet.write(at, y, text if numbers is None else f"{next(numbers)}{rng.choice(('', '', '.'))} {text}", size=size, right=right)
            low = y + sheet.pitch * rng.choice((0.9, 1.0, 1.1))
            edge = x + width - 0.8
            end = print_value(sheet, fact, at, low, edge, rng, right) if right else print_with_below(sheet, fact, at, low, edge, rng)
            bottom = max(bottom, end)
        y = bottom + sheet.pitch * rng.choice((2.0, 2.2, 2.6))
    return y


def between_lines(sheet: Sheet, x0: float, x1: float, y: float, facts: Sequence[Fact], style: Style, rng: Random) -> float:
    """Several captions with their values on one line, as tills and dispatch sheets print them."""
    x = x0
    for fact in facts:
        text = caption_text(fact, style)
        need = sheet.length(text) + sheet.length(fact.text or "-") + 1
        if x > x0 and x + need > x1:
            x, y = x0, y + sheet.pitch
        end = sheet.write(x, y, text)
        print_value(sheet, fact, end + 0.6, y, max(x1, x + need + 2), rng)
        x += need + style.gap
    return y + sheet.pitch


def sentences(sheet: Sheet, x0: float, x1: float, y: float, facts: Sequence[Fact], h: Habits, rng: Random) -> float:
    """Facts inside running text, with or without their captions; what a sentence on payment states is when it is due."""
    for fact in facts:
        known = SENTENCES.get(h.locale.language, SENTENCES["en"])
        if fact.concept == "dueDate" and rng.random() < 0.7:
            before, after = rng.choice(known[:DUE]).split("{}")
        else:
            joint = rng.choice(("", "", words(h, rng, 1, 1), ":", "is", "("))
            before, after = f"{words(h, rng, 1, 6)} {fact.caption} {joint}", f"{words(h, rng, 0, 5)}."
        parts = [(before, None), (fact.text, fact), (after, None)]
        y = run_on(sheet, x0, x1, y, parts) + sheet.pitch
    return y


def run_on(sheet: Sheet, x0: float, x1: float, y: float, parts: Sequence[tuple[str, Fact | None]]) -> float:
    """Parts of a text one after the other, broken into lines."""
    x = x0
    for text, fact in parts:
        if not text.strip():
            continue
        segment = sheet.segment()
        for word in text.split():
            if x > x0 and x + sheet.length(word) > x1:
                x, y = x0, y + sheet.pitch
            x = sheet.write(x, y, word, segment) + 0.65 * sheet.letter
        if fact is not None:
            fact.spans.append(segment)
    return y


def words(h: Habits, rng: Random, least: int, most: int) -> str:
    known = pool(h.locale.faker).words
    return " ".join(rng.choice(known) for _ in range(rng.randint(least, most)))


def prose(sheet: Sheet, x0: float, x1: float, y: float, h: Habits, rng: Random) -> float:
    """A paragraph that states nothing; numbers and dates stand in it all the same."""
    text = words(h, rng, 8, 40).capitalize() + "."
    if rng.random() < 0.4:
        text += f" {words(h, rng, 1, 3)} {values.value_of(rng.choice(('date', 'amount', 'code', 'percent')), h, rng)} {words(h, rng, 1, 3)}."
    segment = sheet.segment()
    for line in sheet.wrap(text, x1 - x0):
        sheet.write(x0, y, line, segment)
        y += sheet.pitch
    return y


def party(sheet: Sheet, x0: float, x1: float, y: float, name: Fact, place: Fact, style: Style, h: Habits, rng: Random, captioned: bool) -> float:
    """A name with its address below: under or beside what the party is called, or without any caption."""
    x = x0
    if captioned:
        text = caption_text(name, style, close=rng.random() < 0.6)
        end = sheet.write(x0, y, text)
        if rng.random() < 0.35 and end + 8 < x1:
            x = end + rng.uniform(0.5, 2)
        else:
            y += sheet.pitch
    for line in sheet.wrap(name.text, x1 - x)[:1]:
        name.text = line
    name.spans.append(sheet.segment())
    sheet.write(x, y, name.text, name.spans[-1])
    y += sheet.pitch
    if rng.random() < 0.12:
        sheet.write(x, y, values.person(h, rng))
        y += sheet.pitch
    segment = sheet.segment()
    for line in values.address_lines(h, rng):
        sheet.write(x, y, line, segment)
        y += sheet.pitch
    place.spans.append(segment)
    return y
