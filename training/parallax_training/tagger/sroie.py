"""Real receipts with four known fields (SROIE): where on the page their values are printed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from . import guesses
from .align import UNTOLD, Line, Mark, given_words, label_words, to_page
from .example import Example
from .labels import LABELS
from .search import nearest, occurrences
from .words import in_rows, of_page, pages_of

FIELDS = {"company": "MERCHANT_NAME", "address": "ADDRESS", "date": "DATE", "total": "TOTAL"}
TOLERANCE = 0.25  # edits per character up to which a text counts as found
AMOUNT = re.compile(r"(?:RM|\$)?\d[\d,]*\.\d\d(?!\d)")
TOTAL_LINE = re.compile(r"TOTAL|AMOUNTDUE|AMTDUE|NETT|PAYABLE|JUMLAH")
OTHER_LINE = re.compile(r"SUB|QTY|ITEM|TAX|GST|DISC|SAV|EXCL|CHANGE|TENDER")

Place = tuple[int, int]  # start and stop in the page's characters


@dataclass(frozen=True)
class Receipt:
    """One document: its four values as printed, and its lines in reading order, marked."""

    stem: str
    truth: dict[str, str]
    lines: list[Line]
    forbidden: frozenset[str]  # labels that unmarked words do not have
    rest: Mark = Mark(UNTOLD)  # what words are that the transcript does not have

    def given(self) -> Example:
        """Labelled words of the transcript itself."""
        words = given_words(self.lines)
        return label_words(words, self.lines, centres_of(self.lines), self.rest, self.forbidden)

    def read(self, page: dict[str, Any]) -> Example:
        """Labelled words of an engine's page."""
        return label_words(of_page(page), self.lines, to_page(page, centres_of(self.lines)), self.rest, self.forbidden)


def centres_of(lines: list[Line]) -> np.ndarray:
    edges = [line.edges() for line in lines]
    return np.concatenate([(e[:-1] + e[1:]) / 2 for e in edges])


def load(root: Path, stem: str, guessed: Path | None = None) -> Receipt:
    """A receipt of the data set; boxes become fractions of the image. ``guessed`` is a folder of ``guesses``."""
    truth = json.loads((root / "truth" / f"{stem}.json").read_text())
    page = json.loads((root / "boxes" / f"{stem}.json").read_text())
    lines = reading_order([line for line in page["lines"] if line["text"].strip()])
    size = np.array([page["width"], page["height"]], dtype=np.float64)
    texts = [line["text"] for line in lines]
    corners = [np.array(line["box"], dtype=np.float64).reshape(4, 2) / size for line in lines]
    places, forbidden = find_fields(truth, texts)
    path = guessed / f"{stem}.json" if guessed else None
    if not (path and path.exists()):
        return Receipt(stem, truth, lines_of(texts, corners, marks_of(places, sum(map(len, texts)))), forbidden)
    bare = lines_of(texts, corners, [])
    found = guesses.load(path, centres_of(bare))
    marks = marks_of(guesses.settled(places, found), sum(map(len, texts)))
    marks = guesses.add(marks, found, guesses.rows_of(bare, centres_of(bare)), "".join(texts), forbidden)
    return Receipt(stem, truth, lines_of(texts, corners, marks), forbidden, guesses.NOTHING_ELSE)


def lines_of(texts: list[str], corners: list[np.ndarray], marks: list[Mark]) -> list[Line]:
    """Lines with their parts of ``marks``, which has one for every character of all of them."""
    stops = np.cumsum([0, *map(len, texts)])
    return [Line(text, quad, marks[a:b]) for text, quad, a, b in zip(texts, corners, stops, stops[1:], strict=False)]


def reading_order(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    quads = np.array([line["box"] for line in lines], dtype=np.float64).reshape(-1, 4, 2)
    boxes = np.concatenate([quads.min(axis=1), quads.max(axis=1)], axis=1)
    order = in_rows([str(i) for i in range(len(lines))], boxes).texts
    return [lines[int(i)] for i in order]


def find_fields(truth: dict[str, str], texts: list[str]) -> tuple[dict[str, list[Place]], frozenset[str]]:
    """Per label the places that print its value (the first is meant unless they are equals), and the
    labels that no other word has."""
    page = "".join(texts)
    finders = {"company": near_places, "address": near_places, "date": date_places}
    places = {FIELDS[key]: find(truth.get(key, ""), page) for key, find in finders.items()}
    places["TOTAL"] = total_places(truth.get("total", ""), texts)
    return places, frozenset(label for label, found in places.items() if found)


def squeezed(text: str) -> tuple[str, list[int]]:
    """Letters and digits in capitals, and where each stood."""
    kept = [i for i, c in enumerate(text) if c.isalnum() and len(c.upper()) == 1]
    return "".join(text[i].upper() for i in kept), kept


def near_places(value: str, page: str) -> list[Place]:
    """Where a text is printed: every exact place, or the nearest within tolerance."""
    needle, (haystack, kept) = squeezed(value)[0], squeezed(page)
    if not needle or not haystack:
        return []
    found = occurrences(needle, haystack)
    if not found:
        start, stop, edits = nearest(needle, haystack)
        found = [(start, stop)] if edits <= TOLERANCE * len(needle) and stop > start else []
    return [(kept[start], kept[stop - 1] + 1) for start, stop in found]


def date_places(value: str, page: str) -> list[Place]:
    kept = [i for i, c in enumerate(page) if not c.isspace()]
    needle = "".join(value.split()).strip("()").upper()
    found = occurrences(needle, "".join(page[i] for i in kept).upper()) if needle else []
    return [(kept[start], kept[stop - 1] + 1) for start, stop in found]


def total_places(value: str, texts: list[str]) -> list[Place]:
    """Amounts equal to the total: those announced as the total, else all of them."""
    number = amount_of(value)
    if number is None:
        return []
    page = "".join(texts)
    starts = np.cumsum([0, *map(len, texts)])
    rows = [int(np.searchsorted(starts, m.start(), "right")) - 1 for m in AMOUNT.finditer(page)]
    found = [(m.span(), row) for m, row in zip(AMOUNT.finditer(page), rows, strict=True) if amount_of(m[0]) == number]
    announced = [place for place, row in found if announces_total(texts, row)]
    return announced or [place for place, _ in found]


def announces_total(texts: list[str], row: int) -> bool:
    """Whether the line, or else the one before it, calls its amount the total."""
    captions = ("".join(texts[i].upper().split()) for i in (row, row - 1) if i >= 0)
    caption = next((c for c in captions if TOTAL_LINE.search(c)), None)
    return caption is not None and not OTHER_LINE.search(caption)


def amount_of(text: str) -> float | None:
    digits = re.sub(r"[^\d.]", "", text)
    try:
        return float(digits)
    except ValueError:
        return None


def marks_of(places: dict[str, list[Place]], length: int) -> list[Mark]:
    """A mark per character. Names and addresses are meant where they stand first; of several dates or
    totals any may be meant."""
    marks = [Mark(UNTOLD)] * length
    for label, found in places.items():
        single = len(found) == 1
        for number, (start, stop) in enumerate(found):
            certain = single or (number == 0 and label in ("MERCHANT_NAME", "ADDRESS"))
            marks[start:stop] = [Mark(LABELS.index(label), f"{label}{number}", certain=certain)] * (stop - start)
    return marks


def stems(root: Path, split: str = "train") -> list[str]:
    return json.loads((root / "splits.json").read_text())[split]


def read_examples(receipt: Receipt, folder: Path) -> list[Example]:
    """Labelled words of an engine's reading of a receipt; none if it has not been read, or hardly."""
    path = folder / f"{receipt.stem}.json"
    pages = pages_of(path) if path.exists() else []
    return [receipt.read(page) for page in pages if sum(map(len, page["rows"])) > 3]
