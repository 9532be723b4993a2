"""Pages as pictures, and their words in fractions of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from ..synth import fonts
from ..synth.capture import PROFILES
from ..synth.files import pixels
from .paper import EM, Paper, bottom, right_edge

CAPTURES = ("scan", "scan", "fax", "skew")  # of `synth.capture`


@dataclass(frozen=True)
class Frame:
    """How a page lies on its picture: pixels of a letter's height, and of the edges around what is printed."""

    unit: float
    left: float
    top: float
    width: int
    height: int

    def place(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box in fractions of the picture."""
        xs = [(x * self.unit + self.left) / self.width for x in (box[0], box[2])]
        ys = [(y * self.unit + self.top) / self.height for y in (box[1], box[3])]
        return xs[0], ys[0], xs[1], ys[1]


def frame_of(paper: Paper, rng: Random) -> Frame:
    """A4 for pages with an end, as long as needed for slips; letters of 17 to 24 pixels, as scans of 130 to 200 dots an inch have them."""
    is_slip = paper.height >= 400
    wide = right_edge(paper) if is_slip else paper.width
    high = bottom(paper) if is_slip else max(paper.height, bottom(paper))
    unit = rng.uniform(20, 26) if is_slip else rng.uniform(1150, 1500) / (1.16 * wide)
    left, top = (rng.uniform(2, 4) * unit, rng.uniform(1.5, 4) * unit) if is_slip else (0.08 * wide * unit, 0.07 * wide * unit)
    return Frame(unit, left, top, round(wide * unit + 2 * left), round(high * unit + 2 * top))


def ink_of(paper: Paper, frame: Frame) -> Image.Image:
    """White on black, as `synth.capture` takes ink."""
    image = Image.new("L", (frame.width, frame.height), 0)
    draw = ImageDraw.Draw(image)
    for text, box, (face, bold) in zip(paper.texts, paper.boxes, paper.faces, strict=True):
        size = box[3] - box[1]
        font = fonts.load(face, bold, max(6, round(EM * size * frame.unit)))
        middle = frame.top + frame.unit * (box[1] + box[3]) / 2
        draw.text((frame.left + frame.unit * box[0], middle + 0.34 * EM * size * frame.unit), text, fill=255, font=font, anchor="ls")
    for x0, x1, y in paper.rules:
        at = frame.top + y * frame.unit
        draw.line([frame.left + x0 * frame.unit, at, frame.left + x1 * frame.unit, at], fill=200, width=1)
    return image


def scanned(paper: Paper, frame: Frame, rng: Random) -> Image.Image:
    """A page as a scanner sees it: clean, in black and white, or a little aslant."""
    profile = PROFILES[rng.choice(CAPTURES)]
    ink = np.asarray(ink_of(paper, frame), dtype=np.float32) / np.float32(255)
    sheet = profile.capture(ink, np.zeros((0, 4, 2)), np.random.default_rng(rng.randrange(2**32)))
    return pixels(sheet, "L")
