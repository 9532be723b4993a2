"""The lines that the model learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..synth.bulk import random_recipe
from ..synth.specimen import lay_out


def transcript_lines(root: Path) -> Iterator[str]:
    """Lines of the training split of a folder of SROIE receipts."""
    for stem in json.loads((root / "splits.json").read_text())["train"]:
        page = json.loads((root / "boxes" / f"{stem}.json").read_text())
        yield from (line["text"] for line in page["lines"])


def synthetic_lines(count: int, seed: int) -> Iterator[str]:
    """The texts of ``count`` laid out receipts of many countries."""
    for index in range(count):
        _, pages = lay_out(random_recipe(seed, index))
        yield from (run.text for page in pages for run in page.runs if any(map(str.isalnum, run.text)))
