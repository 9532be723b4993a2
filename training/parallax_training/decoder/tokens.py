"""The tokens of a page: the characters that the reader reads on it, and where on them the fields stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from ..dense.alphabet import ALPHABET


@dataclass(frozen=True)
class Tokens:
    """``n`` characters in reading order, spaces not among them. ``classes`` [n]; ``hidden`` [n, spelling], the reader's, in
    half precision; ``places`` [n, 3]: the middle across and down and the line's height, in pixels; ``lines`` [n] numbers the
    line of each; ``spaced`` [n] tells whether it begins a word; ``sure`` [n] is the reader's probability."""

    classes: Tensor
    hidden: Tensor
    places: Tensor
    lines: Tensor
    spaced: Tensor
    sure: Tensor

    def __len__(self) -> int:
        return len(self.classes)

    def take(self, kept: Tensor) -> Tokens:
        """Those that ``kept`` [n] tells, in order; no line may lose its beginning alone."""
        return Tokens(**{name: value[kept] for name, value in vars(self).items()})

    def text(self) -> str:
        spaced = zip(self.classes.tolist(), self.spaced.tolist(), strict=True)
        return "".join(" " * begins + ALPHABET[c - 1] for c, begins in spaced).strip()


@dataclass(frozen=True)
class Place:
    """Where a value is printed: ``classes`` [m] of its true characters, and the ``tokens`` [m] that they were read as, −1 where
    one was not read."""

    classes: Tensor
    tokens: Tensor


@dataclass(frozen=True)
class Read:
    """A page as it was read once. ``truth`` names the fields that are known of it: the places that print the value, any of
    which may be meant, or none where the page does not have it. ``told`` are the values of a real receipt."""

    tokens: Tokens
    truth: dict[str, list[Place]]
    told: dict[str, str] | None = None

    def take(self, kept: Tensor) -> Read:
        """The page without the other tokens, none of which may belong to a value."""
        number = torch.cumsum(kept, 0) - 1
        renumber = lambda tokens: torch.where(tokens < 0, -1, number[tokens.clamp(min=0)])  # noqa: E731
        truth = {
            name: [replace(place, tokens=renumber(place.tokens)) for place in places] for name, places in self.truth.items()
        }
        return replace(self, tokens=self.tokens.take(kept), truth=truth)


def save(read: Read, path: Path) -> None:
    partial = path.with_suffix(".partial")
    torch.save(asdict(read), partial)
    partial.replace(path)


def load(path: Path) -> Read:
    raw = torch.load(path, weights_only=True)
    truth = {name: [Place(**place) for place in places] for name, places in raw["truth"].items()}
    return Read(Tokens(**raw["tokens"]), truth, raw["told"])
