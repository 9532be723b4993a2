"""The training loop: checkpoints, a log, and going on where a run was cut."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from ..runs import CHECKPOINT, BaseRun, begin, half_precision
from ..tagger.features import chars_of
from ..tagger.loss import loss_of
from . import loss
from .alphabet import decode
from .batches import Batch, Stream
from .config import Config, Course, load
from .model import Dense
from .pages import Page, drawn, receipts


def rate_at(step: int, course: Course) -> float:
    """Linear warm-up, level, linear down to a hundredth."""
    if step < course.warm_up:
        return course.rate * (step + 1) / course.warm_up
    left = (course.steps - step) / max(1, course.steps - course.decay_from)
    return course.rate * max(0.01, min(1.0, left))


def train(config_path: Path, out: Path) -> None:
    """Train, or go on training, the run in ``out``: ``last.pt``, ``log.jsonl``, a copy of the configuration."""
    config = load(config_path)
    begin(config_path, out, config.course.threads, config.course.seed)
    run = Run(config, out)
    run.resume()
    run.go()


class Run(BaseRun):
    def __init__(self, config: Config, out: Path) -> None:
        super().__init__(out)
        self.config = config
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
        if self.restore():
            return
        course = self.config.course
        for key, model in (("model", self.model), ("mean", self.mean)):
            if course.start_from:
                begun = torch.load(course.start_from / CHECKPOINT, weights_only=True)
                self.before = begun["step"] + begun.get("before", 0)
                # What an earlier stage did not have begins anew.
                model.load_state_dict(begun[key], strict=False)
            if course.tagger_from:
                named = torch.load(course.tagger_from / CHECKPOINT, weights_only=True)["mean"]
                model.namer.begin_with(named)

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
        self.follow(stream, course.steps, course.save_every)

    def rate(self) -> float:
        return rate_at(self.step, self.config.course)

    def learn(self, batch: Batch) -> dict[str, float]:
        course, weights = self.config.course, self.config.weights
        for group in self.optimizer.param_groups:
            group["lr"] = group["share"] * self.rate()
        with half_precision():
            fine, joined, core, extent, fields = self.model.look(batch.images.to(memory_format=torch.channels_last))
        features = self.model.along(fine, joined, batch.points)
        packed = torch.cat([page[:n] for page, n in zip(features, batch.frames, strict=True)])
        with half_precision():
            hidden, logits = self.model.reader(packed, batch.present[:, None])
        spelt = loss.reading(logits, batch)
        parts = {"find": loss.finding(core, extent, fields, batch), "read": spelt.sum() / batch.lengths.sum()}
        if weights.extract or weights.tune:
            with half_precision():
                chars = as_read(logits, batch)
                named, starts = self.model.namer(hidden, batch.stretches, chars, batch.words.features, batch.words.present)
            parts["extract"] = loss_of(named, starts, batch.words)
            if weights.tune:
                parts["tune"] = loss.tuning(spelt, named, batch)
        total = sum(getattr(weights, name) * part for name, part in parts.items())
        self.optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        self.average(course.average)
        return {name: part.item() for name, part in parts.items()}


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


def trained(out: Path) -> tuple[Config, Dense, int]:
    """The averaged network of a run, for use, and the steps it has learnt, those of earlier stages included."""
    config = load(out / "config.toml")
    state = torch.load(out / CHECKPOINT, weights_only=True)
    model = Dense(config.shape)
    model.load_state_dict(state["mean"])
    return config, model.eval(), state["step"] + state.get("before", 0)
