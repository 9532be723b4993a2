"""Command line: ``python -m parallax_training.synth samples|vendors|pages|words``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .bulk import write_pages
from .laid_out import write_words
from .samples import write_samples
from .vendors import write_vendors


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m parallax_training.synth", description="Draw synthetic receipts.")
    commands = top.add_subparsers(dest="command", required=True)
    samples = commands.add_parser("samples", help="redraw the fixed sample set")
    samples.add_argument("--out", type=Path, required=True)
    samples.add_argument("--only", help="only samples whose name contains this")
    vendors = commands.add_parser("vendors", help="redraw the receipts of known vendors")
    vendors.add_argument("--out", type=Path, required=True)
    pages = commands.add_parser("pages", help="draw random receipts with labels")
    pages.add_argument("--count", type=int, required=True)
    pages.add_argument("--seed", type=int, default=0)
    pages.add_argument("--out", type=Path, required=True)
    words = commands.add_parser("words", help="lay random receipts out without drawing them: their words only")
    words.add_argument("--count", type=int, required=True)
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--out", type=Path, required=True, help="folder for files.json, as parallax_training.streams writes it")
    return top


def main() -> None:
    args = parser().parse_args()
    if args.command == "samples":
        write_samples(args.out, args.only)
    elif args.command == "vendors":
        write_vendors(args.out)
    elif args.command == "words":
        write_words(args.count, args.seed, args.out)
    else:
        write_pages(args.count, args.seed, args.out)


if __name__ == "__main__":
    main()
