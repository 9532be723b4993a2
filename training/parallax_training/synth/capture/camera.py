"""What light, lens and sensor do to a picture; none of these move a box."""

from __future__ import annotations

import cv2
import numpy as np

from .sheet import Sheet
from .textures import Rng, soft_noise


def lit(sheet: Sheet, low: float, high: float, rng: Rng, warmth: float = 0.0) -> Sheet:
    """Light falling from ``high`` at one side to ``low`` at the other, warm or cold."""
    ys, xs = np.mgrid[0 : sheet.height, 0 : sheet.width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * xs / sheet.width + np.sin(angle) * ys / sheet.height
    along = (along - along.min()) / (np.ptp(along) + 1e-9)
    tint = np.array([1 + warmth, 1, 1 - warmth], np.float32)
    light = (low + (high - low) * along)[..., None] * tint
    return sheet.with_image(np.clip(sheet.image * light, 0, 1))


def shaded(sheet: Sheet, strength: float, rng: Rng) -> Sheet:
    """The soft shadow of a hand or phone over a part of the picture."""
    ys, xs = np.mgrid[0 : sheet.height, 0 : sheet.width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    edge = np.cos(angle) * (xs / sheet.width - 0.5) + np.sin(angle) * (ys / sheet.height - 0.5)
    edge += 0.06 * soft_noise(sheet.height, sheet.width, sheet.width / 2.5, rng) + rng.uniform(-0.12, 0.12)
    shadow = 1 / (1 + np.exp(-edge / 0.035))
    return sheet.with_image(sheet.image * (1 - strength * shadow[..., None]))


def blurred(sheet: Sheet, sigma: float) -> Sheet:
    """Out of focus by ``sigma`` pixels."""
    return sheet.with_image(cv2.GaussianBlur(sheet.image, (0, 0), sigma))


def shaken(sheet: Sheet, length: int, degrees: float) -> Sheet:
    """Motion blur over ``length`` pixels."""
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), degrees, 1)
    kernel = cv2.warpAffine(kernel, turn, (length, length))
    return sheet.with_image(cv2.filter2D(sheet.image, -1, kernel / kernel.sum()))


def noisy(sheet: Sheet, sigma: float, rng: Rng, colour: bool = False) -> Sheet:
    """Sensor noise of standard deviation ``sigma`` (image range 0 to 1)."""
    channels = 3 if colour else 1
    noise = rng.standard_normal((sheet.height, sheet.width, channels), np.float32) * sigma
    return sheet.with_image(np.clip(sheet.image + noise, 0, 1))


def contrasted(sheet: Sheet, black: float, white: float) -> Sheet:
    """Levels squeezed into ``black`` to ``white``."""
    return sheet.with_image(black + sheet.image * (white - black))


def bilevel(sheet: Sheet, threshold: float) -> Sheet:
    """Pure black and white, as a fax or an old document scanner stores it."""
    grey = sheet.image.mean(axis=2, keepdims=True)
    return sheet.with_image(np.repeat((grey > threshold).astype(np.float32), 3, axis=2))
