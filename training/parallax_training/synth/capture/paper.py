"""The print itself: ink on paper, its wear, and the shape the paper has taken."""

from __future__ import annotations

import cv2
import numpy as np

from .sheet import Corners, Plane, Sheet
from .textures import Rng, soft_noise

WHITE = (0.985, 0.985, 0.98)
THERMAL = (0.965, 0.965, 0.95)
YELLOWED = (0.95, 0.92, 0.82)
BLACK = (0.07, 0.07, 0.08)
VIOLET = (0.30, 0.26, 0.42)


def printed(
    ink: Plane, corners: Corners, paper: tuple[float, ...] = WHITE, colour: tuple[float, ...] = BLACK
) -> Sheet:
    """Ink of one colour on paper of another."""
    cover = ink[..., None]
    image = np.array(paper, np.float32) * (1 - cover) + np.array(colour, np.float32) * cover
    return Sheet(image.astype(np.float32), corners)


def dotted(ink: Plane, pitch: float = 2.6) -> Plane:
    """Ink as a grid of pins would leave it, ``pitch`` pixels apart."""
    ys, xs = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]].astype(np.float32)
    pins = 0.62 + 0.38 * np.cos(xs * 2 * np.pi / pitch) * np.cos(ys * 2 * np.pi / pitch)
    return np.clip(cv2.GaussianBlur(ink, (0, 0), 0.6) * pins * 1.15, 0, 1)


def faded(ink: Plane, depth: float, rng: Rng) -> Plane:
    """Ink that has paled unevenly; ``depth`` 0 is fresh, 1 would be gone."""
    patches = 0.5 + 0.5 * soft_noise(ink.shape[0], ink.shape[1], ink.shape[1] / 3, rng)
    return ink * np.clip(1 - depth * (0.75 + 0.35 * patches), 0.16, 1)


def streaked(ink: Plane, count: int, rng: Rng) -> Plane:
    """Thin white columns where elements of the print head are dead."""
    worn = ink.copy()
    for x in rng.integers(0, ink.shape[1], count):
        worn[:, x : x + rng.integers(1, 3)] *= 0.25
    return worn


def smeared(ink: Plane, sigma: float) -> Plane:
    """Ink with soft edges, as a low-resolution head prints it."""
    return cv2.GaussianBlur(ink, (0, 0), sigma)


def creased(sheet: Sheet, count: int, rng: Rng) -> Sheet:
    """A few straight folds: a bright and a dark side along each."""
    ys, xs = np.mgrid[0 : sheet.height, 0 : sheet.width].astype(np.float32)
    shade = np.ones((sheet.height, sheet.width), np.float32)
    for _ in range(count):
        angle = rng.normal(0, 0.15) + rng.choice([0, np.pi / 2], p=[0.35, 0.65])
        along = np.cos(angle) * (xs - rng.uniform(0.25, 0.75) * sheet.width)
        distance = along + np.sin(angle) * (ys - rng.uniform(0.15, 0.85) * sheet.height)
        side = np.tanh(distance / 3) * np.exp(-np.abs(distance) / (0.12 * sheet.width))
        shade *= 1 + rng.uniform(0.05, 0.12) * side
    return sheet.with_image(np.clip(sheet.image * shade[..., None], 0, 1))


def crumpled(sheet: Sheet, depth: float, rng: Rng) -> Sheet:
    """Paper flattened after crumpling: facets of light, text pushed by up to ``depth`` pixels."""
    relief = facets(sheet.height, sheet.width, rng)
    slope_y, slope_x = (np.asarray(slope, np.float32) for slope in np.gradient(relief))
    moved = sheet.displaced((depth * normed(slope_x)).astype(np.float32), (depth * normed(slope_y)).astype(np.float32))
    light = 1 + 0.16 * normed(slope_x + 0.7 * slope_y)
    return moved.with_image(np.clip(moved.image * light[..., None], 0, 1))


def facets(height: int, width: int, rng: Rng) -> Plane:
    """A relief of flat facets meeting at sharp ridges: the maximum of random tilted planes."""
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32) / width
    relief = np.zeros((height, width), np.float32)
    for _ in range(3):
        planes = [a * xs + b * ys + c for a, b, c in rng.uniform(-1, 1, (7, 3)).astype(np.float32)]
        relief += np.maximum.reduce(planes)
    relief = cv2.GaussianBlur(relief, (0, 0), width / 90)
    return relief + 0.05 * soft_noise(height, width, width / 6, rng)


def normed(plane: Plane) -> Plane:
    """Centred, and scaled so that nearly all of it lies in -1 to 1."""
    plane = plane - plane.mean()
    return np.clip(plane / (2 * plane.std() + 1e-9), -1, 1)


def curled(sheet: Sheet, depth: float) -> Sheet:
    """Lines bent into an arc of ``depth`` pixels, as roll paper keeps its curl."""
    arc = depth * (1 - np.square(np.linspace(-1, 1, sheet.width, dtype=np.float32)))
    dy = np.broadcast_to(arc, (sheet.height, sheet.width)).astype(np.float32)
    return sheet.displaced(np.zeros_like(dy), dy - depth / 2)
