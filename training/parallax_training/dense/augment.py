"""Other pictures of the same page: bent, blurred, faded, dirtied."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ..tagger.words import Floats
from .pages import Page
from .segments import Segment

Grey = NDArray[np.uint8]


def augment(page: Page, rng: Random) -> tuple[Grey, list[Segment]]:
    """A picture about as large as the page is read, and its segments."""
    kept, scale = page.kept
    affine, size = random_affine(kept.shape[1], kept.shape[0], scale, rng)
    image = cv2.warpAffine(kept, affine, size, flags=cv2.INTER_LINEAR, borderValue=255)
    segments = [segment.moved(affine) for segment in page.segments]
    return spoil(image, rng), [s for s in segments if stands_inside(s, size)]


def plain(page: Page) -> tuple[Grey, list[Segment]]:
    """The picture as it is read, nothing changed."""
    kept, scale = page.kept
    size = (max(1, round(kept.shape[1] * scale)), max(1, round(kept.shape[0] * scale)))
    image = cv2.resize(kept, size, interpolation=cv2.INTER_AREA)
    affine = np.diag([size[0] / kept.shape[1], size[1] / kept.shape[0], 1])[:2]
    return image, [segment.moved(affine) for segment in page.segments]


def random_affine(width: int, height: int, scale: float, rng: Random) -> tuple[Floats, tuple[int, int]]:
    """A map [2, 3] into a picture of the size that comes with it."""
    across = scale * np.exp(rng.gauss(0, 0.1)).clip(0.8, 1.25)
    down = across * np.exp(rng.gauss(0, 0.06)).clip(0.85, 1.15)
    angle, shear = np.deg2rad(rng.gauss(0, 0.5)), rng.gauss(0, 0.03)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.array([[1, shear], [0, 1]]) @ np.diag([across, down])
    left, top, right, bottom = (rng.choice((0, 0, 1)) * rng.uniform(0, 24) for _ in range(4))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) @ linear.T
    low, high = np.subtract(corners.min(axis=0), (left, top)), np.add(corners.max(axis=0), (right, bottom))
    return np.c_[linear, -low], (int(high[0] - low[0]), int(high[1] - low[1]))


def stands_inside(segment: Segment, size: tuple[int, int]) -> bool:
    return all(0 <= v < s for p in (segment.start, segment.end) for v, s in zip(p, size, strict=True))


def spoil(image: Grey, rng: Random) -> Grey:
    """Ink thicker or thinner, soft, grainy, pale, compressed; each now and then."""
    if rng.random() < 0.25:
        kernel = np.ones(rng.choice(((2, 1), (1, 2), (2, 2))), np.uint8)
        image = (cv2.erode if rng.random() < 0.6 else cv2.dilate)(image, kernel)
    if rng.random() < 0.35:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.1))
    values: NDArray[Any] = image.astype(np.float32)
    if rng.random() < 0.5:
        coarse = grain((image.shape[0] // 24 + 2, image.shape[1] // 24 + 2), rng)
        patches = cv2.resize(coarse, image.shape[::-1], interpolation=cv2.INTER_CUBIC)
        values = 255 - (255 - values) * np.clip(1 - 0.25 * np.abs(patches), 0.3, 1)
    if rng.random() < 0.5:
        values += grain(image.shape, rng) * rng.uniform(2, 16)
    if rng.random() < 0.5:
        values = 255 * np.clip(values / 255, 0, 1) ** rng.uniform(0.6, 1.6)
    if rng.random() < 0.3:
        values = 255 - (255 - values) * rng.uniform(0.45, 1)
    image = np.clip(values, 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 80)])[1]
        image = np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)
    return image


@cache
def much_grain() -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal((4096, 3072), dtype=np.float32)


def grain(shape: tuple[int, ...], rng: Random) -> NDArray[np.float32]:
    """Normal noise of a picture's shape: a random part of a large piece, which costs less than fresh noise."""
    whole = much_grain()
    if shape[0] > whole.shape[0] or shape[1] > whole.shape[1]:
        whole = np.tile(whole, (shape[0] // whole.shape[0] + 1, shape[1] // whole.shape[1] + 1))
    top, left = (rng.randrange(max(1, a - b)) for a, b in zip(whole.shape, shape, strict=True))
    return whole[top : top + shape[0], left : left + shape[1]]
