"""Truth as labelled glyphs on the page, and its transfer to whatever words an engine read there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .example import Example
from .labels import KEYS, LABELS, OUTSIDE, TAGS, UNKNOWN, begin, is_item
from .words import Floats, Words, in_rows, of_page

CURRENCY = LABELS.index("CURRENCY")
KEY_LABELS = frozenset(LABELS.index(key) for key in KEYS)
VALUE_SHARE = 0.3  # of a word's glyphs: then it is that value, whatever is glued to it
NOTHING = -1  # the label of glyphs that are nothing
UNTOLD = -2  # the label of glyphs that the truth says nothing about


@dataclass(frozen=True)
class Mark:
    """What a glyph belongs to: a label, which entity of the page, and which item record (-1: none).

    ``certain`` is false where the entity is one of several places that print the same value. A ``weak``
    mark is a guess: it says what the glyph probably is.
    """

    label: int
    entity: str = ""
    record: int = -1
    certain: bool = True
    weak: bool = False


@dataclass(frozen=True)
class Line:
    """One printed text with its corners [4, 2], clockwise from the text's top left, and a mark per character."""

    text: str
    corners: Floats
    marks: list[Mark]

    def edges(self) -> Floats:
        """[characters + 1, 2]: where characters meet, on the line's middle, as if all were equally wide."""
        start, end = (self.corners[0] + self.corners[3]) / 2, (self.corners[1] + self.corners[2]) / 2
        return start + np.linspace(0, 1, len(self.text) + 1)[:, None] * (end - start)


def given_words(lines: list[Line]) -> Words:
    """The words of the truth itself, as a perfect engine would read them."""
    texts, boxes = [], []
    for line in lines:
        edges = line.edges()
        rise = np.abs(line.corners[[3, 2]] - line.corners[[0, 1]])[:, 1].mean() / 2
        stop = 0
        for text in line.text.split():
            start = line.text.index(text, stop)
            stop = start + len(text)
            (x0, y0), (x1, y1) = edges[start], edges[stop]
            texts.append(text)
            boxes.append((x0, min(y0, y1) - rise, x1, max(y0, y1) + rise))
    return in_rows(texts, np.array(boxes, dtype=np.float64).reshape(-1, 4))


def to_page(page: dict[str, Any], points: Floats) -> Floats:
    """Points [m, 2] in fractions of the submitted image, in fractions of the page the engine saw.

    The map between the two is affine; it is recovered from the words, whose boxes are known in both.
    """
    centre = lambda boxes: (boxes[:, :2] + boxes[:, 2:]) / 2  # noqa: E731
    submitted, seen = centre(of_page(page, "submitted").boxes), centre(of_page(page).boxes)
    solution = np.linalg.lstsq(np.c_[submitted, np.ones(len(submitted))], seen, rcond=None)[0]
    return np.c_[points, np.ones(len(points))] @ solution


def label_words(
    words: Words, lines: list[Line], centres: Floats, rest: Mark = Mark(NOTHING), forbidden: frozenset[str] = frozenset()
) -> Example:
    """The words with the tags of the glyphs in their boxes.

    ``centres`` [all characters of all lines, 2] in the words' frame. ``rest`` is what a word is that holds no
    glyph. ``forbidden`` names the labels that words of unknown tag certainly do not have.
    """
    marks = [mark for line in lines for mark in line.marks]
    printed = np.array([not c.isspace() for line in lines for c in line.text], dtype=bool)
    chosen = [vote([marks[g] for g in np.flatnonzero(row & printed)], rest) for row in inside(words.boxes, centres)]
    return example_of(words, chosen, forbidden)


def inside(boxes: Floats, centres: Floats) -> NDArray[np.bool_]:
    """[boxes, glyphs]: which glyphs have their centre in which box."""
    left, top, right, bottom = (boxes[:, k, None] for k in range(4))
    return (left <= centres[:, 0]) & (centres[:, 0] < right) & (top <= centres[:, 1]) & (centres[:, 1] < bottom)


def vote(marks: list[Mark], rest: Mark) -> Mark:
    """What most glyphs of a word belong to; values win over captions that are glued to them, told ones
    over guessed ones."""
    if not marks:
        return rest
    values = [m for m in marks if m.label >= 0 and m.label != CURRENCY and m.label not in KEY_LABELS]
    for better in ([m for m in values if not m.weak], values):
        if len(better) >= VALUE_SHARE * len(marks):
            return Counter(better).most_common(1)[0][0]
    return Counter(marks).most_common(1)[0][0]


def example_of(words: Words, marks: list[Mark], forbidden: frozenset[str]) -> Example:
    """Marks as tags: the first word of an entity begins it, the first word of an item record starts it."""
    n = len(words)
    tags, choices, guesses = np.full(n, OUTSIDE), np.full(n, OUTSIDE), np.full(n, UNKNOWN)
    starts = np.full(n, np.nan)
    entities: set[str] = set()
    records: set[int] = set()
    for i, mark in enumerate(marks):
        if mark.label < 0:
            tags[i] = OUTSIDE if mark == Mark(NOTHING) else UNKNOWN
            guesses[i] = OUTSIDE if mark == Mark(NOTHING, weak=True) else UNKNOWN
            continue
        tag = begin(mark.label) + (mark.entity in entities)
        entities.add(mark.entity)
        if mark.weak:
            tags[i], guesses[i] = UNKNOWN, tag
        else:
            tags[i], choices[i] = (tag, OUTSIDE) if mark.certain else (UNKNOWN, tag)
        if is_item(mark.label):
            starts[i] = mark.record not in records
            records.add(mark.record)
    barred = np.array([tag[2:] in forbidden for tag in TAGS])
    return Example(words, tags, choices, guesses, starts, barred)
