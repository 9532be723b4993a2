"""Command line: ``python -m parallax_training.reader train|export``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .train import train


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m parallax_training.reader", description="Train the reader of lines.")
    commands = top.add_subparsers(dest="command", required=True)
    command = commands.add_parser("train", help="train, or go on with, a run")
    command.add_argument("--config", type=Path, required=True)
    command.add_argument("--run", type=Path, required=True, help="folder of checkpoints and log")
    command = commands.add_parser("export", help="write a run as an ONNX network with its manifest and card, and measure it")
    command.add_argument("--run", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    args = top.parse_args()
    if args.command == "train":
        train(args.config, args.run)
    else:
        from .export import export

        export(args.run, args.out)


if __name__ == "__main__":
    main()
