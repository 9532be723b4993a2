"""The training loop."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from ..runs import CHECKPOINT, BaseRun, begin
from .batches import Batch, Stream, files_of
from .config import Config, Course, load
from .loss import loss_of
from .model import Decoder


def rate_at(step: int, course: Course) -> float:
    """Linear warm-up, then linear down to a hundredth."""
    if step < course.warm_up:
        return course.rate * (step + 1) / course.warm_up
    return course.rate * max(0.01, (course.steps - step) / max(1, course.steps - course.warm_up))


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
        self.model, self.mean = Decoder(config.shape), Decoder(config.shape)
        self.mean.load_state_dict(self.model.state_dict())
        self.optimizer = torch.optim.AdamW(self.model.parameters(), config.course.rate, weight_decay=config.course.decay)

    def go(self) -> None:
        course, data = self.config.course, self.config.data
        real, drawn = files_of(data.tokens / "real"), files_of(data.tokens / "drawn")
        self.log(real=len(real), drawn=len(drawn))
        stream = Stream(real, drawn, data.drawn_share, course.pages, course.longest, course.seed, self.step)
        self.follow(stream, course.steps, course.save_every)

    def rate(self) -> float:
        return rate_at(self.step, self.config.course)

    def learn(self, batch: Batch) -> dict[str, float]:
        course = self.config.course
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        with torch.autocast("cpu", torch.bfloat16):
            memory = self.model.look(**vars(batch.page))
            spelt = self.model(memory, batch.fields, batch.said, batch.before, batch.rows, batch.steps)
        parts = loss_of(spelt, batch, course.point)
        self.optimizer.zero_grad()
        parts["loss"].backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.average(course.average)
        return {name: part.item() for name, part in parts.items()}


def trained(out: Path) -> tuple[Config, Decoder, int]:
    """The averaged network of a run, for use, and the steps it has learnt."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Decoder(config.shape)
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"]
