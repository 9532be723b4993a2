"""The words of one page, in reading order, as an OCR engine hands them over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """``n`` words, row by row from the top, each row from the left.

    ``boxes`` [n, 4] are left, top, right, bottom; across and down may have units of their own.
    ``rows`` [n] counts rows from 0 without gaps; ``confidences`` [n] are the engine's, 0 to 1.
    """

    texts: list[str]
    boxes: Floats
    confidences: Floats
    rows: Ints

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, index: Ints) -> Words:
        """The words at ``index``, which must keep the reading order."""
        rows = np.unique(self.rows[index], return_inverse=True)[1].astype(np.int64)
        return Words([self.texts[i] for i in index], self.boxes[index], self.confidences[index], rows)


def in_rows(texts: Sequence[str], boxes: Floats) -> Words:
    """Words given in any order, put into rows by their boxes; confidence 1."""
    centres = (boxes[:, 1] + boxes[:, 3]) / 2
    rows: list[list[int]] = []
    for i in np.argsort(centres, kind="stable"):
        height = boxes[i, 3] - boxes[i, 1]
        if rows and centres[i] - np.mean(centres[rows[-1]]) < 0.5 * height:
            rows[-1].append(int(i))
        else:
            rows.append([int(i)])
    rows = [sorted(row, key=lambda i: boxes[i, 0]) for row in rows]
    order = np.array([i for row in rows for i in row], dtype=np.int64)
    numbers = np.array([r for r, row in enumerate(rows) for _ in row], dtype=np.int64)
    return Words([texts[i] for i in order], boxes[order], np.ones(len(order)), numbers)


def of_page(page: dict[str, Any], key: str = "box") -> Words:
    """The words of one page as ``scripts/read-words.ts`` writes it; ``key`` picks the frame of the boxes."""
    cells = [(r, word) for r, row in enumerate(page["rows"]) for word in row]
    return Words(
        [word["text"] for _, word in cells],
        np.array([word[key] for _, word in cells], dtype=np.float64).reshape(-1, 4),
        np.array([word["confidence"] for _, word in cells], dtype=np.float64),
        np.array([r for r, _ in cells], dtype=np.int64),
    )


def pages_of(path: Path) -> list[dict[str, Any]]:
    """The pages of a file of ``scripts/read-words.ts``."""
    return json.loads(path.read_text())["pages"]
