"""Receipts as a worse capture would show them: what is read on them errs as readers do on receipts that they have not learnt from."""

from __future__ import annotations

from pathlib import Path
from random import Random

import cv2

from ..dense.augment import Grey, spoil
from ..pictures import grey_of
from .sroie import stems

COARSEST = 0.5  # of a side's pixels
COARSE = 0.6  # how often a picture is made coarser
SHARED = ("truth", "boxes", "splits.json")


def write_worse(receipts: Path, out: Path, seed: int) -> None:
    """A folder like ``receipts`` (SROIE) with the images of its train split spoilt, at their size; what is said of them is linked."""
    (out / "images").mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        if not (out / name).exists():
            (out / name).symlink_to((receipts / name).resolve())
    for stem in stems(receipts):
        target = out / "images" / f"{stem}.jpg"
        if not target.exists():
            image = worse(grey_of(receipts / "images" / f"{stem}.jpg"), Random(f"{seed}/{stem}"))
            cv2.imwrite(str(target), image, [cv2.IMWRITE_JPEG_QUALITY, 85])


def worse(image: Grey, rng: Random) -> Grey:
    """Coarser, mostly, and spoilt, at the same size."""
    height, width = image.shape
    if rng.random() < COARSE:
        share = rng.uniform(COARSEST, 0.9)
        coarse = cv2.resize(image, (max(1, round(width * share)), max(1, round(height * share))), interpolation=cv2.INTER_AREA)
        return cv2.resize(spoil(coarse, rng), (width, height), interpolation=cv2.INTER_LINEAR)
    return spoil(image, rng)
