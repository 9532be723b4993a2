"""Where the paper lies: on a scanner's glass, on a white A4 sheet, or on a table."""

from __future__ import annotations

import cv2
import numpy as np

from .sheet import Image, Matrix, Sheet
from .textures import SURFACES, Rng, soft_noise

A4_MM = (210, 297)


def turned(sheet: Sheet, degrees: float, margin: int, ground: tuple[float, float, float]) -> Sheet:
    """The sheet rotated about its middle, on a ground that leaves ``margin`` pixels around."""
    angle = np.radians(degrees)
    cos, sin = abs(np.cos(angle)), abs(np.sin(angle))
    width = int(sheet.width * cos + sheet.height * sin) + 2 * margin
    height = int(sheet.width * sin + sheet.height * cos) + 2 * margin
    matrix = rotation(sheet, degrees, (width / 2, height / 2))
    return sheet.projected(matrix, np.full((height, width, 3), ground, np.float32))


def rotation(sheet: Sheet, degrees: float, centre: tuple[float, float]) -> Matrix:
    """Rotate about the sheet's middle, then move the middle to ``centre``."""
    middle = (sheet.width / 2, sheet.height / 2)
    affine = np.vstack([cv2.getRotationMatrix2D(middle, degrees, 1), [0, 0, 1]])
    affine[:2, 2] += np.array(centre) - middle
    return affine


def on_a4(sheet: Sheet, dpi: float, degrees: float, rng: Rng) -> Sheet:
    """A small receipt copied on a white A4 page, its edge a faint shadow."""
    width, height = (round(side * dpi / 25.4) for side in A4_MM)
    height = max(height, sheet.height + 80)
    slack_x, slack_y = (width - sheet.width) / 2, (height - sheet.height) / 2
    shift = (rng.uniform(-0.5, 0.5) * slack_x, rng.uniform(-0.8, -0.1) * slack_y)
    matrix = rotation(sheet, degrees, (width / 2 + shift[0], height / 2 + shift[1]))
    page = np.full((height, width, 3), 0.985, np.float32)
    shadow = cast_shadow(sheet, matrix, page, offset=3, blur=3, strength=0.22)
    return sheet.projected(matrix, shadow)


def on_table(sheet: Sheet, size: tuple[int, int], tilt: float, degrees: float, rng: Rng) -> Sheet:
    """A photograph from above: ``size`` (width, height) pixels, ``tilt`` the strength of perspective."""
    width, height = size
    surface = SURFACES[rng.integers(len(SURFACES))](height, width, rng)
    matrix = view(sheet, size, tilt, degrees, rng)
    return sheet.projected(matrix, cast_shadow(sheet, matrix, surface, offset=9, blur=11, strength=0.5))


def view(sheet: Sheet, size: tuple[int, int], tilt: float, degrees: float, rng: Rng) -> Matrix:
    """A homography that fits the whole sheet, turned and tilted, inside the frame."""
    width, height = size
    w, h = sheet.width, sheet.height
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64)
    jitter = rng.uniform(-tilt, tilt, (4, 2)) * min(w, h)
    angle = np.radians(degrees)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = (source + jitter - (w / 2, h / 2)) @ spin.T
    spread = target.max(axis=0) - target.min(axis=0)
    scale = 0.9 * min(width / spread[0], height / spread[1])
    target = (target - (target.max(axis=0) + target.min(axis=0)) / 2) * scale + (width / 2, height / 2)
    return cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))


def cast_shadow(sheet: Sheet, matrix: Matrix, ground: Image, offset: int, blur: float, strength: float) -> Image:
    """``ground`` darkened under and beside the sheet."""
    size = (ground.shape[1], ground.shape[0])
    mask = cv2.warpPerspective(np.ones((sheet.height, sheet.width), np.float32), matrix, size)
    mask = cv2.GaussianBlur(np.roll(mask, (offset, offset), (0, 1)), (0, 0), blur)
    return ground * (1 - strength * mask[..., None])


def wavy(sheet: Sheet, depth: float, rng: Rng) -> Sheet:
    """Slow waves, up to ``depth`` pixels, as loose paper lies on a table."""
    grain = sheet.width / 1.6
    waves = [depth * soft_noise(sheet.height, sheet.width, grain, rng) for _ in range(2)]
    return sheet.displaced(waves[0] * 0.5, waves[1])
