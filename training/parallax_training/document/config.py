"""One run of training, as a TOML file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .model import Shape


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn."""

    steps: int = 12_000
    pages: int = 16  # a step
    longest: int = 400  # words of a page
    questions: int = 12  # about a page, at most
    rate: float = 1.5e-3
    warm_up: int = 200  # steps
    decay: float = 0.01
    average: float = 0.998  # of the running mean of weights, which is what counts in the end
    seed: int = 1
    threads: int = 2
    workers: int = 1
    save_every: int = 180  # seconds


@dataclass(frozen=True)
class Config:
    shape: Shape = Shape()
    course: Course = Course()
    weights: Path | None = None  # a published model's ``weights.pt`` to begin with


def load(path: Path) -> Config:
    """Raises ``TypeError`` for a key that does not exist."""
    raw = tomllib.loads(path.read_text())
    weights = Path(raw["weights"]).expanduser() if "weights" in raw else None
    return Config(Shape(**raw.get("shape", {})), Course(**raw.get("course", {})), weights)
