"""One run of training, as a TOML file tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .model import Shape


@dataclass(frozen=True)
class Drawn:
    """Drawn pages: the folder of their labels, and folders of the words that engines read on them."""

    labels: Path
    words: list[Path]


@dataclass(frozen=True)
class Data:
    """Where pages come from. ``fold`` of ``folds`` is held out for evaluation; without it nothing is."""

    receipts: Path  # SROIE: truth/, boxes/, splits.json
    receipt_words: dict[Path, int] = field(default_factory=dict)  # a folder an engine, and how often it is drawn
    receipt_guesses: Path | None = None  # what rules find on the receipts, see ``guesses``
    drawn: list[Drawn] = field(default_factory=list)
    laid_out: int = 2000  # synthetic receipts that are not drawn
    laid_out_seed: int = 1
    folds: int = 4
    fold: int | None = None


@dataclass(frozen=True)
class Shares:
    """How much of a batch comes from each kind of page."""

    receipts_given: float = 0.15
    receipts_read: float = 0.45
    drawn_read: float = 0.25
    laid_out: float = 0.15


@dataclass(frozen=True)
class Course:
    """How long and how fast to learn."""

    steps: int = 4000
    pages: int = 16  # a step
    longest: int = 512  # words of a page
    rate: float = 1e-3
    warm_up: int = 200  # steps
    decay: float = 0.02
    average: float = 0.998  # of the running mean of weights, which is what counts in the end
    seed: int = 1
    threads: int = 2
    save_every: int = 120  # seconds


@dataclass(frozen=True)
class Config:
    data: Data
    shares: Shares = Shares()
    shape: Shape = Shape()
    course: Course = Course()


def load(path: Path) -> Config:
    """Raises ``TypeError`` for a key that does not exist."""
    raw = tomllib.loads(path.read_text())
    return Config(data_of(raw["data"]), Shares(**raw.get("shares", {})), Shape(**raw.get("shape", {})), Course(**raw.get("course", {})))


def data_of(raw: dict[str, Any]) -> Data:
    drawn = [Drawn(Path(d["labels"]), [Path(w) for w in d["words"]]) for d in raw.pop("drawn", [])]
    words = {Path(folder): weight for folder, weight in raw.pop("receipt_words", {}).items()}
    paths: dict[str, Any] = {key: Path(raw.pop(key)) for key in ("receipts", "receipt_guesses") if key in raw}
    return Data(**paths, receipt_words=words, drawn=drawn, **raw)
