"""Random receipts as their words, laid out without drawing, in the shape in which ``parallax_training.streams`` writes its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .bulk import WHOLE_PAGE, random_recipe
from .render import corners_of
from .specimen import lay_out, run_labels


def words_of(text: str, box: list[float], size: tuple[float, float]) -> list[dict[str, Any]]:
    """The words of a run, as wide as their letters are many; boxes in fractions of a page of ``size``."""
    left, top, right, bottom = box
    each = (right - left) / max(1, len(text))
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        edges = (left + each * start, top, left + each * at, bottom)
        words.append({"text": word, "box": [round(edge / size[i % 2], 5) for i, edge in enumerate(edges)]})
    return words


def laid_out_file(seed: int, index: int) -> dict[str, Any]:
    """Receipt ``index`` of ``seed``; on whole sheets its kind is that of its layout."""
    recipe = random_recipe(seed, index)
    _, laid = lay_out(recipe)
    pages = []
    for page in laid:
        runs = [run_labels(run, corners) for run, corners in zip(page.runs, corners_of(page), strict=True)]
        words = [word for run in runs for word in words_of(run["text"], run["box"], (page.width, page.height))]
        pages.append({"picture": "", "width": round(page.width), "height": round(page.height), "words": words})
    kind = f"receipt as {recipe.layout}" if recipe.layout in WHOLE_PAGE else "receipt"
    part = {"kind": kind, "pages": list(range(1, len(pages) + 1)), "region": None}
    return {"name": f"{index:06}", "pages": pages, "parts": [part]}


def write_words(count: int, seed: int, out: Path) -> None:
    """``files.json`` with receipts 0 to ``count`` of ``seed``."""
    out.mkdir(parents=True, exist_ok=True)
    files = [laid_out_file(seed, index) for index in range(count)]
    (out / "files.json").write_text(json.dumps({"seed": seed, "files": files}, ensure_ascii=False) + "\n", encoding="utf-8")
