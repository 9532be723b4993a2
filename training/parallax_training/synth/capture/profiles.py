"""Named ways of capturing a receipt, from a clean scan to a bad photograph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import camera, paper, place
from .sheet import Corners, Plane, Sheet
from .textures import Rng

LONG_SIDE = 2200  # pixels of the longer side of a photograph

Capture = Callable[[Plane, Corners, Rng], Sheet]


@dataclass(frozen=True)
class Profile:
    """A way of capturing: ``dpi`` to lay out at, and how the picture is stored.

    ``mode`` is Pillow's: "1" black and white, "L" grey, "RGB" colour; ``quality`` is JPEG's.
    """

    name: str
    difficulty: str  # "easy", "medium" or "hard"
    dpi: int
    capture: Capture
    quality: int = 82
    mode: str = "L"


PROFILES: dict[str, Profile] = {}


def profile(
    name: str, difficulty: str, dpi: int = 200, quality: int = 82, mode: str = "L"
) -> Callable[[Capture], Capture]:
    """Register the decorated function under a name."""

    def register(capture: Capture) -> Capture:
        PROFILES[name] = Profile(name, difficulty, dpi, capture, quality, mode)
        return capture

    return register


@profile("scan", "easy")
def scan(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A clean, straight scan cropped to the paper."""
    sheet = paper.printed(paper.smeared(ink, 0.5), corners)
    return camera.noisy(sheet, 0.008, rng)


@profile("fax", "easy", mode="1")
def fax(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A straight scan in pure black and white."""
    sheet = camera.noisy(paper.printed(paper.smeared(ink, 0.6), corners), 0.04, rng)
    return camera.bilevel(sheet, 0.52)


@profile("skew", "easy")
def skew(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A scan turned by a degree or two on a light or dark lid."""
    sheet = paper.printed(paper.smeared(ink, 0.6), corners, paper.THERMAL)
    degrees = rng.choice([-1, 1]) * rng.uniform(0.8, 2.4)
    lid = (0.93, 0.93, 0.94) if rng.random() < 0.7 else (0.35, 0.35, 0.36)
    return camera.noisy(place.turned(sheet, degrees, 30, lid), 0.012, rng)


@profile("a4", "medium", dpi=170, quality=78)
def a4(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A small receipt lost on a white A4 page."""
    sheet = paper.printed(paper.smeared(ink, 0.55), corners, paper.THERMAL)
    sheet = place.on_a4(sheet, 170, rng.uniform(-2.2, 2.2), rng)
    return camera.noisy(sheet, 0.01, rng)


@profile("dots", "medium", quality=78, mode="RGB")
def dots(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A scan of violet dot-matrix print."""
    sheet = paper.printed(paper.dotted(ink), corners, paper.THERMAL, paper.VIOLET)
    return camera.noisy(place.turned(sheet, rng.uniform(-0.8, 0.8), 20, (0.95, 0.95, 0.95)), 0.02, rng)


@profile("noisy", "medium", quality=38)
def noisy(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A grainy scan, saved too small."""
    sheet = paper.printed(paper.smeared(ink, 0.8), corners, paper.THERMAL)
    sheet = camera.contrasted(place.turned(sheet, rng.uniform(-1.2, 1.2), 16, (0.8, 0.8, 0.8)), 0.1, 0.92)
    return camera.noisy(sheet, 0.06, rng)


@profile("faded", "medium", quality=75, mode="RGB")
def faded(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """Thermal paper after a summer in a wallet, scanned."""
    worn = paper.streaked(paper.faded(paper.smeared(ink, 0.7), 0.6, rng), 4, rng)
    sheet = paper.creased(paper.printed(worn, corners, paper.YELLOWED), 1, rng)
    return camera.noisy(place.turned(sheet, rng.uniform(-1, 1), 20, (0.9, 0.9, 0.9)), 0.02, rng)


@profile("phone", "medium", dpi=280, quality=74, mode="RGB")
def phone(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A decent photograph on a table."""
    sheet = place.wavy(paper.printed(paper.smeared(ink, 0.8), corners, paper.THERMAL), 4, rng)
    sheet = place.on_table(sheet, frame(sheet), 0.03, rng.uniform(-4, 4), rng)
    sheet = camera.lit(sheet, 0.74, 1.0, rng, warmth=rng.uniform(-0.02, 0.05))
    return camera.noisy(camera.blurred(sheet, 0.8), 0.012, rng)


@profile("dim", "hard", dpi=280, quality=70, mode="RGB")
def dim(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A blurred photograph at night: perspective, a shadow, warm uneven light."""
    sheet = paper.curled(paper.printed(paper.smeared(ink, 0.9), corners, paper.THERMAL), rng.uniform(8, 20))
    sheet = place.on_table(sheet, frame(sheet), 0.07, rng.uniform(-9, 9), rng)
    sheet = camera.shaded(camera.lit(sheet, 0.5, 0.95, rng, warmth=0.07), 0.35, rng)
    sheet = camera.blurred(sheet, rng.uniform(1.5, 2.0))
    return camera.noisy(sheet, 0.02, rng)


@profile("crumpled", "hard", dpi=280, quality=70, mode="RGB")
def crumpled(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """Flattened out again and photographed."""
    sheet = paper.printed(paper.smeared(ink, 0.8), corners, paper.THERMAL)
    sheet = paper.creased(paper.crumpled(sheet, 7, rng), 2, rng)
    sheet = place.on_table(sheet, frame(sheet), 0.04, rng.uniform(-6, 6), rng)
    sheet = camera.lit(sheet, 0.62, 1.0, rng, warmth=0.03)
    return camera.noisy(camera.blurred(sheet, 1.0), 0.015, rng)


@profile("shaken", "hard", dpi=280, quality=68, mode="RGB")
def shaken(ink: Plane, corners: Corners, rng: Rng) -> Sheet:
    """A hurried photograph of a fading slip: motion blur and a hard shadow."""
    worn = paper.faded(paper.smeared(ink, 0.8), 0.35, rng)
    sheet = place.wavy(paper.creased(paper.printed(worn, corners, paper.YELLOWED), 2, rng), 7, rng)
    sheet = place.on_table(sheet, frame(sheet), 0.05, rng.uniform(-7, 7), rng)
    sheet = camera.shaded(camera.lit(sheet, 0.6, 0.95, rng), 0.4, rng)
    sheet = camera.shaken(sheet, int(rng.integers(5, 8)), rng.uniform(0, 180))
    return camera.noisy(sheet, 0.022, rng)


def frame(sheet: Sheet) -> tuple[int, int]:
    """Width and height of a portrait photograph that suits the sheet's shape."""
    aspect = np.clip(sheet.width / sheet.height * 1.15, 0.5, 0.8)
    return int(LONG_SIDE * aspect), LONG_SIDE
