"""``python -m parallax_training.characters --receipts SROIE --out ../models/receipt-characters/1``"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from itertools import chain
from pathlib import Path

from .arpa import arpa
from .ngrams import Grams, estimate
from .texts import synthetic_lines, transcript_lines

NAME = "receipt-characters"
FILE = "model.arpa.gz"

CARD = """# {name}, version {version}

A character {order}-gram model of lines on receipts, as an ARPA file (`▁` is a space, `0` any digit): {grams:,} n-grams,
Witten–Bell smoothing. PP-OCR weighs it against what its network saw, which mends spaces and single letters.

- **Trained on** {lines:,} lines: the transcripts of the training split of SROIE, and the texts of {synthetic:,} synthetic
  receipts of many countries drawn by this project; each line also, weighed a quarter, in upper, lower and title case.
- **Limits.** It knows receipts in English and Malay best, and no script but Latin. It cannot know a name: where the
  picture leaves a letter open, it prefers the usual one. It knows no number: all digits are one character to it.
- **Credit.** Huang et al., ICDAR 2019 Competition on Scanned Receipt OCR and Information Extraction (SROIE), CC BY 4.0.
- **Licence** of the model: Apache-2.0.
"""


def write(out: Path, grams: Grams, order: int, lines: int, synthetic: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    content = gzip.compress("\n".join(arpa(grams)).encode(), mtime=0)
    (out / FILE).write_bytes(content)
    about = {"name": NAME, "version": out.name, "order": order, "lines": lines}
    files = {FILE: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}}
    manifest = {**about, "task": "character-language-model", "license": "Apache-2.0", "files": files}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    (out / "card.md").write_text(CARD.format(**about, grams=len(grams), synthetic=synthetic))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m parallax_training.characters")
    parser.add_argument("--receipts", type=Path, required=True, help="folder with splits.json and boxes/")
    parser.add_argument("--synthetic", type=int, default=1000, help="synthetic receipts beside them")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--order", type=int, default=6)
    parser.add_argument("--out", type=Path, required=True, help="model folder; its last part is the version")
    args = parser.parse_args()
    lines = list(chain(transcript_lines(args.receipts), synthetic_lines(args.synthetic, args.seed)))
    write(args.out, estimate(lines, args.order), args.order, len(lines), args.synthetic)


if __name__ == "__main__":
    main()
