"""What rules find on real receipts, as weak labels for what the truth does not tell."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .align import NOTHING, UNTOLD, Line, Mark, given_words, inside
from .labels import KEYS, LABELS
from .words import Floats

SURE = 0.5  # confidence from which a finding is used
NOTHING_ELSE = Mark(NOTHING, weak=True)  # glyphs that neither truth nor rules name
TOLD = frozenset({"MERCHANT_NAME", "ADDRESS", "DATE", "TOTAL"})  # the truth tells them, rules do not
SEVERAL = frozenset({"DATE", "TOTAL"})  # that a page may print in several places

SUMS = {"SUBTOTAL_KEY", "TAX_KEY", "TIP_KEY", "TOTAL_KEY"}  # captions from the left end of the row
CAPTIONS = {
    "DATE_KEY": re.compile(r"\bDATE|TARIKH", re.I),
    "TIME_KEY": re.compile(r"\bTIME|MASA", re.I),
    "PHONE_KEY": re.compile(r"\b(TEL|PHONE|H/?P\b|MOBILE|CONTACT)", re.I),
    "SUBTOTAL_KEY": re.compile(r"SUB|TOTAL|EXCL|NET|AMOUNT", re.I),
    "TAX_KEY": re.compile(r"TAX|GST|SST|VAT|\bSR\b", re.I),
    "TIP_KEY": re.compile(r"TIP|GRATUITY", re.I),
    "TOTAL_KEY": re.compile(r"TOTAL|AMOUNT|NETT|PAYABLE|JUMLAH|DUE", re.I),
}
HEADINGS = re.compile(r"ITEM|DESC|QTY|QUANTITY|PRICE|AMOUNT|AMT|DISC|TAX|U/P|CODE", re.I)
AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")
ROUNDING = 0.05  # by which a total may differ from its parts
HEAD = frozenset(LABELS.index(name) for name in ("MERCHANT_NAME", "ADDRESS"))
CURRENCIES = re.compile(r"^\W*(RM|MYR|\$)\W*$", re.I)


@dataclass(frozen=True)
class Finding:
    """An entity of the rules: its label, its item record (-1: none), and its characters on the page."""

    label: str
    record: int
    glyphs: NDArray[np.int64]
    sure: bool


def load(path: Path, centres: Floats) -> list[Finding]:
    """The findings of one page: a list of ``label``, ``confidence``, ``group`` and ``words`` with their boxes in
    fractions of the image, as are ``centres`` of the characters. Labels that the network does not give are left out."""
    found = []
    for entity in json.loads(path.read_text()):
        if entity["label"] not in LABELS:
            continue
        boxes = np.array([word["box"] for word in entity["words"]], dtype=np.float64).reshape(-1, 4)
        group = -1 if entity["group"] is None else entity["group"]
        glyphs = np.flatnonzero(inside(boxes, centres).any(axis=0))
        found.append(Finding(entity["label"], group, glyphs, entity["confidence"] >= SURE))
    return found


def settled(places: dict[str, list[tuple[int, int]]], found: list[Finding]) -> dict[str, list[tuple[int, int]]]:
    """Of several places that print the true value, the one that the rules chose, if they chose one."""
    result = dict(places)
    for label in SEVERAL:
        chosen = next((f.glyphs for f in found if f.label == label and f.sure), np.zeros(0, dtype=np.int64))
        meant = [(a, b) for a, b in places.get(label, ()) if ((a <= chosen) & (chosen < b)).any()]
        if len(meant) == 1:
            result[label] = meant
    return result


def rows_of(lines: list[Line], centres: Floats) -> list[list[NDArray[np.int64]]]:
    """The characters of every word, row by row, each row from the left."""
    words = given_words(lines)
    rows: list[list[NDArray[np.int64]]] = [[] for _ in range(int(words.rows.max(initial=-1)) + 1)]
    for row, glyphs in zip(words.rows, inside(words.boxes, centres), strict=True):
        if glyphs.any():
            rows[row].append(np.flatnonzero(glyphs))
    return rows


def add(
    marks: list[Mark], found: list[Finding], rows: list[list[NDArray[np.int64]]], text: str, forbidden: frozenset[str]
) -> list[Mark]:
    """The marks with weak ones where they tell nothing: values, their captions, and nothing.

    Where the items that the rules found do not add up, what stands among the items stays untold.
    """
    marks = list(marks)
    open_ones = {i for i, mark in enumerate(marks) if mark.label == UNTOLD}
    found = without_headings(found, text)
    weak = {} if add_up(found, marks, text) else {i: Mark(UNTOLD) for i in middle(marks)}
    taken: set[str] = set()
    for number, finding in enumerate(found):
        known = finding.label in TOLD
        usable = not known and finding.sure and (finding.record >= 0 or finding.label not in taken)
        taken.add(finding.label)
        mark = Mark(LABELS.index(finding.label), f"guess {number}", finding.record, weak=True)
        if usable or not (known and finding.label in forbidden):
            weak |= {int(i): mark if usable else Mark(UNTOLD) for i in finding.glyphs if i in open_ones}
    for i in open_ones:
        marks[i] = weak.get(i, NOTHING_ELSE)
    for row in rows:
        caption(marks, row, text)
    return marks


def without_headings(found: list[Finding], text: str) -> list[Finding]:
    """The findings without item records that are the heads of columns."""
    records = {f.record for f in found if f.label == "ITEM_DESCRIPTION" and len(HEADINGS.findall(spelt(f, text))) > 1}
    return [f for f in found if f.record < 0 or f.record not in records]


def add_up(found: list[Finding], marks: list[Mark], text: str) -> bool:
    """Whether the items' amounts sum to the total or the subtotal, with or without the tax, but for rounding."""
    amounts = {label: [number_of(spelt(f, text)) for f in found if f.label == label] for label in ("ITEM_AMOUNT", "SUBTOTAL", "TAX")}
    total = "".join(c for c, mark in zip(text, marks, strict=True) if mark.label == LABELS.index("TOTAL") and mark.certain)
    whole, tax = [*amounts["SUBTOTAL"], number_of(total)], sum(amounts["TAX"])
    items = sum(amounts["ITEM_AMOUNT"])
    return items > 0 and any(abs(items - end) <= ROUNDING for value in whole for end in (value, value - tax))


def middle(marks: list[Mark]) -> range:
    """The characters between the merchant and the total."""
    head = [i for i, mark in enumerate(marks) if mark.label in HEAD]
    total = [i for i, mark in enumerate(marks) if mark.label == LABELS.index("TOTAL")]
    return range(max(head, default=-1) + 1, max(total, default=len(marks)))


def spelt(finding: Finding, text: str) -> str:
    return "".join(text[i] for i in finding.glyphs)


def number_of(text: str) -> float:
    """The amount that a text prints; nan without one."""
    match = AMOUNT.search(text)
    return float(match[0].replace(",", "")) if match else float("nan")


def caption(marks: list[Mark], row: list[NDArray[np.int64]], text: str) -> None:
    """Marks the words left of a row's values as their captions, if they read like that."""
    label_at = [max((marks[i].label for i in word), default=UNTOLD) for word in row]
    for at, label in enumerate(label_at):
        key = f"{LABELS[label]}_KEY" if label >= 0 else ""
        if key not in KEYS or not all(marks[i].certain for i in row[at]):
            continue
        start = at
        while start and all(marks[i].label < 0 for i in row[start - 1]):
            start -= 1
        texts = ["".join(text[i] for i in word) for word in row[start:at]]
        matching = [k for k, word in enumerate(texts) if CAPTIONS[key].search(word)]
        if not matching:
            continue
        first = 0 if key in SUMS else matching[-1]
        mark = Mark(LABELS.index(key), f"caption {row[at][0]}", weak=True)
        for word, letters in zip(row[start + first : at], texts[first:], strict=True):
            if not CURRENCIES.match(letters) and not letters.replace(".", "").replace(",", "").isdigit():
                for i in word:
                    marks[i] = mark
