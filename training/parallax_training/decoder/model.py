"""The network: tokens to a memory of the page; a prompt a field; characters copied from the page or made up.

Copying and making up are mixed as in See et al., "Get To The Point: Summarization with Pointer-Generator Networks", 2017.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..dense.alphabet import BLANK, CLASSES
from .fields import FIELDS
from .layers import DecoderLayer, EncoderLayer, rotated, rotation
from .places import FEATURES

END = BLANK  # the class that ends a value; at its first step: absent


@dataclass(frozen=True)
class Shape:
    spelling: int = 192  # channels of the reader's hidden vectors
    width: int = 128
    heads: int = 4
    inner: int = 384
    layers: int = 2
    spellers: int = 1  # layers of the decoder
    dropout: float = 0.1


@dataclass(frozen=True)
class Memory:
    """A page that has been looked at: ``states`` [b, n, width], the ``keys`` [b, 1, n, width] that are pointed at, who is
    ``present`` [b, n], where they stand, and what the decoder's layers attend to."""

    states: Tensor
    keys: Tensor
    classes: Tensor
    present: Tensor
    coordinates: Tensor
    pages: list[tuple[Tensor, Tensor]]


@dataclass(frozen=True)
class Spelt:
    """Per query: ``pointer`` [b, q, n] over tokens and ``made`` [b, q, CLASSES] over characters, both as log P, and the
    probability ``copies`` [b, q] that the character is copied."""

    pointer: Tensor
    made: Tensor
    copies: Tensor


class Decoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, layer = shape.width, (shape.width, shape.heads, shape.inner, shape.dropout)
        self.size = width // shape.heads
        self.characters = nn.Embedding(CLASSES, width)
        self.sight, self.place = nn.Linear(shape.spelling, width), nn.Linear(FEATURES, width)
        self.encoder = nn.ModuleList(EncoderLayer(*layer) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(width)
        self.prompts, self.said, self.before = nn.Embedding(len(FIELDS), width), nn.Embedding(CLASSES, width), nn.Linear(width, width)
        self.spellers = nn.ModuleList(DecoderLayer(*layer) for _ in range(shape.spellers))
        self.state = nn.LayerNorm(width)
        self.point, self.pointed, self.onward = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, 1)
        self.make = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, CLASSES))
        self.copy = nn.Linear(2 * width, 1)
        nn.init.constant_(self.copy.bias, 2.0)
        self.drop = nn.Dropout(shape.dropout)

    def look(self, classes: Tensor, hidden: Tensor, features: Tensor, coordinates: Tensor, present: Tensor) -> Memory:
        """``classes`` [b, n], ``hidden`` [b, n, spelling], ``features`` [b, n, FEATURES], ``coordinates`` [b, n, 3]."""
        x = self.characters(classes) + self.sight(self.drop(hidden)) + self.place(features)
        turn = rotation(coordinates, self.size)
        for layer in self.encoder:
            x = layer(x, present, turn)
        states = self.norm(x)
        keys = rotated(self.pointed(states)[:, None], rotation(coordinates, states.shape[-1]))
        return Memory(states, keys, classes, present, coordinates, [layer.page.keys(states, turn) for layer in self.spellers])

    def ask(self, memory: Memory, fields: Tensor, said: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
        """What a step begins with [b, q, width]: the field, the character said last (``END`` at first), the state of the token
        pointed at last (−1 at first); and where that token stands [b, q, 3]."""
        index, begun = before.clamp(min=0)[..., None], (before >= 0)[..., None]
        state = memory.states.gather(1, index.expand(-1, -1, memory.states.shape[-1])) * begun
        x = self.prompts(fields) + self.said(said) * (said != END)[..., None] + self.before(state)
        return x, memory.coordinates.gather(1, index.expand(-1, -1, 3)) * begun

    def conclude(self, memory: Memory, x: Tensor, places: Tensor, before: Tensor) -> Spelt:
        """From the last layer's ``x`` [b, q, width] to what is pointed at and made up."""
        state = self.state(x)
        query = rotated(self.point(state)[:, None], rotation(places, state.shape[-1]))
        scores = (query @ memory.keys.transpose(2, 3))[:, 0].float() / state.shape[-1] ** 0.5
        after = (before + 1).clamp(max=scores.shape[-1] - 1)[..., None]
        onward = self.onward(state).float() * (before >= 0)[..., None]
        scores = scores.scatter_add(2, after, onward).masked_fill(~memory.present[:, None], -1e9)
        pointer = scores.log_softmax(dim=-1)
        both = torch.cat([state, (pointer.exp().to(memory.states.dtype) @ memory.states).to(state.dtype)], dim=-1)
        return Spelt(pointer, self.make(both).float().log_softmax(dim=-1), self.copy(both)[..., 0].float().sigmoid())

    def forward(self, memory: Memory, fields: Tensor, said: Tensor, before: Tensor, rows: Tensor, steps: Tensor) -> Spelt:
        """All steps of all values of a page at once, [b, q] each; ``rows`` numbers the value that a query belongs to, ``steps``
        its place there."""
        x, places = self.ask(memory, fields, said, before)
        turn, along = rotation(places, self.size), rotation(steps[..., None].float(), self.size)
        earlier = (rows[:, :, None] == rows[:, None]) & (steps[:, :, None] >= steps[:, None])
        for layer, page in zip(self.spellers, memory.pages, strict=True):
            back = layer.back.keys(layer.back.norm(x), along)
            x = layer(x, (along, back, earlier[:, None]), (turn, page, memory.present[:, None, None]))
        return self.conclude(memory, x, places, before)
