"""The training loop: resumable, logged as JSON lines."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from ..runs import CHECKPOINT, BaseRun, begin, cosine_rate, half_precision
from .batches import Batch, Stream
from .config import Config, load
from .loss import loss_of
from .model import Asker


def train(config_path: Path, out: Path) -> None:
    """Train, or go on training, the run in ``out``: ``last.pt``, ``log.jsonl``, a copy of the configuration."""
    config = load(config_path)
    begin(config_path, out, config.course.threads, config.course.seed)
    run = Run(config, out)
    run.restore()
    run.go()


class Run(BaseRun):
    def __init__(self, config: Config, out: Path) -> None:
        super().__init__(out)
        self.config = config
        self.model, self.mean = Asker(config.shape), Asker(config.shape)
        if config.weights:
            self.model.load_state_dict(torch.load(config.weights, weights_only=True))
        self.mean.load_state_dict(self.model.state_dict())
        self.optimizer = torch.optim.AdamW(self.model.parameters(), config.course.rate, betas=(0.9, 0.98), weight_decay=config.course.decay)

    def go(self) -> None:
        course = self.config.course
        stream = Stream(course.seed, course.pages, self.step, course.longest, course.questions)
        self.follow(stream, course.steps, course.save_every)

    def rate(self) -> float:
        course = self.config.course
        return cosine_rate(self.step, course.rate, course.warm_up, course.steps)

    def learn(self, batch: Batch) -> dict[str, float]:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.model.train()
        with half_precision():
            answers = self.model(batch.page, batch.questions)
        parts = loss_of(answers, batch)
        self.optimizer.zero_grad()
        parts["loss"].backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.average(self.config.course.average)
        return {name: value.item() for name, value in parts.items()}


def trained(out: Path) -> tuple[Config, Asker, int]:
    """The averaged network of a run, for use, and the steps it has learnt."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Asker(config.shape)
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"]
