"""A user's own documents as training pages: an image, the JSON that it should give, and no boxes.

The layout is that of Donut (Kim et al., "OCR-free Document Understanding Transformer", 2022): a folder of images with a
``metadata.jsonl``, a line an image: ``{"file_name": "a.jpg", "ground_truth": "{\\"gt_parse\\": {…}}"}``; ``gt_parse`` has the
shape of the receipt type. Where the values stand is found on the words that an OCR engine read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ..tagger.align import Line, Mark
from ..tagger.guesses import NOTHING_ELSE
from ..tagger.labels import ITEM_PARTS, LABELS, POINTERS
from ..tagger.search import occurrences
from ..tagger.sroie import AMOUNT, amount_of, near_places, squeezed
from ..tagger.words import pages_of
from .pages import Page

Place = tuple[int, int]  # start and stop in the characters of the page
MONEY = ("SUBTOTAL", "TAX", "TIP", "TOTAL")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True)
class Pair:
    image: Path
    truth: dict[str, Any]


def read_pairs(folder: Path) -> list[Pair]:
    """The pairs of a folder; ``ValueError`` names the line that is none."""
    pairs = []
    for number, line in enumerate((folder / "metadata.jsonl").read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            told = json.loads(entry["ground_truth"])
            truth = told["gt_parse"] if "gt_parse" in told else told["gt_parses"][0]
            if not isinstance(truth, dict) or not all(isinstance(item, dict) for item in truth.get("items") or []):
                raise TypeError("gt_parse must be an object, and its items objects")
            pairs.append(Pair(folder / entry["file_name"], truth))
        except (KeyError, TypeError, IndexError, json.JSONDecodeError) as error:
            raise ValueError(f"metadata.jsonl, line {number}: {error!r}") from error
    doubled = [stem for stem, count in Counter(pair.image.stem for pair in pairs).items() if count > 1]
    if doubled:
        raise ValueError(f"metadata.jsonl: several images are called {doubled[0]}")
    return pairs


def page_of(pair: Pair, pages: Path, words: Path) -> Page | None:
    """A training page, from its picture in ``pages`` and what was read on it in ``words``; None where nothing was."""
    picture, read = pages / f"{pair.image.stem}.png", words / f"{pair.image.stem}.json"
    if not (picture.exists() and read.exists()):
        return None
    rows = [row for row in pages_of(read)[0]["rows"] if row]
    texts = [word["text"] for row in rows for word in row]
    if not texts:
        return None
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    row_of = np.repeat(np.arange(len(rows)), [sum(len(w["text"]) + 1 for w in row) for row in rows])
    marks = marks_of(pair.truth, " ".join(texts) + " ", row_of)
    boxes = [word["submitted"] for row in rows for word in row]
    lines = [Line(t, corners(box), marks[a : a + len(t)]) for t, box, a in zip(texts, boxes, starts, strict=False)]
    found = {LABELS[mark.label] for mark in marks if mark.label >= 0}
    return Page(picture, lines, True, frozenset(found & {label for label, _ in leaves(pair.truth)}))


def corners(box: list[float]) -> np.ndarray:
    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)


def leaves(truth: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Labels of single values with what they are."""
    for pointer, label in POINTERS.items():
        value: Any = truth
        for key in pointer.strip("/").split("/"):
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            yield label, value


def marks_of(truth: dict[str, Any], page: str, row_of: np.ndarray) -> list[Mark]:
    """A mark per character; a value that stands in several places may be meant in any of them."""
    marks = [NOTHING_ELSE] * len(page)
    for record, item in enumerate(truth.get("items") or []):
        for label, (start, stop) in item_places(item, page, row_of, marks):
            marks[start:stop] = [Mark(LABELS.index(label), f"/items/{record}/{label}", record)] * (stop - start)
    for label, value in leaves(truth):
        found = places(label, value, page)
        for number, (start, stop) in enumerate(found):
            certain = len(found) == 1 or (number == 0 and label in ("MERCHANT_NAME", "ADDRESS"))
            marks[start:stop] = [Mark(LABELS.index(label), f"{label}{number}", certain=certain)] * (stop - start)
    return marks


def places(label: str, value: Any, page: str) -> list[Place]:
    if label in MONEY:
        return [m.span() for m in AMOUNT.finditer(page) if amount_of(m[0]) == amount_of(str(value))]
    if label == "DATE":
        return [place for text in printed_dates(str(value)) for place in exact(text, page)]
    if label in ("PHONE", "TIME"):
        return exact(str(value), page)
    return near_places(str(value), page)


def exact(text: str, page: str) -> list[Place]:
    """Where the letters and digits of a text stand, not as a part of others."""
    needle, (haystack, kept) = squeezed(text)[0], squeezed(page)
    found = [(kept[a], kept[b - 1] + 1) for a, b in occurrences(needle, haystack)] if needle else []
    return [(a, b) for a, b in found if not page[a - 1 : a].isalnum() and not page[b : b + 1].isalnum()]


def printed_dates(iso: str) -> list[str]:
    """How a day may be printed, its digits and letters alone, the longest first."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return [iso]
    month = MONTHS[day.month - 1]
    forms = [
        f"{day:%d%m%Y}", f"{day:%Y%m%d}", f"{day:%m%d%Y}", f"{day:%d}{month}{day:%Y}", f"{day.day}{month}{day:%Y}",
        f"{month}{day:%d%Y}", f"{day:%d}{month}{day:%y}", f"{day:%d%m%y}", f"{day.day}{day.month}{day:%Y}",
    ]
    return list(dict.fromkeys(forms))


def item_places(item: dict[str, Any], page: str, row_of: np.ndarray, marks: list[Mark]) -> Iterator[tuple[str, Place]]:
    """The description's first place that is still free, and the amounts of its row or of the next one."""
    found = near_places(str(item.get("description") or ""), page)
    place = next((p for p in found if marks[p[0]] == NOTHING_ELSE), None)
    if place is None:
        return
    yield ITEM_PARTS["description"], place
    rows = {int(row_of[place[1] - 1]), int(row_of[place[1] - 1]) + 1}
    for part in ("amount", "unitPrice"):
        value = item.get(part)
        spans = [m.span() for m in AMOUNT.finditer(page, place[1]) if int(row_of[m.start()]) in rows and amount_of(m[0]) == amount_of(str(value))]
        if spans:
            yield ITEM_PARTS[part], spans[-1 if part == "amount" else 0]
