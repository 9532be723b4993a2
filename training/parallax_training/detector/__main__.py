"""Command line: ``python -m parallax_training.detector``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .export import Sources, export


def main() -> None:
    command = argparse.ArgumentParser(prog="python -m parallax_training.detector", description="Write the detector of lines, and measure it.")
    command.add_argument("--wheel", type=Path, required=True, help="RapidOCR's wheel, which holds the network")
    command.add_argument("--receipts", type=Path, required=True, help="SROIE: images/, truth/, boxes/, splits.json")
    command.add_argument("--pages", type=Path, required=True, help="its pictures as scripts/write-pages.ts writes them")
    command.add_argument("--out", type=Path, required=True, help="folder of the model, whose last part is the version")
    args = command.parse_args()
    export(Sources(args.wheel, args.receipts, args.pages), args.out)


if __name__ == "__main__":
    main()
