"""The network: characters and place of each word, then attention over the page; tags and item starts out."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import ALPHABET, FIRST, LENGTH, NAMES, PADDING
from .labels import TAGS

ROW, CENTRE_X = NAMES.index("row"), NAMES.index("centre_x")


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    width: int = 192
    heads: int = 6
    layers: int = 4
    inner: int = 512
    character: int = 32
    filters: int = 96
    row_reach: int = 10  # rows up and down that attention tells apart
    column_bins: int = 12  # horizontal distances that attention tells apart, to each side
    dropout: float = 0.1


class WordReader(nn.Module):
    """Characters [n, LENGTH] to a vector per word [n, filters]: convolutions, then the maximum over places."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed = nn.Embedding(FIRST + len(ALPHABET), shape.character, padding_idx=PADDING)
        self.place = nn.Parameter(torch.zeros(LENGTH, shape.character))
        self.first = nn.Conv1d(shape.character, shape.filters, 3, padding=1)
        self.second = nn.Conv1d(shape.filters, shape.filters, 3, padding=1)

    def forward(self, chars: Tensor) -> Tensor:
        seen = (chars != PADDING).unsqueeze(-1)
        x = ((self.embed(chars) + self.place) * seen).transpose(1, 2)
        x = functional.relu(self.first(x))
        x = functional.relu(self.second(x))
        return (x * seen.transpose(1, 2)).amax(dim=2)


class PlaceBias(nn.Module):
    """What two words' distance in rows and across adds to their attention: [pages, heads, n, n]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.reach, self.bins = shape.row_reach, shape.column_bins
        self.rows = nn.Embedding(2 * shape.row_reach + 1, shape.heads)
        self.columns = nn.Embedding(2 * shape.column_bins + 1, shape.heads)
        nn.init.zeros_(self.rows.weight)
        nn.init.zeros_(self.columns.weight)

    def forward(self, features: Tensor) -> Tensor:
        row, x = features[..., ROW].float(), features[..., CENTRE_X].float() * self.bins
        apart = (row.unsqueeze(-2) - row.unsqueeze(-1)).clamp(-self.reach, self.reach) + self.reach
        aside = (x.unsqueeze(-2) - x.unsqueeze(-1)).round().clamp(-self.bins, self.bins) + self.bins
        both = (self.rows.weight[:, None] + self.columns.weight).flatten(0, 1)
        place = apart.long() * (2 * self.bins + 1) + aside.long()
        return functional.embedding(place, both).permute(0, 3, 1, 2)


class Layer(nn.Module):
    """Attention with a bias, then a feed-forward; both normalised before and added."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm, self.norm_inner = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.project, self.join = nn.Linear(shape.width, 3 * shape.width), nn.Linear(shape.width, shape.width)
        self.widen, self.narrow = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = x + self.drop(self.join(self.attend(self.norm(x), bias)))
        return x + self.drop(self.narrow(functional.gelu(self.widen(self.norm_inner(x)))))

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        pages, n, width = x.shape
        query, key, value = self.project(x).reshape(pages, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias.to(query.dtype)).softmax(dim=-1)
        return (weights.to(value.dtype) @ value).transpose(1, 2).reshape(pages, n, width)


class Tagger(nn.Module):
    """``chars`` [pages, n, LENGTH] and ``features`` [pages, n, F] to ``logits`` [pages, n, TAGS] and
    ``starts`` [pages, n], the logit that a word begins an item record.

    ``present`` [pages, n] tells words from the filling of shorter pages; without it all are words. ``seen``
    [pages, n, width] adds to what is known of each word.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.reader = WordReader(shape)
        self.place = nn.Sequential(nn.Linear(len(NAMES), shape.width), nn.GELU(), nn.Linear(shape.width, shape.width))
        self.meaning = nn.Linear(shape.filters, shape.width)
        self.bias = PlaceBias(shape)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.drop = nn.Dropout(shape.dropout)
        self.tags, self.starts = nn.Linear(shape.width, len(TAGS)), nn.Linear(shape.width, 1)

    def forward(
        self, chars: Tensor, features: Tensor, present: Tensor | None = None, seen: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        words = self.reader(chars.flatten(0, 1)).unflatten(0, chars.shape[:2])
        bias = self.bias(features)
        if present is not None:
            bias = bias.masked_fill(~present[:, None, None, :], -1e4)
        known = self.meaning(words) + self.place(scaled(features))
        x = self.drop(known if seen is None else known + seen)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.norm(x)
        return self.tags(x), self.starts(x).squeeze(-1)


def scaled(features: Tensor) -> Tensor:
    """The raw row number left out: the network knows rows by their distance only."""
    keep = torch.ones(features.shape[-1], dtype=features.dtype, device=features.device)
    keep[ROW] = 0
    return features * keep
