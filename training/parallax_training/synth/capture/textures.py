"""Procedural textures: soft noise, paper, and the surfaces receipts are photographed on."""

from __future__ import annotations

import cv2
import numpy as np

from .sheet import Image, Plane

Rng = np.random.Generator

WOODS = ((0.45, 0.30, 0.18), (0.62, 0.47, 0.32), (0.30, 0.20, 0.14), (0.72, 0.60, 0.45))
STONES = ((0.32, 0.33, 0.35), (0.55, 0.54, 0.52), (0.16, 0.17, 0.19))
CLOTHS = ((0.20, 0.27, 0.38), (0.42, 0.18, 0.18), (0.28, 0.34, 0.28))


def soft_noise(height: int, width: int, grain: float, rng: Rng) -> Plane:
    """Smooth noise in about -1 to 1 whose features are ``grain`` pixels across."""
    rows, columns = max(2, int(height / grain) + 2), max(2, int(width / grain) + 2)
    small = rng.uniform(-1, 1, (rows, columns)).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def wood(height: int, width: int, rng: Rng) -> Image:
    """Long grain along the width, with a few board seams."""
    colour = np.array(WOODS[rng.integers(len(WOODS))], np.float32)
    bend = soft_noise(height, width, 700, rng) * 26
    rows = np.arange(height, dtype=np.float32)[:, None] + bend
    lines = soft_noise(height, 8, 7, rng)[:, 4]
    grain = np.interp(rows, np.arange(height), lines).astype(np.float32)
    fine = cv2.resize(rng.normal(0, 1, (height, width // 40 + 2)).astype(np.float32), (width, height))
    tone = 1 + 0.13 * grain + 0.035 * fine
    for seam in rng.integers(0, height, 3):
        tone[seam : seam + 4] *= 0.6
    return np.clip(tone[..., None] * colour, 0, 1)


def stone(height: int, width: int, rng: Rng) -> Image:
    """Speckled stone or laminate."""
    colour = np.array(STONES[rng.integers(len(STONES))], np.float32)
    tone = 1 + 0.10 * soft_noise(height, width, 5, rng) + 0.08 * soft_noise(height, width, 180, rng)
    return np.clip(tone[..., None] * colour, 0, 1)


def cloth(height: int, width: int, rng: Rng) -> Image:
    """A plain weave."""
    colour = np.array(CLOTHS[rng.integers(len(CLOTHS))], np.float32)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    weave = np.sin(xs * 0.9) * np.sin(ys * 0.9)
    tone = 1 + 0.10 * weave + 0.07 * soft_noise(height, width, 120, rng)
    return np.clip(tone[..., None] * colour, 0, 1)


SURFACES = (wood, stone, cloth)
