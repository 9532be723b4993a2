"""Synthetic receipts as labelled words: laid out without drawing, or as an engine read the drawn ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ..synth.bulk import random_recipe
from ..synth.render import corners_of
from ..synth.specimen import lay_out, run_labels
from .align import CURRENCY, NOTHING, Line, Mark, given_words, label_words, to_page
from .example import Example
from .labels import LABELS, of_pointer
from .sroie import centres_of
from .words import of_page, pages_of


def line_of(run: dict[str, Any], size: tuple[float, float]) -> Line:
    """A run of ``labels.json``, its corners in fractions of a page of ``size``."""
    marks = [mark_of(run)] * len(run["text"])
    if run["currency"]:
        start, stop = number_in(run["text"])
        symbol = Mark(CURRENCY, f"currency {run['box']}")
        marks = [m if start <= i < stop else symbol for i, m in enumerate(marks)]
    return Line(run["text"], np.array(run["corners"], dtype=np.float64) / size, marks)


def mark_of(run: dict[str, Any]) -> Mark:
    pointer, announced = run["label"], run.get("announces")
    if pointer:
        record = int(pointer.split("/")[2]) if pointer.startswith("/items/") else -1
        return Mark(LABELS.index(of_pointer(pointer)), pointer, record)
    if announced:
        return Mark(LABELS.index(f"{of_pointer(announced)}_KEY"), f"caption {announced}")
    return Mark(NOTHING)


def number_in(text: str) -> tuple[int, int]:
    """Start and stop of the digits of an amount; what stands around them is its sign and currency."""
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    return digits[0], digits[-1] + 1


def lines_of(page: dict[str, Any]) -> list[Line]:
    size = (page["width"], page["height"])
    return [line_of(run, size) for run in page["runs"] if run["text"].strip()]


def laid_out(seed: int, index: int) -> list[Example]:
    """The pages of random receipt ``index``, as a perfect engine would read them."""
    _, pages = lay_out(random_recipe(seed, index))
    examples = []
    for page in pages:
        runs = [run_labels(run, corners) for run, corners in zip(page.runs, corners_of(page), strict=True)]
        lines = lines_of({"width": page.width, "height": page.height, "runs": runs})
        examples.append(label_words(given_words(lines), lines, centres_of(lines)))
    return examples


def read_examples(labels: Path, words: Path) -> list[Example]:
    """Labelled words of an engine's reading of a drawn receipt's first page; none if it has not been read."""
    if not (labels.exists() and words.exists()):
        return []
    pages = zip(json.loads(labels.read_text())["pages"], pages_of(words), strict=False)
    return [read_page(lines_of(truth), page) for truth, page in pages if sum(map(len, page["rows"])) > 3]


def read_page(lines: list[Line], page: dict[str, Any]) -> Example:
    return label_words(of_page(page), lines, to_page(page, centres_of(lines)))
