"""Command line: ``python -m parallax_training.specimens --out ../samples``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

from ..streams.draw import frame_of, scanned
from ..streams.paper import Paper
from .forms import LAYOUTS, form
from .statements import BANKS, statement

LANGUAGES = ("en", "de", "fr", "es")
QUALITY = 60


def write(folder: Path, paper: Paper, truth: dict[str, Any], seed: str) -> None:
    """``page.jpg`` and ``truth.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"{seed}/draw")
    scanned(paper, frame_of(paper, rng), rng).save(folder / "page.jpg", quality=QUALITY)
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m parallax_training.specimens", description="Draw the samples of bank statements and forms.")
    top.add_argument("--out", type=Path, required=True)
    top.add_argument("--rounds", type=int, default=1, help="of all layouts in all languages; more than one for measuring on others than the samples")
    top.add_argument("--seed", type=int, default=0)
    args = top.parse_args()
    for turn in range(args.rounds):
        for i, language in enumerate(LANGUAGES):
            for n in range(len(BANKS) if args.rounds > 1 else 1):
                bank = (i + n + turn) % len(BANKS)
                seed = f"statement/{args.seed}/{turn}/{language}/{bank}"
                write(args.out / "bank-statement" / f"{language}-{turn * len(BANKS) + bank + 1}", *statement(language, BANKS[bank], seed), seed)
            for n in range(len(LAYOUTS) if args.rounds > 1 else int(i < len(LAYOUTS))):
                layout = LAYOUTS[(i + n + turn) % len(LAYOUTS)]
                seed = f"form/{args.seed}/{turn}/{language}/{layout}"
                write(args.out / "form" / f"{language}-{layout}{turn or ''}", *form(language, layout, seed), seed)


if __name__ == "__main__":
    main()
