"""What stays the same on all pages of a document: who issues it to whom, its number, its day, and how it is printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from ..document import values
from ..document.lexicon import spellings
from ..document.locales import LOCALES, pool
from ..document.values import Habits, habits
from ..synth.fonts import of_kind

MONTHS = "{m}"


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """What documents print besides captions, by language."""
    found: dict[str, dict[str, list[str]]] = json.loads(Path(__file__).with_name("phrases.json").read_text())
    return found


@dataclass(frozen=True)
class Party:
    name: str
    lines: tuple[str, ...]  # its address
    phone: str
    mail: str
    vat: str
    register: str
    iban: str
    bic: str


def party(h: Habits, rng: Random, person: bool = False) -> Party:
    return Party(
        values.person(h, rng) if person else values.company(h, rng), tuple(values.address_lines(h, rng)), values.phone(h, rng), values.email(h, rng),
        values.vat_id(h, rng), str(rng.randrange(10_000, 999_999)), values.iban(h, rng), values.bic(h, rng),
    )  # fmt: skip


class Issue:
    """One document to be written. ``caption`` and ``phrase`` choose once, so that its pages use the same words."""

    def __init__(self, rng: Random, seller: Party | None = None, h: Habits | None = None) -> None:
        self.rng = rng
        self.h = h or habits(rng.choice([one for one in LOCALES if one.language in phrases()]), rng)
        self.seller = seller or party(self.h, rng)
        self.buyer = party(self.h, rng, rng.random() < 0.3)
        self.issued = self.h.day + timedelta(days=rng.randint(-400, 400))
        self.number = code(rng, self.issued)
        self.customer, self.order = str(rng.randrange(1000, 999_999)), f"{rng.choice(('', 'A', 'PO-'))}{rng.randrange(10_000, 999_999)}"
        self.face = rng.choice((*of_kind("sans", "serif"), "open-sans"))
        self.width = rng.uniform(48, 66)
        self.pitch = rng.uniform(1.15, 1.6)
        self.close = rng.choice((":", ":", ""))
        self.short_months = rng.random() < 0.5
        self.called: dict[str, str] = {}
        self.gross = 0

    def caption(self, concept: str) -> str:
        if concept not in self.called:
            text = self.rng.choice(spellings(concept, self.h.locale.language))
            self.called[concept] = text[:1].upper() + text[1:]
        return self.called[concept]

    def phrase(self, name: str) -> str:
        if name not in self.called:
            self.called[name] = self.rng.choice(phrases()[self.h.locale.language][name])
        return self.called[name]

    def day(self, off: int = 0) -> str:
        """The day of issue, or one so many days away, always in the same format."""
        when: date = self.issued + timedelta(days=off)
        month = self.h.locale.months[when.month - 1]
        return when.strftime(self.h.dates).replace(MONTHS, month[:3] if self.short_months else month)

    def money(self, cents: int, sign: bool = False) -> str:
        group, point = self.h.money
        text = f"{'-' if cents < 0 else ''}{abs(cents) / 100:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group)
        if not sign or self.h.sign == "none":
            return text
        currency = self.h.currency
        return f"{text} {currency}" if self.h.sign == "after " else f"{currency}{'' if self.h.sign == 'before' else ' '}{text}"

    def words(self, least: int, most: int) -> str:
        known = pool(self.h.locale.faker).words
        return " ".join(self.rng.choice(known) for _ in range(self.rng.randint(least, most)))

    def sentence(self, least: int = 6, most: int = 20) -> str:
        return self.words(least, most).capitalize() + "."


def code(rng: Random, when: date) -> str:
    """The number of a document."""
    n = rng.randrange(100, 99_999)
    return rng.choice((str(n + 10_000), f"{when.year}-{n}", f"RE{when.year}{n}", f"{n}/{when.year}", f"INV-{n}", f"{when.year}{n:05}"))
