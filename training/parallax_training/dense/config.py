"""One run of training, as a TOML file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .model import Shape


@dataclass(frozen=True)
class Data:
    """Where pages come from. ``fold`` of ``folds`` is held out for evaluation; without it nothing is."""

    receipts: Path  # SROIE: truth/, boxes/, splits.json
    receipt_pages: Path  # its images as scripts/write-pages.ts writes them
    receipt_guesses: Path | None = None  # what rules find on them, see ``tagger.guesses``
    drawn: Path | None = None  # drawn receipts: labels
    drawn_pages: Path | None = None  # their images as scripts/write-pages.ts writes them
    drawn_share: float = 0.35  # of the pages of a batch
    folds: int = 4
    fold: int | None = None


@dataclass(frozen=True)
class Weights:
    """What each part of the loss counts."""

    find: float = 1.0
    read: float = 1.0
    extract: float = 0.0
    tune: float = 0.0


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn: a warm-up, a level stretch, and from ``decay_from`` on a linear way down."""

    steps: int = 6000
    decay_from: int = 6000
    pages: int = 4  # a step
    rate: float = 1e-3
    warm_up: int = 200  # steps
    decay: float = 0.02  # of weights
    average: float = 0.998  # of the running mean of weights, which is what counts in the end
    seed: int = 1
    threads: int = 2
    save_every: int = 180  # seconds
    start_from: Path | None = None  # a run whose weights this one begins with
    tagger_from: Path | None = None  # a run of the tagger with which naming begins
    tagger_share: float = 1.0  # of the rate, for what naming has from the tagger


@dataclass(frozen=True)
class Config:
    data: Data
    weights: Weights = field(default_factory=Weights)
    shape: Shape = field(default_factory=Shape)
    course: Course = field(default_factory=Course)


def load(path: Path) -> Config:
    """Raises ``TypeError`` for a key that does not exist."""
    raw = tomllib.loads(path.read_text())
    data, course = with_paths(raw["data"]), with_paths(raw.get("course", {}))
    return Config(Data(**data), Weights(**raw.get("weights", {})), Shape(**raw.get("shape", {})), Course(**course))


def with_paths(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: Path(value) if isinstance(value, str) else value for key, value in raw.items()}
