"""The parts that encoder and decoder share: attention between places, convolution along reading order."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

REACH = 2  # tokens before and after, that a convolution sees
WAVES = (1.0, 64.0)  # the shortest and the longest, over 2π, in units of the coordinate


def rotation(coordinates: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines [b, 1, n, size / 2] of places ``coordinates`` [b, n, k], their waves shared out among the pairs of
    channels (rotary position: Su et al., "RoFormer", 2021)."""
    k, pairs = coordinates.shape[-1], size // 2
    which = torch.arange(pairs) % k
    share = torch.arange(pairs).div(k, rounding_mode="floor") / max(1, -(-pairs // k) - 1)
    speed = 1 / (WAVES[0] * (WAVES[1] / WAVES[0]) ** share)
    angles = (coordinates[..., which] * speed)[:, None]
    return angles.cos(), angles.sin()


def rotated(x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    """``x`` [b, heads, n, size] with each pair of channels turned."""
    cos, sin = (t.to(x.dtype) for t in turn)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


class Attention(nn.Module):
    """Attention in which the product of two places depends on where they stand to each other."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.query, self.both, self.out = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def keys(self, memory: Tensor, turn: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """Keys and values [b, heads, n, size] of ``memory`` [b, n, width]."""
        keys, values = self.both(memory).chunk(2, dim=-1)
        return rotated(self.split(keys), turn), self.split(values)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], keys: tuple[Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """``x`` [b, n, width] normalised; ``mask`` is true where a key may be seen, or None where all may."""
        query = rotated(self.split(self.query(x)), turn)
        seen = functional.scaled_dot_product_attention(query, *keys, attn_mask=mask)
        return self.out(seen.transpose(1, 2).flatten(2))


class Thinking(nn.Sequential):
    """The two products after attention."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__(
            nn.LayerNorm(width), nn.Linear(width, inner), nn.GELU(), nn.Dropout(dropout), nn.Linear(inner, width), nn.Dropout(dropout)
        )


class Beside(nn.Module):
    """A convolution along reading order: neighbours are laid side by side for one matrix product."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm, self.mix = nn.LayerNorm(width), nn.Linear((2 * REACH + 1) * width, width)

    def forward(self, x: Tensor, present: Tensor) -> Tensor:
        """``x`` [b, n, width]; ``present`` [b, n, 1]."""
        wide = functional.pad(self.norm(x) * present, (0, 0, REACH, REACH))
        return functional.gelu(self.mix(torch.cat([wide[:, k : k + x.shape[1]] for k in range(2 * REACH + 1)], dim=-1)))


class EncoderLayer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.around, self.attention = Beside(width), Attention(width, heads)
        self.think, self.drop = Thinking(width, inner, dropout), nn.Dropout(dropout)

    def forward(self, x: Tensor, present: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.drop(self.around(x, present[..., None]))
        normed = self.attention.norm(x)
        x = x + self.drop(self.attention(normed, turn, self.attention.keys(normed, turn), present[:, None, None]))
        return x + self.think(x)


class DecoderLayer(nn.Module):
    """Looks back on what has been spelt, then at the page."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.back, self.page = Attention(width, heads), Attention(width, heads)
        self.think, self.drop = Thinking(width, inner, dropout), nn.Dropout(dropout)

    def forward(self, x: Tensor, back: tuple, page: tuple) -> Tensor:
        """``back`` and ``page`` are the turn, keys and mask of each attention."""
        x = x + self.drop(self.back(self.back.norm(x), *back))
        x = x + self.drop(self.page(self.page.norm(x), *page))
        return x + self.think(x)
