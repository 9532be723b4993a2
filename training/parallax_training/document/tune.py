"""Teaching the published network a user's own documents, in minutes on a CPU.

Half of every batch are made-up pages, so that documents of other types are read as before. For each fold the network learns from all
other documents: whoever reads the fold with it sees what tuning is worth on documents that had no part in it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import nn

from ..runs import cosine_rate
from .batches import batch_of
from .examples import Example, example
from .loss import loss_of
from .model import Asker, Shape
from .own import folds_of, own_pages
from .reweight import write_tuned

TOLD_EVERY = 5  # steps
Weights = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Tuning:
    """How long and how fast to learn."""

    steps: int
    own: int = 4  # of a user's pages a step
    replay: int = 4  # made-up pages a step
    drawn: int = 200  # different made-up pages, at most
    longest: int = 400  # words of a made-up page
    questions: int = 12  # about a made-up page, at most
    rate: float = 4e-4
    warm_up: int = 8  # steps
    decay: float = 0.01
    seed: int = 20_000_003  # of made-up pages that the published network has not seen


def steps_for(pages: int) -> int:
    """More pages take longer, with all folds up to about twenty minutes of two cores."""
    return max(40, min(120, 30 + pages))


def weights_of(path: Path) -> Weights:
    """A state dict of the network, in whichever precision it is stored."""
    state: Weights = torch.load(path, weights_only=True)
    return {name: value.float() if value.is_floating_point() else value for name, value in state.items()}


def made_up(tuning: Tuning) -> list[Example]:
    wanted = min(tuning.drawn, tuning.steps * tuning.replay)
    made = (example(tuning.seed, number, tuning.longest, tuning.questions) for number in range(wanted))
    return [one for one in made if one]


def steps_of(own: Sequence[Example], replay: Sequence[Example], tuning: Tuning, rng: Random) -> Iterator[tuple[list[Example], list[Example]]]:
    """Endless: a user's pages in turns, each as often as any other, and as many made-up ones beside them."""
    turns, others = shuffled(own, rng), shuffled(replay, rng)
    while True:
        yield list(islice(turns, tuning.own)), list(islice(others, tuning.replay))


def shuffled(pages: Sequence[Example], rng: Random) -> Iterator[Example]:
    for _ in count():
        yield from rng.sample(pages, len(pages))


def tuned(begin: Weights, shape: Shape, own: Sequence[Example], replay: Sequence[Example], tuning: Tuning, name: str) -> tuple[Asker, list[float]]:
    """The network after learning, and its loss at every step."""
    torch.manual_seed(tuning.seed)
    model = Asker(shape)
    model.load_state_dict(begin)
    optimizer = torch.optim.AdamW(model.parameters(), tuning.rate, betas=(0.9, 0.98), weight_decay=tuning.decay)
    losses: list[float] = []
    for halves in steps_of(own, replay, tuning, Random(tuning.seed)):
        if len(losses) == tuning.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = cosine_rate(len(losses), tuning.rate, tuning.warm_up, tuning.steps)
        losses.append(learn(model, optimizer, halves))
        if len(losses) % TOLD_EVERY == 0 or len(losses) == tuning.steps:
            tell(network=name, step=len(losses), steps=tuning.steps, loss=round(losses[-1], 4))
    return model.eval(), losses


def learn(model: Asker, optimizer: torch.optim.Optimizer, halves: Sequence[Sequence[Example]]) -> float:
    """One step over both halves, of one weight; apart, since a user's pages are longer than most made-up ones."""
    model.train()
    optimizer.zero_grad()
    total = 0.0
    for pages in halves:
        batch = batch_of(pages)
        loss = loss_of(model(batch.page, batch.questions), batch)["loss"] / len(halves)
        loss.backward()
        total += loss.item()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return total


def tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def tune(examples: Path, model: Path, weights: Path, out: Path, steps: int | None, threads: int) -> None:
    """Write ``out``/fold-N for each fold and ``out``/all, model folders all of them; ``model`` is that of the published network,
    ``weights`` what it was exported from."""
    torch.set_num_threads(threads)
    started = time.monotonic()
    pages = own_pages(examples)
    folds = folds_of(pages)
    tuning = Tuning(steps or steps_for(len(pages)))
    tell(networks=len(folds) + 1, steps=tuning.steps)
    begin, replay = weights_of(weights), made_up(tuning)
    for fold in [*folds, None]:
        name = "all" if fold is None else f"fold-{fold}"
        own = [page.example for page in pages if fold is None or page.fold != fold]
        network, _ = tuned(begin, Shape(), own, replay, tuning, name)
        told = {"own": len(own), "madeUpPages": len(replay), "steps": tuning.steps}
        write_tuned(network, begin, model, out / name, told, golden=fold is None)
    tell(done=True, seconds=round(time.monotonic() - started))
