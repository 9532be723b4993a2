"""Command line: ``python -m parallax_training.dense train|plot|fine-tune|export``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .export import export
from .fine_tune import fine_tune
from .train import train


def main() -> None:
    top = argparse.ArgumentParser(prog="python -m parallax_training.dense", description="Train the direct model.")
    commands = top.add_subparsers(dest="command", required=True)
    command = commands.add_parser("train", help="train, or go on with, a run")
    command.add_argument("--config", type=Path, required=True)
    command.add_argument("--run", type=Path, required=True, help="folder of checkpoints and log")
    command = commands.add_parser("export", help="write a run as ONNX networks with their manifest and card")
    command.add_argument("--run", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--metrics", type=Path, nargs="*", default=[], help="reports to state")
    command = commands.add_parser("plot", help="draw the course of a run")
    command.add_argument("--run", type=Path, required=True)
    command = commands.add_parser("fine-tune", help="teach a published model your own images with their JSON")
    command.add_argument("--pairs", type=Path, required=True, help="folder of images with a metadata.jsonl")
    command.add_argument("--model", type=Path, required=True, help="the model folder to begin with")
    command.add_argument("--out", type=Path, required=True, help="the model folder to write")
    command.add_argument("--steps", type=int, default=300, help="of four pages")
    args = top.parse_args()
    if args.command == "train":
        train(args.config, args.run)
    elif args.command == "plot":
        from .plot import plot

        print(plot(args.run))
    elif args.command == "fine-tune":
        fine_tune(args.pairs, args.model, args.out, args.steps)
    else:
        export(args.run, args.out, args.metrics)


if __name__ == "__main__":
    main()
