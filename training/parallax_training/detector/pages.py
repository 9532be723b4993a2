"""Pages as ``scripts/write-pages.ts`` writes them, at the size that the detector looks at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ..dense.pages import from_submitted
from ..pictures import grey_of
from ..tagger.sroie import Receipt

SCALE = 0.6  # of the pages that the readers see: letters of 18 pixels become 10.8
MOST_SIDE = 2400  # pixels
MULTIPLE = 32  # of pixels, that the sides are: the network halves its picture five times

Boxes = NDArray[np.float64]  # [n, 4]: left, top, right, bottom


@dataclass(frozen=True)
class Page:
    """``lines`` in pixels of ``picture``: boxes around the middle heights of their corners, as pages are straight."""

    picture: NDArray[np.uint8]
    lines: Boxes


def page_of(receipt: Receipt, pages: Path) -> Page | None:
    """None where the receipt's page has not been written."""
    path = pages / f"{receipt.stem}.png"
    if not path.exists():
        return None
    image = grey_of(path)
    to_page = from_submitted(json.loads(path.with_suffix(".json").read_text())["toSubmitted"])
    picture = shrunk(image)
    size = np.array(picture.shape[::-1], np.float64)
    corners = [(line.corners @ to_page[:, :2].T + to_page[:, 2]) * size for line in receipt.lines]
    return Page(picture, np.array([box_of(c) for c in corners]).reshape(-1, 4))


def box_of(corners: Boxes) -> tuple[float, float, float, float]:
    a, b, c, d = corners
    return corners[:, 0].min(), (a[1] + b[1]) / 2, corners[:, 0].max(), (c[1] + d[1]) / 2


def shrunk(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = image.shape
    scale = min(SCALE, MOST_SIDE / max(height, width))
    across, down = (max(MULTIPLE, round(side * scale / MULTIPLE) * MULTIPLE) for side in (width, height))
    return np.asarray(cv2.resize(image, (across, down), interpolation=cv2.INTER_AREA), np.uint8)


def shown(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """As the network takes it, [1, 1, height, width]."""
    return (picture.astype(np.float32) / 127.5 - 1)[None, None]
