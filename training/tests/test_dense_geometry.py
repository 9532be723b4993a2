"""Where lines, frames and words stand: the numbers of a made-up page, which the program that reads must make of it too.

``PYTHONPATH=. python tests/test_dense_geometry.py`` writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from parallax_training.dense.segments import Segment
from parallax_training.dense.targets import CELL_ACROSS, CELL_DOWN, EXTENT, FINE, FRAMES, MARGIN, ROWS, frames_of, maps_of, words_of
from parallax_training.tagger.align import NOTHING, Mark

GOLDEN = Path(__file__).parent / "golden" / "dense-geometry.json"
WIDTH, HEIGHT = 320, 160


def segment(text: str, start: tuple[float, float], end: tuple[float, float], height: float) -> Segment:
    """A line whose characters are all as wide."""
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    edges = np.linspace(0, length, len(text) + 1)
    return Segment(text, np.array(start, np.float64), np.array(end, np.float64), height, edges, [Mark(NOTHING)] * len(text))


PAGE = [
    segment("KEDAI MAJU", (40, 30), (280, 30), 24),
    segment("12 x 9.50", (20, 84), (200, 76), 20),
    segment("114.00", (232, 80), (304, 80), 20),
    segment("RM 1", (32, 136), (80, 136), 16),
]


def rounded(values: Any) -> Any:
    return np.round(np.asarray(values, np.float64), 4).tolist()


def golden_of(segments: list[Segment]) -> dict[str, Any]:
    maps = maps_of(segments, WIDTH, HEIGHT)
    words = words_of(segments, frozenset(), Mark(NOTHING))
    frames = [frames_of(s.start, s.end, s.height) for s in segments]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "cells": {"down": CELL_DOWN, "across": CELL_ACROSS, "extent": EXTENT},
        "frames": {"rows": list(ROWS), "perHeight": FRAMES, "margin": MARGIN, "fine": FINE},
        "core": ["".join("x" if cell else "." for cell in row) for row in maps.core],
        "extent": rounded(maps.extent),
        "lines": [
            {
                "start": rounded(s.start),
                "end": rounded(s.end),
                "height": s.height,
                "step": round(f.step, 4),
                "points": rounded(f.points),
                "characters": [[c, reading_of(s, i)] for i, c in enumerate(s.text)],
            }
            for s, f in zip(segments, frames, strict=True)
        ],
        "words": [
            {"text": text, "line": int(line), "box": rounded(box)}
            for text, line, box in zip(words.example.words.texts, words.segments, words.example.words.boxes, strict=True)
        ],
    }


def reading_of(segment: Segment, character: int) -> int:
    """The reading in which the middle of a character lies, among those of its line."""
    middle = (segment.edges[character] + segment.edges[character + 1]) / 2
    return int((middle + MARGIN * segment.height) * FRAMES / segment.height * FINE)


def test_the_page_has_the_numbers_that_the_program_is_held_against() -> None:
    assert golden_of(PAGE) == json.loads(GOLDEN.read_text(encoding="utf-8"))


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(golden_of(PAGE), ensure_ascii=False) + "\n", encoding="utf-8")
