"""Command line: ``python -m parallax_training.streams``: draws files of one document or several."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

from .draw import frame_of, scanned
from .files import File, file

QUALITY = 80


def write_file(made: File, seed: int, number: int, out: Path, pictures: bool) -> dict[str, Any]:
    """``NAME-PAGE.jpg`` for every page where pictures are wanted, and what a reader of ``files.json`` has to know of it."""
    rng = Random(f"streams/{seed}/{number}/draw")
    pages = []
    frames = [frame_of(paper, rng) for paper in made.pages]
    for i, (paper, frame) in enumerate(zip(made.pages, frames, strict=True)):
        picture = f"{made.name}-{i + 1}.jpg"
        if pictures:
            scanned(paper, frame, rng).save(out / picture, quality=QUALITY)
        words = [{"text": text, "box": rounded(frame.place(box))} for text, box in zip(paper.texts, paper.boxes, strict=True)]
        pages.append({"picture": picture, "width": frame.width, "height": frame.height, "words": words})
    parts = [
        {"kind": part.kind, "pages": [page + 1 for page in part.pages], "region": part.region and rounded(frames[part.pages[0]].place(part.region))}
        for part in made.parts
    ]
    return {"name": made.name, "pages": pages, "parts": parts}


def rounded(box: tuple[float, float, float, float]) -> list[float]:
    return [round(edge, 5) for edge in box]


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m parallax_training.streams", description="Draw files of one document or several.")
    top.add_argument("--count", type=int, required=True)
    top.add_argument("--seed", type=int, default=0)
    top.add_argument("--words-only", action="store_true", help="no pictures, as if all files had text layers")
    top.add_argument("--out", type=Path, required=True, help="folder for files.json (words as printed, and which pages belong together) and pictures")
    args = top.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    made = [write_file(file(args.seed, number), args.seed, number, args.out, not args.words_only) for number in range(args.count)]
    (args.out / "files.json").write_text(json.dumps({"seed": args.seed, "files": made}, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
