"""Single lines of print: pieces of pictures with what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from ..pictures import grey_of
from ..tagger import sroie
from ..tagger.folds import split
from ..tagger.words import Floats
from .alphabet import encode, spelling
from .config import Data
from .model import HEIGHT

Grey = NDArray[np.uint8]

AROUND = 0.6  # of its height, what is kept of a page around a line
LOWEST = 6  # pixels
WIDEST = 800  # pixels at the network's height; longer lines are not trained on


@dataclass(frozen=True)
class Line:
    """``corners`` [4, 2] in pixels of ``piece``, clockwise from the text's top left. ``cased`` is false where the
    transcript is in capitals whatever is printed."""

    piece: Grey
    corners: Floats
    text: str
    cased: bool

    @property
    def size(self) -> tuple[float, float]:
        """Length and height in pixels."""
        a, b, c, d = self.corners
        return float(np.linalg.norm((b + c - a - d) / 2)), float(np.linalg.norm((c + d - a - b) / 2))

    @property
    def width(self) -> int:
        """Pixels at the network's height."""
        length, height = self.size
        return max(16, round(length * HEIGHT / height))


def receipt_lines(data: Data) -> tuple[list[Line], list[Line]]:
    """Lines of the real receipts of the train split: to learn from, and held out."""
    sets = split([sroie.load(data.receipts, stem) for stem in sroie.stems(data.receipts)], data.folds)
    held = sets.pop(data.fold) if data.fold is not None else []
    seen = [receipt for fold in sets for receipt in fold]
    return [line for r in seen for line in lines_of(r, data.receipts)], [line for r in held for line in lines_of(r, data.receipts)]


def lines_of(receipt: sroie.Receipt, root: Path) -> list[Line]:
    """A receipt's lines that can be cut out and spelt."""
    path = next((root / "images").glob(f"{receipt.stem}.*"))
    image = grey_of(path)
    size = (image.shape[1], image.shape[0])
    found = [line_of(image, line.corners * size, line.text) for line in receipt.lines]
    return [line for line in found if line]


def line_of(image: Grey, corners: Floats, text: str) -> Line | None:
    """None for what is too low, too long, outside the picture or not in the alphabet."""
    height = float(np.linalg.norm(corners[3] - corners[0]))
    around = AROUND * height
    left, top = np.maximum(0, np.floor(corners.min(axis=0) - around)).astype(int)
    right, bottom = np.minimum((image.shape[1], image.shape[0]), np.ceil(corners.max(axis=0) + around)).astype(int)
    if height < LOWEST or right - left < LOWEST or bottom - top < LOWEST:
        return None
    line = Line(image[top:bottom, left:right].copy(), corners - (left, top), spelling(text), False)
    classes = encode(line.text)
    return line if classes is not None and len(classes) and line.width <= WIDEST else None


def cut(line: Line, corners: Floats | None = None) -> Grey:
    """The line at the network's height, [48, width]; other ``corners`` than its own if they are given."""
    corners = line.corners if corners is None else corners
    target = np.array([[0, 0], [line.width, 0], [line.width, HEIGHT], [0, HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    shrinks = line.size[1] / HEIGHT
    piece = cv2.GaussianBlur(line.piece, (0, 0), 0.4 * shrinks) if shrinks > 1.3 else line.piece
    return cv2.warpPerspective(piece, matrix, (line.width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def jittered(line: Line, rng: Random) -> Floats:
    """Its corners not quite hit, as a detector finds them: mostly with a little paper around."""
    _, height = line.size
    a, b, c, d = line.corners
    right, down = (b - a) / max(1.0, float(np.linalg.norm(b - a))), (d - a) / max(1.0, float(np.linalg.norm(d - a)))
    out = [height * rng.uniform(-0.06, 0.28) for _ in range(2)] + [height * rng.uniform(-0.04, 0.4) for _ in range(2)]
    tilt = height * rng.gauss(0, 0.04)
    moved = [
        a - down * (out[0] + tilt) - right * out[2], b - down * (out[0] - tilt) + right * out[3],
        c + down * (out[1] + tilt) + right * out[3], d + down * (out[1] - tilt) - right * out[2],
    ]  # fmt: skip
    return np.array(moved)
