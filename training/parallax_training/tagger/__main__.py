"""Command line: ``python -m parallax_training.tagger train|evaluate|export|fold|worse``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m parallax_training.tagger", description="Train the receipt tagger.")
    commands = top.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train, or go on with, a run")
    train.add_argument("--config", type=Path, required=True)
    train.add_argument("--run", type=Path, required=True, help="folder of checkpoints and log")
    evaluate = commands.add_parser("evaluate", help="score a run on what it has not seen")
    evaluate.add_argument("--run", type=Path, required=True)
    evaluate.add_argument("--predictions", type=Path, help="folder for the fields read on held-out receipts")
    export = commands.add_parser("export", help="write a run as an ONNX model with its manifest and card")
    export.add_argument("--run", type=Path, required=True)
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--metrics", type=Path, nargs="*", default=[], help="reports of evaluate to state")
    fold = commands.add_parser("fold", help="print the receipts of a fold, whose merchants are in no other, one a line")
    fold.add_argument("--receipts", type=Path, required=True, help="folder of SROIE")
    fold.add_argument("--folds", type=int, default=4)
    fold.add_argument("--fold", type=int, default=0)
    worse = commands.add_parser("worse", help="write the receipts as worse captures would show them")
    worse.add_argument("--receipts", type=Path, required=True, help="folder of SROIE")
    worse.add_argument("--out", type=Path, required=True)
    worse.add_argument("--seed", type=int, default=1)
    return top


def main() -> None:
    args = parser().parse_args()
    if args.command == "train":
        from .train import train

        train(args.config, args.run)
    elif args.command == "evaluate":
        from .evaluate import evaluate

        report = evaluate(args.run, args.predictions)
        (args.run / "metrics.json").write_text(json.dumps(report, indent=2) + "\n")
        print(json.dumps(report, indent=2))
    elif args.command == "fold":
        from .sources import fold_of

        print(*fold_of(args.receipts, args.folds, args.fold), sep="\n")
    elif args.command == "worse":
        from .worse import write_worse

        write_worse(args.receipts, args.out, args.seed)
    else:
        from .export import export

        export(args.run, args.out, args.metrics)


if __name__ == "__main__":
    main()
