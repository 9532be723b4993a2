"""Real documents with known values, on which a run is measured and from which it never learns: a TOML file says where they are.

    name = "orders"
    words = "words"          # a folder of files of scripts/read-words.ts, a document each
    truth = "truth"          # a folder of JSON files of the same names: values by field
    day_first = false        # how days in figures are read

    [fields.contract_number] # a field of the truth, as a schema asks for it
    title = "Contract number"
    type = "string"
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..tagger.words import Words, of_page, pages_of
from .locales import LOCALES
from .questions import CAPTION, DESCRIPTION, NAME, TITLE, TYPES, Question

MONTHS = {month[:3].lower(): number % 12 + 1 for locale in LOCALES for number, month in enumerate(locale.months)}


@dataclass(frozen=True)
class Field:
    """A field of the truth with its question."""

    key: str
    type: str
    question: Question


@dataclass(frozen=True)
class Labelled:
    """A set of documents."""

    name: str
    words: Path
    truth: Path
    fields: list[Field]
    day_first: bool

    def stems(self) -> list[str]:
        return sorted(path.stem for path in self.truth.glob("*.json") if (self.words / path.name).exists())

    def pages(self, stem: str) -> list[Words]:
        """The pages of a document that have words."""
        return [of_page(page) for page in pages_of(self.words / f"{stem}.json") if any(page["rows"])]

    def values(self, stem: str) -> dict[str, str | float | None]:
        """What is true of a document, normalised; None for what it does not state."""
        truth = json.loads((self.truth / f"{stem}.json").read_text())
        return {one.key: normalised(str(truth.get(one.key) or ""), one.type, self.day_first) for one in self.fields}


def load(path: Path) -> Labelled:
    """Paths are relative to the file. Raises ``KeyError`` for what is missing."""
    raw = tomllib.loads(path.read_text())
    fields = [Field(key, said.get("type", "string"), asked(key, said)) for key, said in raw["fields"].items()]
    folder = path.parent
    return Labelled(raw["name"], folder / raw["words"], folder / raw["truth"], fields, raw.get("day_first", True))


def asked(key: str, said: dict[str, str]) -> Question:
    """A field as a schema of its title (and description, and caption) asks for it; of a field that has none of them its name."""
    kinds = ((TITLE, "title"), (CAPTION, "caption"), (DESCRIPTION, "description"))
    phrases = [(kind, said[word]) for kind, word in kinds if word in said]
    return Question((*phrases[:1], (NAME, key), *phrases[1:]) if said.get("named", True) or not phrases else tuple(phrases),
    TYPES.index(said.get("type", "string")))


def normalised(text: str, kind: str, day_first: bool) -> str | float | None:
    """A value for comparing: a day as ISO 8601, an amount as a number, a text as its letters and digits; None for nothing."""
    if kind == "date":
        return day_of(text, day_first)
    if kind in ("number", "integer"):
        return number_of(text)
    return "".join(c for c in text.upper() if c.isalnum()) or None


def number_of(text: str) -> float | None:
    """The last sign before one or two final digits is the point; all other signs stand between thousands."""
    found = re.search(r"\d[\d.,' \u00a0]*", text)
    if not found:
        return None
    digits = found[0].rstrip(" .,'\u00a0")
    cents = re.search(r"[.,](\d{1,2})$", digits)
    whole = re.sub(r"\D", "", digits[: cents.start()] if cents else digits)
    return float(f"{whole or 0}.{cents[1] if cents else 0}")


def day_of(text: str, day_first: bool) -> str | None:
    """ISO 8601 of the first day in a text, in figures or with a month's name."""
    figures = re.search(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2,4})", text)
    if figures:
        a, b, c = (int(part) for part in figures.groups())
        if a > 31:
            return iso(a, b, c)
        return iso(c, b, a) or iso(c, a, b) if day_first else iso(c, a, b) or iso(c, b, a)
    named = re.search(r"(?:(\d{1,2})\D{0,3})?([^\W\d_]{3,})\D{0,3}(\d{1,2})?\D{1,3}(\d{4}|\d{2})(?!\d)", text)
    month = MONTHS.get(named[2][:3].lower()) if named else None
    if not named or month is None or not (named[1] or named[3]):
        return None
    return iso(int(named[4]), month, int(named[1] or named[3]))


def iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return None
