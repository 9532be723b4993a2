"""What the network is to say of a page: where lines run, which field each place is, where frames lie on lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..tagger.align import NOTHING, UNTOLD, Mark, example_of, vote
from ..tagger.example import Example
from ..tagger.words import Floats, Ints, in_rows
from .segments import Segment

CELL_DOWN, CELL_ACROSS = 4, 8  # pixels of a cell of the maps
CORE = 0.25  # of a line's height, above and below its middle, that counts as its core
EXTENT = 16.0  # pixels that the distances to a line's edges are divided by
ROWS = (-0.42, -0.14, 0.14, 0.42)  # of a line's height: where a frame looks, down from its middle
FRAMES = 4.5  # in the height of a line
MARGIN = 0.35  # of its height, that is read before and after a line
FINE = 2  # readings a frame

IGNORED = -1
WEAK, WEAK_NOTHING = 0.5, 0.2  # what guesses count, to what the truth tells


@dataclass(frozen=True)
class Maps:
    """Per cell: 1 in the core of a line; distances [2] to its upper and lower edge, over ``EXTENT``; the field
    that is printed there (0: none, else 1 + its label, ``IGNORED``: not told) and what that counts."""

    core: NDArray[np.float32]
    extent: NDArray[np.float32]
    fields: Ints
    weights: NDArray[np.float32]


def maps_of(segments: list[Segment], width: int, height: int) -> Maps:
    down, across = -(-height // CELL_DOWN), -(-width // CELL_ACROSS)
    core, extent = np.zeros((down, across), np.float32), np.zeros((2, down, across), np.float32)
    fields, weights = np.full((down, across), IGNORED), np.zeros((down, across), np.float32)
    for segment in segments:
        columns = np.arange(max(0, int(segment.start[0] / CELL_ACROSS)), min(across, -(-int(segment.end[0]) // CELL_ACROSS)))
        for column in columns:
            along = (column + 0.5) * CELL_ACROSS - segment.start[0]
            middle = segment.start[1] + (segment.end[1] - segment.start[1]) * np.clip(along / max(1.0, segment.length), 0, 1)
            reach = max(CORE * segment.height, CELL_DOWN / 2 + 0.01)
            rows = np.arange(max(0, int(np.ceil((middle - reach) / CELL_DOWN - 0.5))), min(down, int((middle + reach) / CELL_DOWN + 0.5)))
            centres = (rows + 0.5) * CELL_DOWN
            core[rows, column] = 1
            extent[0, rows, column] = (centres - middle + segment.height / 2) / EXTENT
            extent[1, rows, column] = (middle + segment.height / 2 - centres) / EXTENT
            mark = segment.marks[min(len(segment.marks) - 1, max(0, int(np.searchsorted(segment.edges, along)) - 1))]
            fields[rows, column], weights[rows, column] = field_of(mark)
    return Maps(core, extent, fields, weights)


def field_of(mark: Mark) -> tuple[int, float]:
    if mark.label == UNTOLD:
        return IGNORED, 0.0
    if mark.label == NOTHING:
        return 0, WEAK_NOTHING if mark.weak else 1.0
    return 1 + mark.label, 1.0 if mark.certain and not mark.weak else WEAK


@dataclass(frozen=True)
class Frames:
    """Where a line is looked at: ``points`` [rows, n, 2] in pixels, and the pixels between two frames."""

    points: NDArray[np.float32]
    step: float


def frames_of(start: Floats, end: Floats, height: float) -> Frames:
    """Frames along a line, evenly from ``MARGIN`` before its start to ``MARGIN`` after its end."""
    way = end - start
    length = max(1.0, float(np.linalg.norm(way)))
    way = way / length
    step = height / FRAMES
    count = max(2, int(np.ceil((length + 2 * MARGIN * height) / step)))
    along = (np.arange(count) + 0.5) * step - MARGIN * height
    middle = start + along[:, None] * way
    aside = np.array([-way[1], way[0]]) * height
    return Frames(np.stack([middle + r * aside for r in ROWS]).astype(np.float32), step)


@dataclass(frozen=True)
class PageWords:
    """Words in reading order with their targets; boxes in pixels; the segment each stands in and its stretch
    there in pixels from the segment's start [words, 2]."""

    example: Example
    segments: Ints
    stretches: Floats


def words_of(segments: list[Segment], forbidden: frozenset[str], rest: Mark) -> PageWords:
    texts, boxes, marks, owners, stretches = [], [], [], [], []
    for number, segment in enumerate(segments):
        way = (segment.end - segment.start) / max(1.0, segment.length)
        stop = 0
        for text in segment.text.split():
            start = segment.text.index(text, stop)
            stop = start + len(text)
            a, b = (segment.start + way * segment.edges[i] for i in (start, stop))
            rise = segment.height / 2
            texts.append(text)
            boxes.append((a[0], min(a[1], b[1]) - rise, b[0], max(a[1], b[1]) + rise))
            marks.append(vote(segment.marks[start:stop], rest))
            owners.append(number)
            stretches.append((segment.edges[start], segment.edges[stop]))
    numbered = in_rows([str(i) for i in range(len(texts))], np.array(boxes, dtype=np.float64).reshape(-1, 4))
    order = np.array([int(t) for t in numbered.texts], dtype=np.int64)
    words = type(numbered)([texts[i] for i in order], numbered.boxes, numbered.confidences, numbered.rows)
    example = example_of(words, [marks[i] for i in order], forbidden)
    return PageWords(example, np.array(owners, dtype=np.int64)[order], np.array(stretches, dtype=np.float64).reshape(-1, 2)[order])
