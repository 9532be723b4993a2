"""Bank statements: what was booked, in the columns of several banks, and a balance before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from ..document import values
from ..document.locales import LOCALES
from ..document.values import habits
from ..streams import blocks
from ..streams.issue import Issue
from ..streams.paper import Paper, new_paper

HEIGHT = 88.0
DATES = {"en": "%d/%m/%Y", "de": "%d.%m.%Y", "fr": "%d/%m/%Y", "es": "%d/%m/%Y"}  # without names of months

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Account statement", "bank": "Harbour & Vale Bank", "holder": "Account holder", "iban": "IBAN", "bic": "BIC",
        "number": "Statement number", "account": "Account number", "from": "From", "to": "To", "period": "Statement period",
        "opening": "Opening balance", "closing": "Closing balance", "date": "Date", "valueDate": "Value date", "description": "Description",
        "amount": "Amount", "paidOut": "Paid out", "paidIn": "Paid in", "balance": "Balance",
    },
    "de": {
        "title": "Kontoauszug", "bank": "Bank am Speicher", "holder": "Kontoinhaber", "iban": "IBAN", "bic": "BIC", "number": "Auszug-Nr.",
        "account": "Kontonummer", "from": "von", "to": "bis", "period": "Zeitraum", "opening": "Alter Saldo", "closing": "Neuer Saldo",
        "date": "Buchungstag", "valueDate": "Wert", "description": "Verwendungszweck", "amount": "Betrag", "paidOut": "Soll",
        "paidIn": "Haben", "balance": "Saldo",
    },
    "fr": {
        "title": "Relevé de compte", "bank": "Crédit du Vallon", "holder": "Titulaire du compte", "iban": "IBAN", "bic": "BIC",
        "number": "Relevé n°", "account": "Numéro de compte", "from": "du", "to": "au", "period": "Période", "opening": "Ancien solde",
        "closing": "Nouveau solde", "date": "Date", "valueDate": "Valeur", "description": "Libellé", "amount": "Montant",
        "paidOut": "Débit", "paidIn": "Crédit", "balance": "Solde",
    },
    "es": {
        "title": "Extracto de cuenta", "bank": "Banco del Faro Nuevo", "holder": "Titular", "iban": "IBAN", "bic": "BIC",
        "number": "Extracto n.º", "account": "Número de cuenta", "from": "desde", "to": "hasta", "period": "Periodo",
        "opening": "Saldo inicial", "closing": "Saldo final", "date": "Fecha", "valueDate": "Fecha valor", "description": "Concepto",
        "amount": "Importe", "paidOut": "Cargos", "paidIn": "Abonos", "balance": "Saldo",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Bank:
    """How one bank prints its statements. ``columns`` from left to right; ``after`` stands behind what is taken off: "-", "S" or none."""

    columns: tuple[str, ...]
    shares: tuple[float, ...]  # right edges of amounts, left edges of others, as shares of the width
    after: str = ""  # else a minus before
    summed: bool = False  # balances in a box of their own above, rather than as rows


BANKS = (
    Bank(("date", "description", "amount", "balance"), (0.0, 0.17, 0.8, 1.0)),
    Bank(("date", "description", "paidOut", "paidIn", "balance"), (0.0, 0.16, 0.68, 0.84, 1.0)),
    Bank(("date", "valueDate", "description", "paidOut", "paidIn"), (0.0, 0.16, 0.32, 0.84, 1.0), summed=True),
    Bank(("date", "valueDate", "description", "amount"), (0.0, 0.16, 0.32, 1.0), after="-", summed=True),
)
AMOUNTS = ("amount", "paidOut", "paidIn", "balance")


@dataclass(frozen=True)
class Booking:
    """One line of a statement; ``moved`` and ``balance`` in hundredths, ``off`` days before its last day."""

    off: int
    text: str
    moved: int
    balance: int


def bookings(d: Issue, opening: int) -> list[Booking]:
    found: list[Booking] = []
    off, balance = -30, opening
    for _ in range(d.rng.choice((5, 9, 14))):
        moved = d.rng.choice((-1, -1, -1, 1)) * d.rng.choice((d.rng.randint(150, 9_000), d.rng.randint(5_000, 260_000)))
        balance, off = balance + moved, min(0, off + d.rng.randint(0, 4))
        found.append(Booking(off, f"{values.company(d.h, d.rng)} {d.words(1, 2)}", moved, balance))
    return found


def statement(language: str, bank: Bank, seed: str) -> tuple[Paper, dict[str, Any]]:
    """A page, and what it states."""
    rng = Random(seed)
    locale = next(one for one in LOCALES if one.language == language and one.country != "US")
    d = Issue(rng, h=habits(locale, rng))
    words, form = WORDS[language], DATES[language]
    paper = new_paper(d.width, HEIGHT, d.face, d.pitch)
    opening, number = rng.randint(20_000, 900_000), f"{rng.randint(1, 24)}/{d.issued.year}"
    booked = bookings(d, opening)
    closing = booked[-1].balance

    def day(off: int) -> str:
        return (d.issued + timedelta(days=off)).strftime(form)

    def iso(off: int) -> str:
        return (d.issued + timedelta(days=off)).isoformat()

    bare = values.checked(d.seller.iban)
    iban = " ".join(bare[i : i + 4] for i in range(0, len(bare), 4))
    holder = values.company(d.h, rng) if rng.random() < 0.5 else values.person(d.h, rng)
    y = blocks.lines(paper, 0, 1.0, [words["bank"]], 1.5, bold=True)
    y = blocks.lines(paper, 0, y, [", ".join(d.seller.lines)], 0.8) + 1.5
    y = blocks.lines(paper, 0, y, [words["title"]], 1.3, bold=True) + 0.5
    period = f"{day(-30)} - {day(0)}" if rng.random() < 0.5 else f"{words['from']} {day(-30)} {words['to']} {day(0)}"
    rows = [
        (words["holder"], holder), (words["iban"], iban), (words["bic"], d.seller.bic), (words["number"], number),
        (words["period"], period),
    ]
    edge = max(paper.length(caption) for caption, _ in rows) + 2
    for caption, text in rows:
        paper.write(0, y, f"{caption}{d.close}")
        paper.write(edge, y, text)
        y += d.pitch
    y += d.pitch
    if bank.summed:
        for name, cents in (("opening", opening), ("closing", closing)):
            paper.write(0, y, words[name])
            paper.write(0.5 * d.width, y, d.money(cents, True), right=True)
            y += d.pitch
        y += d.pitch
    write_table(d, paper, y, bank, words, booked, None if bank.summed else (opening, closing), day)
    return paper, {
        "holder": holder, "iban": bare, "bic": d.seller.bic, "number": number,
        "periodStart": iso(-30), "periodEnd": iso(0), "currency": None if d.h.sign == "none" or not bank.summed else iso_currency(d.h.currency),
        "opening": opening / 100, "closing": closing / 100,
        "transactions": [transaction(booking, bank, iso) for booking in booked],
    }  # fmt: skip


def iso_currency(sign: str) -> str:
    return {"€": "EUR", "£": "GBP", "$": "USD"}.get(sign, sign)


def transaction(booking: Booking, bank: Bank, iso: Any) -> dict[str, Any]:
    """What is printed of a booking; null where the bank has no such column."""
    out, into = -booking.moved / 100 if booking.moved < 0 else None, booking.moved / 100 if booking.moved > 0 else None
    stated = {
        "date": iso(booking.off), "valueDate": iso(booking.off), "description": booking.text, "amount": booking.moved / 100, "paidOut": out,
        "paidIn": into, "balance": booking.balance / 100,
    }  # fmt: skip
    return {name: value if name in bank.columns else None for name, value in stated.items()}


def write_table(
    d: Issue, paper: Paper, y: float, bank: Bank, words: dict[str, str], booked: list[Booking], balances: tuple[int, int] | None, day: Any,
) -> None:  # fmt: skip
    places = dict(zip(bank.columns, (share * d.width for share in bank.shares), strict=True))
    room = 0.62 * d.width - places["description"]

    def put(name: str, text: str, bold: bool = False) -> None:
        paper.write(places[name], y, text, right=name in AMOUNTS, bold=bold)

    def balance_row(name: str, cents: int) -> None:
        paper.write(places["description"], y, words[name])
        put("balance", d.money(cents))

    for name in bank.columns:
        put(name, words[name], True)
    paper.rule(y + 0.8)
    y += 1.6 * d.pitch
    if balances:
        balance_row("opening", balances[0])
        y += d.pitch
    for booking in booked:
        cents = abs(booking.moved) if bank.after else booking.moved
        signed = d.money(cents) + (bank.after if booking.moved < 0 else "")
        shown = {
            "date": day(booking.off), "valueDate": day(booking.off), "description": paper.wrap(booking.text, room)[0], "amount": signed,
            "paidOut": d.money(-booking.moved) if booking.moved < 0 else "", "paidIn": d.money(booking.moved) if booking.moved > 0 else "",
            "balance": d.money(booking.balance),
        }  # fmt: skip
        for name in bank.columns:
            put(name, shown[name])
        more = paper.wrap(booking.text, room)[1:]
        for line in more:
            y += d.pitch
            put("description", line)
        y += d.pitch
    if balances:
        balance_row("closing", balances[1])
