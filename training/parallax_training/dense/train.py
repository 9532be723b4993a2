"""The training loop: checkpoints, a log, and going on where a run was cut."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from ..tagger.features import chars_of
from ..tagger.loss import loss_of
from . import loss
from .alphabet import decode
from .batches import Batch, Stream
from .config import Config, Course, load
from .model import Dense
from .pages import Page, drawn, receipts

CHECKPOINT = "last.pt"
LOG_EVERY = 25  # steps


def rate_at(step: int, course: Course) -> float:
    """Linear warm-up, level, linear down to a hundredth."""
    if step < course.warm_up:
        return course.rate * (step + 1) / course.warm_up
    left = (course.steps - step) / max(1, course.steps - course.decay_from)
    return course.rate * max(0.01, min(1.0, left))


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
        self.config, self.out, self.step, self.before = config, out, 0, 0
        self.model = Dense(config.shape).to(memory_format=torch.channels_last)
        self.mean = Dense(config.shape)
        self.mean.load_state_dict(self.model.state_dict())
        learnt = list(self.model.namer.tagger.parameters())
        groups = [
            {"params": [p for p in self.model.parameters() if all(p is not q for q in learnt)], "share": 1.0},
            {"params": learnt, "share": config.course.tagger_share},
        ]
        self.optimizer = torch.optim.AdamW(groups, config.course.rate, weight_decay=config.course.decay)

    def resume(self) -> None:
        path = self.out / CHECKPOINT
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.step, self.before = state["step"], state.get("before", 0)
            for key in ("model", "mean", "optimizer"):
                getattr(self, key).load_state_dict(state[key])
            return
        course = self.config.course
        for model in (self.model, self.mean):
            if course.start_from:
                begun = torch.load(course.start_from / CHECKPOINT, weights_only=True)
                self.before = begun["step"] + begun.get("before", 0)
                model.load_state_dict(begun["model"])
            if course.tagger_from:
                named = torch.load(course.tagger_from / CHECKPOINT, weights_only=True)["mean"]
                model.namer.begin_with(named)

    def save(self) -> None:
        state: dict[str, Any] = {key: getattr(self, key).state_dict() for key in ("model", "mean", "optimizer")}
        partial = self.out / f"{CHECKPOINT}.partial"
        torch.save({"step": self.step, "before": self.before, **state}, partial)
        partial.replace(self.out / CHECKPOINT)

    def go(self) -> None:
        """Learn from the pages that the configuration names."""
        data = self.config.data
        real, held = receipts(data)
        made = drawn(data.drawn, data.drawn_pages) if data.drawn and data.drawn_pages else []
        self.log(real=len(real), held_out=len(held), drawn=len(made))
        self.learn_from(real, made)

    def learn_from(self, real: list[Page], made: list[Page]) -> None:
        course, data = self.config.course, self.config.data
        stream = Stream(real, made, data.drawn_share, course.pages, course.seed, self.step)
        saved, losses = time.monotonic(), []
        for batch in DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=4):
            if self.step >= course.steps:
                break
            losses.append(self.learn(batch))
            self.step += 1
            if self.step % LOG_EVERY == 0:
                means = {k: round(sum(x[k] for x in losses) / len(losses), 4) for k in losses[0]}
                self.log(step=self.step, **means, rate=round(rate_at(self.step, course), 6))
                losses = []
            if time.monotonic() - saved > course.save_every:
                self.save()
                saved = time.monotonic()
        self.save()
        self.log(done=self.step)

    def learn(self, batch: Batch) -> dict[str, float]:
        course, weights = self.config.course, self.config.weights
        for group in self.optimizer.param_groups:
            group["lr"] = group["share"] * rate_at(self.step, course)
        with torch.autocast("cpu", torch.bfloat16):
            fine, joined, *maps = self.model.look(batch.images.to(memory_format=torch.channels_last))
        features = self.model.along(fine, joined, batch.points)
        packed = torch.cat([page[:n] for page, n in zip(features, batch.frames, strict=True)])
        with torch.autocast("cpu", torch.bfloat16):
            hidden, logits = self.model.reader(packed, batch.present[:, None])
        spelt = loss.reading(logits, batch)
        parts = {"find": loss.finding(*maps, batch), "read": spelt.sum() / batch.lengths.sum()}
        if weights.extract or weights.tune:
            with torch.autocast("cpu", torch.bfloat16):
                chars = as_read(logits, batch)
                names = self.model.namer(hidden, batch.stretches, chars, batch.words.features, batch.words.present)
            parts["extract"] = loss_of(*names, batch.words)
            if weights.tune:
                parts["tune"] = loss.tuning(spelt, names[0], batch)
        total = sum(getattr(weights, name) * part for name, part in parts.items())
        self.optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        average_into(self.mean, self.model, min(course.average, (self.step + 1) / (self.step + 10)))
        return {name: part.item() for name, part in parts.items()}

    def log(self, **what: Any) -> None:
        line = json.dumps({"time": round(time.time()), **what})
        with (self.out / "log.jsonl").open("a") as file:
            file.write(line + "\n")
        print(line, flush=True)


@torch.no_grad()
def as_read(logits: Tensor, batch: Batch) -> Tensor:
    """The words' characters [pages, n, LENGTH]; on every other page those that the network reads now."""
    classes = logits.argmax(dim=-1).tolist()
    chars = batch.words.chars.clone()
    for p in range(0, len(chars), 2):
        stretches = batch.stretches[p, batch.words.present[p]].tolist()
        texts = [decode(classes[a:b]).strip() or "?" for a, b in stretches]
        chars[p, : len(texts)] = torch.from_numpy(chars_of(texts))
    return chars


@torch.no_grad()
def average_into(mean: nn.Module, model: nn.Module, keep: float) -> None:
    """Running mean of weights and of the statistics that normalise."""
    own = model.state_dict()
    for name, value in mean.state_dict().items():
        if value.is_floating_point():
            value.lerp_(own[name], 1 - keep)


def trained(out: Path) -> tuple[Config, Dense, int]:
    """The averaged network of a run, for use, and the steps it has learnt, those of earlier stages included."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Dense(config.shape)
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"] + state.get("before", 0)
