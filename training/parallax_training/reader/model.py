"""The network: PP-OCRv6's small recogniser (PaddleOCR), a light convolutional backbone and two layers of attention.

From grey lines [n, 1, 48, w], −1 to 1, to logits [n, w / 8, classes]. Layers stand in the order in which they compute,
which is the order of the published weights.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .alphabet import ALPHABET, CLASSES, plain_of
from .base import Base

HEIGHT = 48
STRIDE = 8  # pixels a frame
WIDTH = 120  # of the sequence
HEADS = 8
RARE = -4.0  # what a character that the base does not know has less than the one that looks like it, in logits


class Stem(nn.Module):
    """A quarter of the size, by two ways side by side; 96 channels."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 48, 3, 2, 1)
        self.narrow, self.wide = nn.Conv2d(48, 24, 2), nn.Conv2d(24, 48, 2)
        self.join, self.grow = nn.Conv2d(96, 48, 3, 2, 1), nn.Conv2d(48, 96, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x).relu()
        fine = self.wide(beyond(self.narrow(beyond(x)).relu())).relu()
        x = torch.cat([functional.max_pool2d(beyond(x), 2, 1), fine], dim=1)
        return self.grow(self.join(x).relu()).relu()


def beyond(x: Tensor) -> Tensor:
    """A row more below and a column more at the right; what comes here is never negative."""
    return functional.pad(x, (0, 1, 0, 1))


class Gate(nn.Module):
    """Channels weighed by their means (Hu et al., "Squeeze-and-Excitation Networks", 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.less, self.more = nn.Conv2d(channels, channels // 4, 1), nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x * functional.hardsigmoid(self.more(self.less(x.mean((2, 3), keepdim=True)).relu()))


class Block(nn.Module):
    """A depthwise convolution, a gate or none, and two pointwise ones around it; from ``channels`` to ``out``."""

    def __init__(self, channels: int, gated: bool = False, out: int | None = None) -> None:
        super().__init__()
        halves = out is not None
        self.halves, inner = halves, out or 2 * channels
        self.depth = nn.Conv2d(channels, channels, 3, (2, 1) if halves else 1, 1, groups=channels)
        self.gate = Gate(channels) if gated else nn.Identity()
        self.widen, self.back = nn.Conv2d(channels, inner, 1), nn.Conv2d(inner, out or channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.gate(self.depth(x))
        mixed = self.back(functional.gelu(self.widen(x)))
        return mixed if self.halves else x + mixed


class Attention(nn.Module):
    """A layer of attention along the line, normalised before (Du et al., "SVTR", 2022)."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.queries = nn.LayerNorm(WIDTH, 1e-5), nn.Linear(WIDTH, 3 * WIDTH)
        self.merge, self.norm2 = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, 1e-5)
        self.widen, self.back = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.queries(self.norm(x)).unflatten(-1, (3, HEADS, WIDTH // HEADS)).permute(2, 0, 3, 1, 4)
        seen = (q * (WIDTH // HEADS) ** -0.5 @ k.transpose(-2, -1)).softmax(dim=-1) @ v
        x = x + self.merge(seen.transpose(1, 2).flatten(2))
        return x + self.back(functional.silu(self.widen(self.norm2(x))))


class Neck(nn.Module):
    """What stands along the line, in the context of the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.direct, self.before = nn.Conv2d(384, WIDTH, 1), nn.Conv2d(384, WIDTH, 1)
        self.near = nn.Conv2d(WIDTH, WIDTH, (1, 7), 1, (0, 3), groups=WIDTH)
        self.far = nn.Sequential(Attention(), Attention())
        self.norm = nn.LayerNorm(WIDTH, 1e-6)

    def forward(self, x: Tensor) -> Tensor:
        direct, x = functional.silu(self.direct(x)), functional.silu(self.before(x))
        x = x + functional.silu(self.near(x))
        return self.norm(self.far(along(x))) + along(direct)


def along(x: Tensor) -> Tensor:
    """[n, channels, 1, frames] as [n, frames, channels]."""
    return x.squeeze(2).transpose(1, 2)


class Reader(nn.Module):
    """``frozen`` is how many of the first parts, stem and blocks, learn nothing."""

    def __init__(self, frozen: int = 0) -> None:
        super().__init__()
        fine = [Block(96, True), Block(96), Block(96), Block(96, out=192)]
        middle = [Block(192, gated) for gated in (True, False) * 3]
        coarse = [Block(192, out=384), Block(384, True), Block(384)]
        self.parts = nn.ModuleList([Stem(), *fine, *middle, *coarse])
        self.neck, self.head, self.frozen = Neck(), nn.Linear(WIDTH, CLASSES), frozen
        self.parts[:frozen].requires_grad_(False)

    def forward(self, lines: Tensor) -> Tensor:
        x = lines
        for i, part in enumerate(self.parts):
            with torch.set_grad_enabled(torch.is_grad_enabled() and i >= self.frozen):
                x = part(x)
        return self.head(self.neck(functional.avg_pool2d(x, (3, 2))))


def begin_with(model: Reader, base: Base) -> None:
    """Give a network the base's weights: one grey channel instead of three equal ones, and of the head what it claims to
    read. A character that the base does not know begins as a rarer twin of the one that looks like it."""
    *weights, columns, biases = base.weights
    weights[0] = weights[0].sum(axis=1, keepdims=True)
    at = {c: i + 1 for i, c in enumerate(base.characters)}
    chosen = [0, *(at[c if c in at else plain_of(c)] for c in ALPHABET)]
    rare = np.array([0, *(0 if c in at else RARE for c in ALPHABET)], np.float32)
    weights += [columns[chosen], biases[chosen] + rare]
    with torch.no_grad():
        for parameter, weight in zip(model.parameters(), weights, strict=True):
            parameter.copy_(torch.from_numpy(np.array(weight)).reshape(parameter.shape))


def unknown(base: Base) -> str:
    """The claimed characters that the base has never seen."""
    return "".join(c for c in ALPHABET if c not in set(base.characters))
