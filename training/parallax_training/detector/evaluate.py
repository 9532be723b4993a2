"""How well regions hold the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from .pages import Boxes, Page, shown

INK = 0.3  # probability from which a pixel belongs to a line
SURE = 0.5  # mean probability of a region
GROWN = (1, 1.25)  # to the left and above, to the right and below, as ``src/ocr/pp-ocr/detect.ts`` does
LEAST = 3  # pixels
COVERED = 0.9  # of a line's length, that regions must hold for it to be found
OVER = 0.2  # of a line's height, that may stick out of its region


@dataclass(frozen=True)
class Report:
    """Counts over pages. ``found`` lines are held in their height by regions along ``COVERED`` of their length; ``split`` lines
    are held by several; ``merged`` regions hold lines that stand one above the other; ``idle`` regions hold no line."""

    lines: int = 0
    regions: int = 0
    found: int = 0
    split: int = 0
    merged: int = 0
    idle: int = 0

    def __add__(self, other: Report) -> Report:
        return Report(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


def report_of(network: Path, pages: Sequence[Page]) -> Report:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(network, options)
    found = Report()
    for page in pages:
        (probabilities,) = session.run(["probabilities"], {"page": shown(page.picture)})
        marked, grown = regions_of(probabilities[0, 0])
        found += judge(page.lines, marked, grown)
    return found


def regions_of(probabilities: NDArray[np.float32]) -> tuple[Boxes, Boxes]:
    """What the network marks, and the same grown to the height of the print."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((probabilities > INK).astype(np.uint8), connectivity=8)
    sums = np.bincount(labels.ravel(), probabilities.ravel(), count)
    x, y, width, height, area = stats[1:].T
    keep = (width >= LEAST) & (height >= LEAST) & (sums[1:] > SURE * area)
    x, y, width, height = (side[keep].astype(np.float64) for side in (x, y, width, height))
    before, after = GROWN
    by = width * height / (2 * (width + height))
    marked = np.stack([x, y, x + width, y + height], axis=1)
    return marked, marked + np.stack([-before * by, -before * by, after * by, after * by], axis=1)


def judge(lines: Boxes, marked: Boxes, grown: Boxes) -> Report:
    holding = [held(line, marked) for line in lines]
    found = sum(is_found(line, grown[on]) for line, on in zip(lines, holding, strict=True))
    split = sum(len(on) > 1 for on in holding)
    idle = len(marked) - len({int(region) for on in holding for region in on})
    return Report(len(lines), len(marked), found, split, sum(holds_two(region, lines) for region in marked), idle)


def held(line: NDArray[np.float64], marked: Boxes) -> NDArray[np.intp]:
    """Regions in which the line stands with half of its height, and more than a touch of its length."""
    across = np.minimum(marked[:, 2], line[2]) - np.maximum(marked[:, 0], line[0])
    down = np.minimum(marked[:, 3], line[3]) - np.maximum(marked[:, 1], line[1])
    lower = np.minimum(marked[:, 3] - marked[:, 1], line[3] - line[1])
    return np.flatnonzero((across > 0.15 * (line[2] - line[0])) & (down >= 0.5 * lower))


def is_found(line: NDArray[np.float64], regions: Boxes) -> bool:
    slack = OVER * (line[3] - line[1])
    covered, end = 0.0, float(line[0])
    for left, top, right, bottom in sorted(map(tuple, regions)):
        if top <= line[1] + slack and bottom >= line[3] - slack:
            covered += max(0.0, min(right, line[2]) - max(left, end))
            end = max(end, right)
    return bool(covered >= COVERED * (line[2] - line[0]))


def holds_two(region: NDArray[np.float64], lines: Boxes) -> bool:
    middles = (lines[:, 1] + lines[:, 3]) / 2
    across = np.minimum(region[2], lines[:, 2]) - np.maximum(region[0], lines[:, 0])
    inside = middles[(across > 0.3 * (lines[:, 2] - lines[:, 0])) & (region[1] < middles) & (middles < region[3])]
    return len(inside) > 1 and bool(np.ptp(inside) > 0.6 * np.median(lines[:, 3] - lines[:, 1]))
