"""One run of training, as a TOML file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from ..dense import config as dense
from .model import Shape


@dataclass(frozen=True)
class Data:
    """``tokens`` is the folder that ``tokens`` writes and ``train`` learns from; the others say what it is written from,
    as ``dense.config.Data`` has them."""

    tokens: Path
    receipts: Path
    receipt_pages: Path
    drawn: Path | None = None
    drawn_pages: Path | None = None
    drawn_share: float = 0.4  # of the pages of a batch
    variants: int = 3  # other pictures of a page of training, besides the plain one
    folds: int = 4
    fold: int | None = None

    def pages(self) -> dense.Data:
        return dense.Data(
            self.receipts, self.receipt_pages, None, self.drawn, self.drawn_pages, folds=self.folds, fold=self.fold
        )


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn: a warm-up, then a linear way down."""

    steps: int = 6000
    pages: int = 8  # a step
    longest: int = 1500  # tokens of a page; longer ones are left out
    rate: float = 1e-3
    warm_up: int = 200  # steps
    decay: float = 0.02  # of weights
    average: float = 0.998  # of the running mean of weights, which is what counts in the end
    point: float = 0.5  # what pointing at the right token counts, to spelling the right character
    seed: int = 1
    threads: int = 2
    save_every: int = 180  # seconds


@dataclass(frozen=True)
class Config:
    data: Data
    shape: Shape = field(default_factory=Shape)
    course: Course = field(default_factory=Course)


def load(path: Path) -> Config:
    """Raises ``TypeError`` for a key that does not exist."""
    raw = tomllib.loads(path.read_text())
    data = dense.with_paths(raw["data"])
    return Config(Data(**data), Shape(**raw.get("shape", {})), Course(**raw.get("course", {})))
