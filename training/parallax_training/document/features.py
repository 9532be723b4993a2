"""What the network sees of words and questions. A twin in TypeScript makes the same numbers.

Across, lengths are in twice the median width of a letter; down, in the median height of a word: about the height of a line
both times, so neither pixels nor the page's aspect matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..tagger.words import Floats, Ints, Words

LENGTH = 16  # characters seen of a word; the rest is cut
BUCKETS = 8191  # of n-grams; 0 is none
GRAMS = 2 * LENGTH  # of a word: itself, LENGTH of three characters, LENGTH - 1 of four
OFFSET, PRIME = 2166136261, 16777619  # of FNV-1a, here over code points
CELL_GAP = 1.5  # white space from which what goes on in a row is something else
REACH = 3.0  # how far below a line the next one of a text may stand
NEIGHBOURS = ("left", "right", "up", "down")
SHAPES = (
    "length", "digits", "capitals", "small", "others", "begins_capital", "ends_colon", "ends_comma", "ends_stop", "cents", "currency",
    "at", "percent", "day", "hour", "signs_only", "number_sign", "bracket",
)  # fmt: skip
PLACES = ("left", "right", "down", "height", "gap_left", "gap_right", "in_cell", "to_cell_end", "begins_row", "cells")
SIZE = len(SHAPES) + len(PLACES)

CENTS = re.compile(r"[0-9][.,][0-9]{2}(?![0-9])")
DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}")
HOUR = re.compile(r"[0-9]:[0-9]{2}")


def specification() -> dict[str, Any]:
    """The constants a reimplementation needs."""
    return {
        "length": LENGTH, "buckets": BUCKETS, "grams": GRAMS, "offset": OFFSET, "prime": PRIME, "cellGap": CELL_GAP, "reach": REACH,
        "shapes": list(SHAPES), "places": list(PLACES), "neighbours": list(NEIGHBOURS),
    }  # fmt: skip


@lru_cache(1 << 16)
def normal(text: str) -> str:
    """Small letters without marks, digits as 0, no signs at the ends unless there is nothing else; cut to ``LENGTH``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if unicodedata.category(c) != "Mn")
    plain = "".join("0" if unicodedata.category(c) == "Nd" else c for c in plain)
    kept = [i for i, c in enumerate(plain) if unicodedata.category(c)[0] in "LN"]
    return (plain[kept[0] : kept[-1] + 1] if kept else plain)[:LENGTH]


def grams_of(texts: list[str]) -> NDArray[np.int64]:
    """[words, GRAMS] buckets of hashed n-grams: the word between its ends, its threes, its fours; 0 after the last."""
    codes = np.zeros((len(texts), LENGTH + 2), dtype=np.uint32)
    lengths = np.zeros(len(texts), dtype=np.int64)
    for i, text in enumerate(texts):
        marked = f"<{normal(text)}>"
        lengths[i] = len(marked)
        codes[i, : len(marked)] = [ord(c) for c in marked]
    found = np.zeros((len(texts), GRAMS), dtype=np.int64)
    whole = np.full(len(texts), OFFSET, dtype=np.uint32)
    for at in range(LENGTH + 2):
        whole = np.where(at < lengths, (whole ^ codes[:, at]) * np.uint32(PRIME), whole)
    found[:, 0] = 1 + whole % BUCKETS
    for size, start in ((3, 1), (4, 1 + LENGTH)):
        count = LENGTH + 3 - size
        hashed = np.full((len(texts), count), OFFSET ^ size, dtype=np.uint32)
        for at in range(size):
            hashed = (hashed ^ codes[:, at : at + count]) * np.uint32(PRIME)
        there = np.arange(count) + size <= lengths[:, None]
        found[:, start : start + count] = np.where(there, 1 + hashed % BUCKETS, 0)
    return found


@lru_cache(1 << 16)
def shape_of(text: str) -> tuple[float, ...]:
    """What a word looks like, in the order of ``SHAPES``."""
    n = max(1, len(text))
    kinds = [unicodedata.category(c) for c in text]
    digits, capitals, small = kinds.count("Nd"), kinds.count("Lu"), kinds.count("Ll")
    plain = sum(kind[0] in "LN" for kind in kinds)
    return (
        min(n, LENGTH) / LENGTH, digits / n, capitals / n, small / n, (n - digits - capitals - small) / n, float(kinds[:1] == ["Lu"]),
        float(text.endswith(":")), float(text.endswith((",", ";"))), float(text.endswith(".")), float(bool(CENTS.search(text))),
        float("Sc" in kinds), float("@" in text), float("%" in text), float(bool(DAY.search(text))), float(bool(HOUR.search(text))),
        float(plain == 0), float("#" in text), float(text.startswith("(")),
    )  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A page for the network; indices of words count from 1, 0 is none."""

    grams: NDArray[np.int64]  # [words, GRAMS]
    features: NDArray[np.float32]  # [words, SIZE]
    boxes: NDArray[np.float32]  # [words, 4] left, top, right, bottom in heights of a line
    neighbours: NDArray[np.int64]  # [words, 4] in the order of NEIGHBOURS
    below: NDArray[np.int64]  # [words] of a cell's last word the first word of the cell below


def seen(words: Words) -> Seen:
    """What the network sees of a page with at least one word."""
    scaled = scaled_boxes(words)
    cells = cells_of(words, scaled)
    shapes = np.array([shape_of(text) for text in words.texts], dtype=np.float64)
    features = np.concatenate([shapes, places_of(words, scaled, cells)], axis=1).astype(np.float32)
    return Seen(grams_of(words.texts), features, scaled.astype(np.float32), neighbours_of(words, scaled), below_of(words, scaled, cells))


def scaled_boxes(words: Words) -> Floats:
    """Boxes in heights of a line, from the page's leftmost and topmost word on."""
    left, top, right, bottom = words.boxes.T
    lengths = np.array([max(1, len(text)) for text in words.texts])
    across, down = 2 * median((right - left) / lengths), median(bottom - top)
    return (words.boxes - [left.min(), top.min(), left.min(), top.min()]) / [across, down, across, down]


def median(values: Floats) -> float:
    """The upper median, never 0."""
    return max(1e-6, float(np.sort(values)[len(values) // 2]))


def cells_of(words: Words, scaled: Floats) -> Ints:
    """[words] numbers of cells, from 0: what stands close together in a row."""
    begins = np.ones(len(words), dtype=np.int64)
    same = words.rows[1:] == words.rows[:-1]
    begins[1:] = ~(same & (scaled[1:, 0] - scaled[:-1, 2] <= CELL_GAP))
    return np.cumsum(begins) - 1


def places_of(words: Words, scaled: Floats, cells: Ints) -> Floats:
    """[words, PLACES]."""
    n = len(words)
    wide, high = max(1.0, scaled[:, 2].max()), max(1.0, scaled[:, 3].max())
    gaps = np.full(n + 1, 1.0)
    same = words.rows[1:] == words.rows[:-1]
    white = np.log2(1 + np.clip(scaled[1:, 0] - scaled[:-1, 2], 0, 15)) / 4
    gaps[1:-1] = np.where(same, white, 1.0)
    counts = np.bincount(cells)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.arange(n) - first[cells]
    rows = words.rows[first]  # of each cell
    heights = np.clip(np.log2(np.maximum(scaled[:, 3] - scaled[:, 1], 1e-3)), -2, 2) / 2
    columns = {
        "left": scaled[:, 0] / wide, "right": scaled[:, 2] / wide, "down": (scaled[:, 1] + scaled[:, 3]) / 2 / high, "height": heights,
        "gap_left": gaps[:-1], "gap_right": gaps[1:], "in_cell": np.minimum(place, 8) / 8, "to_cell_end": np.minimum(counts[cells] - 1 - place,
        8) / 8,
        "begins_row": np.concatenate([[1.0], ~same]), "cells": np.minimum(np.bincount(rows)[words.rows], 8) / 8,
    }  # fmt: skip
    return np.stack([columns[name] for name in PLACES], axis=1)


def neighbours_of(words: Words, scaled: Floats) -> Ints:
    """[words, 4]: the words beside in the row; the nearest above and below that a word overlaps across."""
    n = len(words)
    found = np.zeros((n, 4), dtype=np.int64)
    same = words.rows[1:] == words.rows[:-1]
    found[1:, 0] = np.where(same, np.arange(1, n), 0)
    found[:-1, 1] = np.where(same, np.arange(2, n + 1), 0)
    left, top, right, bottom = scaled.T
    across, down = (left + right) / 2, (top + bottom) / 2
    overlap = np.minimum(right[:, None], right) - np.maximum(left[:, None], left) > 0
    score = np.abs(down[:, None] - down) + 0.1 * np.abs(across[:, None] - across)
    for column, other in ((2, words.rows < words.rows[:, None]), (3, words.rows > words.rows[:, None])):
        masked = np.where(overlap & other, score, np.inf)
        nearest = masked.argmin(axis=1)
        found[:, column] = np.where(np.isfinite(masked[np.arange(n), nearest]), nearest + 1, 0)
    return found


def below_of(words: Words, scaled: Floats, cells: Ints) -> Ints:
    """[words] where a text goes on that ends its line here: the first word of the nearest cell below that overlaps most."""
    counts = np.bincount(cells)
    last = np.cumsum(counts) - 1
    first = last - counts + 1
    left, right = scaled[first, 0], np.maximum.reduceat(scaled[:, 2], first)
    middle = (scaled[first, 1] + scaled[first, 3]) / 2
    rows = words.rows[first]
    overlap = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    down = middle - middle[:, None]
    fits = (overlap > 0) & (rows > rows[:, None]) & (down <= REACH)
    score = np.where(fits, (rows - rows[:, None]) * 1000.0 - overlap, np.inf)
    nearest = score.argmin(axis=1)
    found = np.zeros(len(words), dtype=np.int64)
    found[last] = np.where(np.isfinite(score[np.arange(len(counts)), nearest]), first[nearest] + 1, 0)
    return found
