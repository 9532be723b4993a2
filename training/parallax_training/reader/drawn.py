"""Lines drawn in the typefaces of receipts, as printed by tills of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..synth import fonts
from ..synth.capture import paper
from ..synth.capture.sheet import Plane
from .lines import AROUND, Line
from .texts import random_text

NOTHING = "\U0010fffe"  # no typeface has a sign for it
WHOLE = "noto-mono"  # has the most signs
SIZES = (16, 44)  # pixels an em


def drawn_line(rng: Random, text_of: Callable[[Random], str] = random_text) -> Line:
    """A line of a random text, typeface and size; what scanning does to it comes later."""
    while True:
        text = text_of(rng)
        for name in (*rng.sample(sorted(fonts.FACES), 5), WHOLE):
            if not any(lacks(name, c) for c in set(text)):
                return draw(text, name, rng.randint(*SIZES), rng)


@cache
def lacks(name: str, character: str) -> bool:
    face = fonts.load(name, False, 24)
    return character != " " and shape(face, character) == shape(face, NOTHING)


def shape(face: ImageFont.FreeTypeFont, character: str) -> bytes:
    return bytes(face.getmask(character))


def draw(text: str, name: str, pixels: int, rng: Random) -> Line:
    """The text in ink on paper; spaces between words are wider or narrower, now and then much wider."""
    bold = rng.random() < 0.25
    face = fonts.load(name, bold, pixels)
    ascent, descent = face.getmetrics()
    around = round(AROUND * pixels)
    space, uneven = face.getlength(" "), rng.random() < 0.5
    starts, x = [], float(around)
    words = text.split(" ")
    for word in words:
        starts.append(x)
        x += face.getlength(word) + space * (gap(rng) if uneven else 1)
    size = (round(max(start + face.getlength(word) for start, word in zip(starts, words, strict=True))) + around, ascent + descent + 2 * around)
    canvas = Image.new("L", size, 0)
    pen = ImageDraw.Draw(canvas)
    stroke = max(1, pixels // 28) if bold and fonts.fakes_bold(name) else 0
    for start, word in zip(starts, words, strict=True):
        pen.text((start, around), word, fill=255, font=face, stroke_width=stroke)
    left, top, right, bottom = canvas.getbbox() or (0, 0, *size)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
    ink = worn(np.asarray(canvas, np.float32) / np.float32(255), pixels, fonts.FACES[name].kind, rng)
    image = on_paper(ink, rng)
    return Line(image, corners, text, True)


def gap(rng: Random) -> float:
    """Of a space, in spaces."""
    return rng.uniform(2, 7) if rng.random() < 0.08 else rng.uniform(0.7, 1.5)


def worn(ink: Plane, pixels: int, kind: str, rng: Random) -> Plane:
    """Ink as pins, a heated head or a worn ribbon leaves it; ``pixels`` an em."""
    if kind == "dots" or rng.random() < 0.12:
        ink = paper.dotted(ink, max(2.2, pixels / rng.uniform(9, 15)))
    elif rng.random() < 0.5:
        ink = paper.smeared(ink, rng.uniform(0.4, 0.9))
    noise = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.15:
        ink = paper.faded(ink, rng.uniform(0.2, 0.7), noise)
    return paper.streaked(ink, rng.randint(1, 3), noise) if rng.random() < 0.08 else ink


def on_paper(ink: Plane, rng: Random) -> np.ndarray:
    """Grey, 0 to 255; some lines are white on a dark bar."""
    light, dark = rng.uniform(0.82, 1), rng.uniform(0, 0.35)
    if rng.random() < 0.05:
        light, dark = dark, light
    return np.round(255 * np.clip(light + (dark - light) * ink, 0, 1)).astype(np.uint8)
