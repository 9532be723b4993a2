"""Command line: ``python -m parallax_training.decoder tokens|train|evaluate``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m parallax_training.decoder", description="Train the decoder over what is read.")
    commands = top.add_subparsers(dest="command", required=True)
    command = commands.add_parser("tokens", help="read all pages with a trained dense run, or go on with it")
    command.add_argument("--run", type=Path, required=True, help="folder of the dense run")
    command.add_argument("--config", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--threads", type=int, default=2)
    command.add_argument("--limit", type=int, help="pages of each kind")
    command = commands.add_parser("train", help="train, or go on with, a run")
    command.add_argument("--config", type=Path, required=True)
    command.add_argument("--run", type=Path, required=True, help="folder of checkpoints and log")
    command = commands.add_parser("evaluate", help="score a run on what it has not seen")
    command.add_argument("--run", type=Path, required=True)
    command.add_argument("--tagger", type=Path, help="a run of the tagger, to be scored on the same readings")
    command.add_argument("--predictions", type=Path, help="file for the fields found on held-out receipts")
    return top


def main() -> None:
    args = parser().parse_args()
    if args.command == "tokens":
        from .dump import dump

        dump(args.config, args.run, args.out, args.threads, args.limit)
    elif args.command == "train":
        from .train import train

        train(args.config, args.run)
    else:
        from .evaluate import evaluate

        report = evaluate(args.run, args.tagger, args.predictions)
        (args.run / "metrics.json").write_text(json.dumps(report, indent=2) + "\n")
        print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
