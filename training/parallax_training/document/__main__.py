"""Command line: ``python -m parallax_training.document train|evaluate|export|tune|pages``."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m parallax_training.document", description="Train the model that is asked by a schema.")
    commands = top.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train, or go on with, a run")
    train.add_argument("--config", type=Path, required=True)
    train.add_argument("--run", type=Path, required=True, help="folder of checkpoints and log")
    evaluate = commands.add_parser("evaluate", help="score a run on new pages, and on real documents where they are at hand")
    evaluate.add_argument("--run", type=Path, required=True)
    evaluate.add_argument("--pages", type=int, default=300, help="made-up pages that training does not reach")
    evaluate.add_argument("--labelled", type=Path, nargs="*", default=[], help="TOML files of labelled documents")
    evaluate.add_argument("--answers", type=Path, help="folder for what was read in the labelled documents")
    export = commands.add_parser("export", help="write a run as an ONNX model with its manifest and card")
    export.add_argument("--run", type=Path, required=True)
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--metrics", type=Path, help="a report of evaluate to state")
    tune = commands.add_parser("tune", help="teach a published model a user's own documents, with made-up pages beside them")
    tune.add_argument("--examples", type=Path, required=True, help="folder that parallax train writes (see own.py)")
    tune.add_argument("--model", type=Path, required=True, help="folder of the published model")
    tune.add_argument("--weights", type=Path, help="what that was exported from (default: weights.pt in its folder)")
    tune.add_argument("--out", type=Path, required=True)
    tune.add_argument("--steps", type=int, help="of learning (default: by the number of pages)")
    tune.add_argument("--threads", type=int, default=2)
    pages = commands.add_parser("pages", help="write made-up pages as readers hand them over, with their kinds")
    pages.add_argument("--count", type=int, required=True)
    pages.add_argument("--seed", type=int, default=0)
    pages.add_argument("--out", type=Path, required=True, help="folder for files.json, as parallax_training.streams writes it")
    return top


def main() -> None:
    args = parser().parse_args()
    if args.command == "train":
        from .train import train

        train(args.config, args.run)
    elif args.command == "evaluate":
        from .evaluate import evaluate

        report = evaluate(args.run, args.pages, args.labelled, args.answers)
        (args.run / "metrics.json").write_text(json.dumps(report, indent=2) + "\n")
        print(json.dumps(report, indent=2))
    elif args.command == "tune":
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # threads that spin while they wait take the processor from others
        from .tune import tune

        tune(args.examples, args.model, args.weights or args.model / "weights.pt", args.out, args.steps, args.threads)
    elif args.command == "pages":
        from .files import write_pages

        write_pages(args.seed, args.count, args.out)
    else:
        from .export import export

        export(args.run, args.out, args.metrics)


if __name__ == "__main__":
    main()
