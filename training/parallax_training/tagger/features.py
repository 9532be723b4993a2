"""What the network sees of a word: its characters and its place. A twin in TypeScript makes the same numbers.

Everything is a ratio of things on the same page, so pixels, resolution and aspect do not matter.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .words import Floats, Words

ALPHABET = "".join(chr(c) for c in range(33, 127)) + "€£¥₹§°–—"
LENGTH = 20  # characters seen of a word; the rest is cut
PADDING, UNSEEN, FIRST = 0, 1, 2  # codes: no character, one not in the alphabet, the alphabet's first

NAMES = (
    "row", "left", "right", "centre_x", "centre_y", "height", "width", "gap_left", "gap_right", "place", "place_from_end",
    "gap_above", "gap_below", "from_top", "from_bottom", "confidence", "length", "digits",
)
SIZE_RANGE = 2.0  # heights and widths are log2 ratios to the page's median, cut to ± this
GAP_RANGE = 20.0  # character widths between words of a row, cut to this and divided by it
LEAP_RANGE = 5.0  # word heights between rows, cut to this and divided by it
PLACE_RANGE = 8.0  # words from the row's ends, cut to this and divided by it
ROW_RANGE = 20.0  # rows from the page's ends, cut to this and divided by it

CODES = {character: FIRST + i for i, character in enumerate(ALPHABET)}
DIGITS = frozenset("0123456789")


def specification() -> dict[str, Any]:
    """The constants a reimplementation needs."""
    return {
        "alphabet": ALPHABET, "length": LENGTH, "codes": {"padding": PADDING, "unseen": UNSEEN, "first": FIRST},
        "names": list(NAMES), "sizeRange": SIZE_RANGE, "gapRange": GAP_RANGE, "leapRange": LEAP_RANGE,
        "placeRange": PLACE_RANGE, "rowRange": ROW_RANGE,
    }


def chars_of(texts: list[str]) -> NDArray[np.int64]:
    """[words, LENGTH] codes; a letter with marks that is not in the alphabet counts as the bare letter."""
    codes = np.zeros((len(texts), LENGTH), dtype=np.int64)
    for i, text in enumerate(texts):
        for j, character in enumerate(text[:LENGTH]):
            codes[i, j] = code_of(character)
    return codes


def code_of(character: str) -> int:
    bare = unicodedata.normalize("NFKD", character)[0]
    return CODES.get(character, CODES.get(bare, UNSEEN))


def features_of(words: Words) -> NDArray[np.float32]:
    """[words, features] in the order of ``NAMES``."""
    if not len(words):
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    left, top, right, bottom = words.boxes.T
    lengths = np.array([max(1, len(text)) for text in words.texts])
    height, width = median(bottom - top), median((right - left) / lengths)
    across, down = span(left.min(), right.max()), span(top.min(), bottom.max())
    gaps, leaps = gaps_of(words, width), leaps_of(words, height)
    place, from_end = places_of(words)
    columns = {
        "row": words.rows,
        "left": (left - left.min()) / across,
        "right": (right - left.min()) / across,
        "centre_x": ((left + right) / 2 - left.min()) / across,
        "centre_y": ((top + bottom) / 2 - top.min()) / down,
        "height": size_of(bottom - top, height),
        "width": size_of((right - left) / lengths, width),
        "gap_left": gaps[0], "gap_right": gaps[1],
        "place": place, "place_from_end": from_end,
        "gap_above": leaps[0], "gap_below": leaps[1],
        "from_top": np.minimum(words.rows, ROW_RANGE) / ROW_RANGE,
        "from_bottom": np.minimum(words.rows.max() - words.rows, ROW_RANGE) / ROW_RANGE,
        "confidence": words.confidences,
        "length": np.minimum(lengths, LENGTH) / LENGTH,
        "digits": [sum(c in DIGITS for c in text) / n for text, n in zip(words.texts, lengths, strict=True)],
    }
    return np.stack([np.asarray(columns[name], dtype=np.float64) for name in NAMES], axis=1).astype(np.float32)


def median(values: Floats) -> float:
    """The upper median, never 0."""
    return max(1e-6, float(np.sort(values)[len(values) // 2]))


def span(low: float, high: float) -> float:
    return max(1e-6, high - low)


def size_of(sizes: Floats, usual: float) -> Floats:
    return np.clip(np.log2(np.maximum(sizes, 1e-6) / usual), -SIZE_RANGE, SIZE_RANGE)


def gaps_of(words: Words, width: float) -> tuple[Floats, Floats]:
    """White space to the neighbours in the row; 1 at its ends."""
    before, after = np.ones(len(words)), np.ones(len(words))
    for i in range(1, len(words)):
        if words.rows[i] == words.rows[i - 1]:
            gap = max(0.0, words.boxes[i, 0] - words.boxes[i - 1, 2]) / width
            before[i] = after[i - 1] = min(gap, GAP_RANGE) / GAP_RANGE
    return before, after


def leaps_of(words: Words, height: float) -> tuple[Floats, Floats]:
    """Distance of the row's mean centre from the rows above and below; 1 at the page's ends."""
    centres = (words.boxes[:, 1] + words.boxes[:, 3]) / 2
    means = np.bincount(words.rows, centres) / np.bincount(words.rows)
    leaps = np.clip(np.diff(means) / height, 0, LEAP_RANGE) / LEAP_RANGE
    return np.concatenate(([1.0], leaps))[words.rows], np.concatenate((leaps, [1.0]))[words.rows]


def places_of(words: Words) -> tuple[Floats, Floats]:
    """Words of the same row before and after."""
    counts = np.bincount(words.rows)
    first = np.concatenate(([0], np.cumsum(counts)[:-1]))
    place = np.arange(len(words)) - first[words.rows]
    from_end = counts[words.rows] - 1 - place
    return np.minimum(place, PLACE_RANGE) / PLACE_RANGE, np.minimum(from_end, PLACE_RANGE) / PLACE_RANGE


