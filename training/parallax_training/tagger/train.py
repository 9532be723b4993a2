"""The training loop: resumable, logged as JSON lines."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader

from .batches import Batch, Stream
from .config import Config, Course, load
from .loss import loss_of
from .model import Tagger
from .sources import sources_of

CHECKPOINT = "last.pt"
LOG_EVERY = 25  # steps


def rate_at(step: int, course: Course) -> float:
    """Linear warm-up, then a cosine down to a fiftieth."""
    if step < course.warm_up:
        return course.rate * (step + 1) / course.warm_up
    done = (step - course.warm_up) / max(1, course.steps - course.warm_up)
    return course.rate * (0.02 + 0.98 * (1 + torch.cos(torch.tensor(done * torch.pi)).item()) / 2)


def train(config_path: Path, out: Path) -> None:
    """Train, or go on training, the run in ``out``: ``last.pt``, ``log.jsonl``, a copy of the configuration."""
    config = load(config_path)
    torch.set_num_threads(config.course.threads)
    torch.manual_seed(config.course.seed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.toml").write_text(config_path.read_text())
    run = Run(config, out)
    run.resume()
    run.go()


class Run:
    def __init__(self, config: Config, out: Path) -> None:
        self.config, self.out, self.step = config, out, 0
        self.model, self.mean = Tagger(config.shape), Tagger(config.shape)
        self.mean.load_state_dict(self.model.state_dict())
        self.optimizer = torch.optim.AdamW(self.model.parameters(), config.course.rate, weight_decay=config.course.decay)

    def resume(self) -> None:
        path = self.out / CHECKPOINT
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.step = state["step"]
            for key in ("model", "mean", "optimizer"):
                getattr(self, key).load_state_dict(state[key])

    def save(self) -> None:
        state: dict[str, Any] = {key: getattr(self, key).state_dict() for key in ("model", "mean", "optimizer")}
        partial = self.out / f"{CHECKPOINT}.partial"
        torch.save({"step": self.step, **state}, partial)
        partial.replace(self.out / CHECKPOINT)

    def go(self) -> None:
        course = self.config.course
        sources, vocabulary = sources_of(self.config)
        self.log(pages={i: len(source.groups) for i, source in enumerate(sources)})
        stream = Stream(sources, vocabulary, course.pages, course.seed, self.step, course.longest)
        saved, losses = time.monotonic(), []
        for batch in DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=4):
            if self.step >= course.steps:
                break
            losses.append(self.learn(batch))
            self.step += 1
            if self.step % LOG_EVERY == 0:
                self.log(step=self.step, loss=round(sum(losses) / len(losses), 4), rate=rate_at(self.step, course))
                losses = []
            if time.monotonic() - saved > course.save_every:
                self.save()
                saved = time.monotonic()
        self.save()
        self.log(done=self.step)

    def learn(self, batch: Batch) -> float:
        course = self.config.course
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.step, course)
        with torch.autocast("cpu", torch.bfloat16):
            logits, starts = self.model(batch.chars, batch.features, batch.present)
        loss = loss_of(logits, starts, batch)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        average_into(self.mean, self.model, min(course.average, (self.step + 1) / (self.step + 10)))
        return loss.item()

    def log(self, **what: Any) -> None:
        line = json.dumps({"time": round(time.time()), **what})
        with (self.out / "log.jsonl").open("a") as file:
            file.write(line + "\n")
        print(line, flush=True)


@torch.no_grad()
def average_into(mean: nn.Module, model: nn.Module, keep: float) -> None:
    for a, b in zip(mean.parameters(), model.parameters(), strict=True):
        a.lerp_(b, 1 - keep)


def trained(out: Path) -> tuple[Config, Tagger, int]:
    """The averaged network of a run, for use, and the steps it has learnt."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Tagger(config.shape)
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"]
