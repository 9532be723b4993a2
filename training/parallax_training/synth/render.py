"""From a laid-out page to ink: a plane of floats, 0 where paper shows, 1 under full ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from . import fonts
from .page import Page

Plane = NDArray[np.float32]  # [height, width], 0 to 1


def ink_of(page: Page) -> Plane:
    """The ink of a page, [height, width] in pixels."""
    image = Image.new("L", (page.width, page.height), 0)
    draw = ImageDraw.Draw(image)
    for fill in page.fills:
        draw.rectangle([round(v) for v in fill.box], fill=round(255 * fill.ink))
    for run in page.runs:
        face = fonts.load(run.font, run.bold, run.pixels)
        stroke = max(1, run.pixels // 28) if run.bold and fonts.fakes_bold(run.font) else 0
        tone = 0 if run.white else 255
        draw.text((run.x, run.baseline), run.text, fill=tone, font=face, anchor="ls", stroke_width=stroke)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def corners_of(page: Page) -> NDArray[np.float64]:
    """The corners of every run's box, [runs, 4, 2], clockwise from the top left, in pixels."""
    boxes = np.array([run.box for run in page.runs], dtype=np.float64).reshape(-1, 4)
    return boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
