"""One run of training, as a TOML file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Data:
    """Where lines come from. ``fold`` of ``folds`` sets of merchants is held out; without it nothing is."""

    receipts: Path  # SROIE: images/, truth/, boxes/, splits.json
    wheel: Path  # RapidOCR's, which holds the pretrained network
    drawn_share: float = 0.4  # of the lines of a batch
    folds: int = 4
    fold: int | None = None
    weights: Path | None = None  # a published reader's ``weights.pt`` to begin with, rather than with the pretrained network


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn: a warm-up, then half a cosine down to a thirtieth."""

    steps: int = 3000
    lines: int = 20  # a step
    rate: float = 2.5e-4
    warm_up: int = 50  # steps
    decay: float = 0.01  # of weights
    average: float = 0.995  # of the running mean of weights, which is what counts in the end
    frozen: int = 4  # of the first parts of the network: the stem and the first blocks
    seed: int = 1
    threads: int = 2
    save_every: int = 180  # seconds


@dataclass(frozen=True)
class Config:
    data: Data
    course: Course = field(default_factory=Course)


def load(path: Path) -> Config:
    """Raises ``TypeError`` for a key that does not exist. ``~`` is the user's folder."""
    raw = tomllib.loads(path.read_text())
    return Config(Data(**with_paths(raw["data"])), Course(**raw.get("course", {})))


def with_paths(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: Path(value).expanduser() if isinstance(value, str) else value for key, value in raw.items()}
