"""What every training does alike: checkpoints, a log, a running mean of weights, and going on where a run was cut."""

from __future__ import annotations

import json
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader

CHECKPOINT = "last.pt"
LOG_EVERY = 25  # steps
KEPT = ("model", "mean", "optimizer")


def begin(config_path: Path, out: Path, threads: int, seed: int) -> None:
    """A run's folder with a copy of its configuration; what it computes with."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.toml").write_text(config_path.read_text())


def half_precision() -> torch.autocast:
    """Computing in bfloat16 where the processor multiplies such numbers (AVX-512 BF16, AMX); elsewhere it would be several times slower."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


def cosine_rate(step: int, rate: float, warm_up: int, steps: int, slowest: float = 0.02) -> float:
    """The rate of learning at a step: linear to ``rate`` in ``warm_up`` steps, then half a cosine down to ``slowest`` of it."""
    if step < warm_up:
        return rate * (step + 1) / warm_up
    done = min(1.0, (step - warm_up) / max(1, steps - warm_up))
    return rate * (slowest + (1 - slowest) * (1 + math.cos(math.pi * done)) / 2)


class BaseRun(ABC):
    """A run in the folder ``out``: ``last.pt``, ``log.jsonl``. ``before`` counts the steps of earlier stages."""

    model: nn.Module
    mean: nn.Module
    optimizer: torch.optim.Optimizer

    def __init__(self, out: Path) -> None:
        self.out, self.step, self.before = out, 0, 0

    @abstractmethod
    def learn(self, batch: Any) -> dict[str, float]:
        """One step; the parts of its loss."""

    @abstractmethod
    def rate(self) -> float:
        """Of this step."""

    def restore(self) -> bool:
        """Go on from the checkpoint; false where there is none."""
        path = self.out / CHECKPOINT
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        self.step, self.before = state["step"], state.get("before", 0)
        for key in KEPT:
            getattr(self, key).load_state_dict(state[key])
        return True

    def save(self) -> None:
        state = {key: getattr(self, key).state_dict() for key in KEPT}
        partial = self.out / f"{CHECKPOINT}.partial"
        torch.save({"step": self.step, "before": self.before, **state}, partial)
        partial.replace(self.out / CHECKPOINT)

    def follow(self, stream: Iterable[Any], steps: int, save_every: int) -> None:
        """Learn from the stream up to ``steps``, with a checkpoint every ``save_every`` seconds."""
        saved, losses = time.monotonic(), []
        for batch in DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=4):
            if self.step >= steps:
                break
            losses.append(self.learn(batch))
            self.step += 1
            if self.step % LOG_EVERY == 0:
                means = {k: round(sum(x[k] for x in losses) / len(losses), 4) for k in losses[0]}
                self.log(step=self.step, **means, rate=round(self.rate(), 7))
                losses = []
            if time.monotonic() - saved > save_every:
                self.save()
                saved = time.monotonic()
        self.save()
        self.log(done=self.step)

    def average(self, keep: float) -> None:
        """The running mean of weights and of what normalises, shorter at the beginning."""
        average_into(self.mean, self.model, min(keep, (self.step + 1) / (self.step + 10)))

    def log(self, **what: Any) -> None:
        line = json.dumps({"time": round(time.time()), **what})
        with (self.out / "log.jsonl").open("a") as file:
            file.write(line + "\n")
        print(line, flush=True)


@torch.no_grad()
def average_into(mean: nn.Module, model: nn.Module, keep: float) -> None:
    own = model.state_dict()
    for name, value in mean.state_dict().items():
        if value.is_floating_point():
            value.lerp_(own[name], 1 - keep)
