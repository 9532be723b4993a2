"""Writing specimens to disk: images, truth and labels."""

from __future__ import annotations

import json
from pathlib import Path
from time import gmtime
from typing import Any

import numpy as np
from PIL import Image

from .capture import Sheet
from .specimen import Specimen

EPOCH = gmtime(0)  # PDF files carry a date; a fixed one keeps them reproducible


def write_specimen(specimen: Specimen, folder: Path, form: str = "jpg", labels: bool = False) -> None:
    """``page.<form>`` and ``truth.json`` in ``folder``, and ``labels.json`` if asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    mode = specimen.profile.mode
    if mode == "1" and form in ("jpg", "pdf"):
        mode = "L"  # JPEG has no black and white
    images = [pixels(sheet, mode) for sheet in specimen.sheets]
    write_images(images, folder, form, specimen.profile.quality, specimen.profile.dpi)
    write_json(specimen.truth, folder / "truth.json")
    if labels:
        write_json(specimen.labels, folder / "labels.json", indent=None)


def pixels(sheet: Sheet, mode: str) -> Image.Image:
    """The sheet as an image of a Pillow mode."""
    image = Image.fromarray((np.clip(sheet.image, 0, 1) * 255 + 0.5).astype(np.uint8))
    return image.convert(mode)


def write_images(images: list[Image.Image], folder: Path, form: str, quality: int, dpi: int) -> None:
    """One file for all pages where the form allows it, else ``page.jpg``, ``page-2.jpg`` ..."""
    first, *rest = images
    resolution = (dpi, dpi)
    path = folder / f"page.{form}"
    if form == "tif":
        first.save(path, save_all=True, append_images=rest, compression="tiff_adobe_deflate", dpi=resolution)
    elif form == "pdf":
        first.save(path, save_all=True, append_images=rest, resolution=dpi, quality=quality, creationDate=EPOCH, modDate=EPOCH)
    else:
        for number, image in enumerate(images, 1):
            name = f"page.{form}" if number == 1 else f"page-{number}.{form}"
            image.save(folder / name, quality=quality, optimize=True, dpi=resolution)


def write_json(value: dict[str, Any], path: Path, indent: int | None = 2) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
