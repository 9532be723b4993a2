"""Pages as ``scripts/write-pages.ts`` writes them, with the lines that are printed on them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ..pictures import grey_of
from ..tagger import sroie, synthetic
from ..tagger.align import Line
from ..tagger.folds import split
from .config import Data
from .segments import Segment, segments_of

SCALE = 0.65  # of the pages that the readers see: letters of 18 pixels become 11.7
MOST_PIXELS = 600_000
KEPT = 1.1  # pages are kept a little larger than they are read, so that scaling them does not blur


@dataclass(frozen=True)
class Page:
    """A page of training. ``cased`` is false where the transcript is in capitals whatever is printed."""

    path: Path
    lines: list[Line]  # corners in fractions of the image as given
    cased: bool
    forbidden: frozenset[str] = frozenset()  # labels that words of unknown tag do not have
    truth: dict[str, str] | None = None  # of a real receipt

    @cached_property
    def kept(self) -> tuple[NDArray[np.uint8], float]:
        """The picture in grey, and its scale to the size at which it is read."""
        image = grey_of(self.path)
        scale = reading_scale(image.shape[1], image.shape[0])
        if scale * KEPT < 1:
            image = cv2.resize(image, None, fx=scale * KEPT, fy=scale * KEPT, interpolation=cv2.INTER_AREA)
            scale = 1 / KEPT
        return image, scale

    @cached_property
    def segments(self) -> list[Segment]:
        """Lines in pixels of the kept picture, those that nearly touch joined."""
        image, _ = self.kept
        meta = json.loads(self.path.with_suffix(".json").read_text())
        return segments_of(self.lines, from_submitted(meta["toSubmitted"]), (image.shape[1], image.shape[0]))


def reading_scale(width: int, height: int) -> float:
    """From pixels of a page to those of the network's picture."""
    return min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5)


def from_submitted(to_submitted: list[float]) -> NDArray[np.float64]:
    """The inverse of an affine map (a, b, c, d, e, f), as a 2 × 3 matrix."""
    a, b, c, d, e, f = to_submitted
    return np.linalg.inv(np.array([[a, c, e], [b, d, f], [0, 0, 1]]))[:2]


def receipts(data: Data) -> tuple[list[Page], list[Page]]:
    """Real receipts of the train split: to learn from, and held out."""
    known = [sroie.load(data.receipts, stem, data.receipt_guesses) for stem in sroie.stems(data.receipts)]
    sets = split(known, data.folds)
    held = sets.pop(data.fold) if data.fold is not None else []
    seen = [receipt for fold in sets for receipt in fold]
    return [page for r in seen if (page := real(r, data))], [page for r in held if (page := real(r, data))]


def real(receipt: sroie.Receipt, data: Data) -> Page | None:
    path = data.receipt_pages / f"{receipt.stem}.png"
    return Page(path, receipt.lines, False, receipt.forbidden, receipt.truth) if path.exists() else None


def drawn(labels: Path, pages: Path) -> list[Page]:
    """Drawn receipts whose first page has been written."""
    found = []
    for path in sorted(pages.glob("*.png")):
        page = json.loads((labels / path.stem / "labels.json").read_text())["pages"][0]
        found.append(Page(path, synthetic.lines_of(page), True))
    return found
