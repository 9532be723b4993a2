"""Made-up pages as files of one page each, in the shape in which ``parallax_training.streams`` writes its own."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from .noise import Written, rates, spoil
from .pages import page

PIXELS = 25  # a usual letter's height, on the page as it is said to be scanned
SHAPE = 1.414  # height by width of what is not a slip
SLIP = 34  # letters' heights across, up to which a page is as long as its print


def written_page(seed: int, number: int) -> dict[str, Any]:
    """A file of one page with its words, misread as readers do, and its kind."""
    made = page(seed, number)
    read = spoil(Written(made.sheet.texts, made.sheet.boxes, made.sheet.segments), frozenset(), rates(rng := Random(f"{seed}/{number}/read")), rng)
    right = max((box[2] for box in read.boxes), default=1.0)
    bottom = max((box[3] for box in read.boxes), default=1.0)
    width = max(made.sheet.width, right) * 1.05
    height = bottom * 1.05 if made.sheet.width <= SLIP else max(bottom * 1.05, width * SHAPE)
    words = [
        {"text": text, "box": [round(share, 5) for share in (box[0] / width, box[1] / height, box[2] / width, box[3] / height)]}
        for text, box in zip(read.texts, read.boxes, strict=True)
    ]
    shown = {"picture": "", "width": round(width * PIXELS), "height": round(height * PIXELS), "words": words}
    return {"name": f"{number:05}", "pages": [shown], "parts": [{"kind": made.kind, "pages": [1], "region": None}]}


def write_pages(seed: int, count: int, out: Path) -> None:
    """``files.json`` with pages 0 to ``count`` of ``seed``."""
    out.mkdir(parents=True, exist_ok=True)
    files = [written_page(seed, number) for number in range(count)]
    (out / "files.json").write_text(json.dumps({"seed": seed, "files": files}, ensure_ascii=False) + "\n", encoding="utf-8")
