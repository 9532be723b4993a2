"""Teaching a published model a user's own documents: pages and words are made, the network learns, a new version is written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import torch

from .config import Config, Course, Data, Weights
from .export import export_model
from .pairs import Pair, page_of, read_pairs
from .train import Run

PROJECT = Path(__file__).resolve().parents[3]
RATE = 2e-4


def fine_tune(pairs: Path, model: Path, out: Path, steps: int) -> None:
    """Learn from ``pairs`` (see ``pairs``) for ``steps`` of four pages, starting from the model folder ``model``; the result
    is a model folder in ``out``, whose last part is its version."""
    work = out.with_name(f"{out.name}.run")
    known = read_pairs(pairs)
    prepare(known, work)
    found = [page_of(pair, work / "pages", work / "words") for pair in known]
    pages = [page for page in found if page is not None]
    if not pages:
        raise ValueError(f"None of the {len(known)} pairs of {pairs} could be read.")
    run = Run(config(steps, work), work)
    begin(run, model)
    run.learn_from(pages, [])
    export_model(run.mean.eval(), run.config, steps, out, [], pages)


def prepare(pairs: list[Pair], work: Path) -> None:
    """The pages as readers see them, and their words as an OCR engine reads them."""
    images = [str(pair.image.resolve()) for pair in pairs]
    for script, folder in (("write-pages", "pages"), ("read-words", "words")):
        command = ["node", "--import", "tsx", f"scripts/{script}.ts", "--out", str((work / folder).resolve()), *images]
        subprocess.run(command, cwd=PROJECT, check=True)


def config(steps: int, work: Path) -> Config:
    course = Course(steps=steps, decay_from=steps // 2, rate=RATE, warm_up=min(50, steps // 4), average=0.99)
    return Config(Data(Path("pairs"), work, drawn_share=0.0), Weights(extract=1.0), course=course)


def begin(run: Run, model: Path) -> None:
    """With the weights of a published model."""
    weights = torch.load(model / "weights.pt", weights_only=True)
    for network in (run.model, run.mean):
        network.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in weights.items()})
