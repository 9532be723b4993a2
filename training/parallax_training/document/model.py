"""The network: reads a page once, then answers any number of questions about it.

What a question and a page share is one embedding of hashed n-grams, so that a caption that nobody has seen is found by its
spelling. Words that belong together are told apart from the page alone; how well a segment spells a question's phrases is
counted over such soft segments. What is found travels along *pointers*, attention from a value to the caption that announces
it, whose biases know the distances across and down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import BUCKETS, NEIGHBOURS, SIZE
from .questions import EXAMPLE, NONE, PHRASES, TYPES

REACH = 6  # buckets of distance to each side
SIDE = 2 * REACH + 1
APART = 20.0  # what the end of a row adds to the distance of its words from the next row's
FAR = -1e4  # of attention to what is not there


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    embedding: int = 96
    width: int = 128
    heads: int = 4
    layers: int = 4
    inner: int = 320
    pointers: int = 6
    carried: int = 3  # numbers that travel along each pointer
    spelled: int = 8  # numbers that say how well a segment spells a phrase
    meanings: int = 6  # bilinear products for what means the same
    fits: int = 8  # bilinear products for whether a value is of the kind that is asked for
    hidden: int = 48


class Page(NamedTuple):
    """Pages filled up to the longest; see ``features.Seen``. ``present`` is true where there is a word."""

    grams: Tensor
    features: Tensor
    boxes: Tensor
    neighbours: Tensor
    below: Tensor
    present: Tensor


class Asked(NamedTuple):
    """Questions of pages: ``grams`` [pages, words, GRAMS] of the words of all phrases, ``phrases`` [pages, words] where each belongs
    (question * PHRASES + phrase), ``kinds`` [pages, questions, PHRASES], ``types`` [pages, questions], from ``len(TYPES)`` on for
    columns."""

    grams: Tensor
    phrases: Tensor
    kinds: Tensor
    types: Tensor

    def members(self) -> Tensor:
        """[pages, questions * PHRASES, words] 1 where a word is one of a phrase."""
        count = self.kinds.shape[1] * PHRASES
        there = (self.grams[..., 0] > 0)[:, None]
        return ((self.phrases[:, None] == torch.arange(count)[None, :, None]) & there).float()


class Answers(NamedTuple):
    """Logits: ``starts``, ``rights`` and ``belows`` [pages, questions, words], ``absent`` [pages, questions]; of the pages
    alone, ``links`` [pages, words, 2] whether a segment goes on to the right and below."""

    starts: Tensor
    rights: Tensor
    belows: Tensor
    absent: Tensor
    links: Tensor


def buckets(boxes: Tensor) -> Tensor:
    """[pages, n, n] which of SIDE × SIDE distances the second word has from the first."""
    left, top, right, bottom = boxes.unbind(-1)
    after = functional.relu(left[:, None] - right[:, :, None])  # the second stands right of the first
    before = functional.relu(left[:, :, None] - right[:, None])
    middle = (top + bottom) / 2
    down = middle[:, None] - middle[:, :, None]
    across = bucket(after - before, 1.3)
    return (bucket(down, 1.6) + REACH) * SIDE + across + REACH


def bucket(distance: Tensor, scale: float) -> Tensor:
    size = torch.round(scale * torch.log2(1 + distance.abs())).clamp(max=REACH)
    return (size * distance.sign()).long()


def pointer_biases(shape: Shape) -> Tensor:
    """[SIDE * SIDE, heads + pointers]: none for the encoder; the first pointers begin left, above, farther left and above, anywhere."""
    place = torch.arange(-REACH, REACH + 1, dtype=torch.float32)
    down, across = place[:, None].expand(SIDE, SIDE), place.expand(SIDE, SIDE)
    left = -0.7 * across.abs() - 2.0 * down.abs() - 3.0 * (across > 0)
    above = -0.7 * down.abs() - 1.5 * across.abs() - 3.0 * (down >= 0)
    far_left = -0.2 * across.abs() - 2.5 * down.abs() - 3.0 * (across >= 0)
    far_above = -0.2 * down.abs() - 1.2 * across.abs() - 3.0 * (down >= 0)
    before = -0.3 * down.abs() - 0.2 * across.abs() - 3.0 * (down > 0)
    started = [left, above, far_left, far_above, before]
    biases = torch.zeros(SIDE * SIDE, shape.heads + shape.pointers)
    for i, bias in enumerate(started[: shape.pointers]):
        biases[:, shape.heads + i] = bias.reshape(-1)
    return biases


class Layer(nn.Module):
    """Neighbours through gates, attention over the page, a feed-forward part."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.neighbours = nn.Linear(len(NEIGHBOURS) * shape.width, shape.width)
        self.gate = nn.Linear(shape.width, shape.width)
        self.before_attention, self.before_inner = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.inner = nn.Sequential(nn.Linear(shape.width, shape.inner), nn.GELU(), nn.Linear(shape.inner, shape.width))

    def forward(self, x: Tensor, neighbours: Tensor, bias: Tensor) -> Tensor:
        x = x + torch.sigmoid(self.gate(x)) * self.neighbours(beside(x, neighbours))
        pages, n, width = x.shape
        q, k, v = self.qkv(self.before_attention(x)).reshape(pages, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // self.heads) + bias, -1)
        seen = (weights @ v).transpose(1, 2).reshape(pages, n, width)
        x = x + self.out(seen)
        return x + self.inner(self.before_inner(x))


def beside(x: Tensor, index: Tensor) -> Tensor:
    """[pages, n, k * width] of what stands at the ``index`` [pages, n, k], which counts from 1; zeros for 0."""
    pages, n, width = x.shape
    with_none = torch.cat([torch.zeros_like(x[:, :1]), x], 1)
    flat = index.reshape(pages, -1, 1).expand(-1, -1, width)
    return with_none.gather(1, flat).reshape(pages, n, -1)


class Asker(nn.Module):
    """The whole network."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        wide = shape.width
        self.embed = nn.Embedding(BUCKETS + 1, shape.embedding, padding_idx=0)
        nn.init.normal_(self.embed.weight, std=0.3)
        self.looks = nn.Linear(shape.embedding + SIZE, wide)
        self.biases = nn.Parameter(pointer_biases(shape))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.last = nn.LayerNorm(wide)
        self.link = nn.Sequential(nn.Linear(3 * wide, 64), nn.GELU(), nn.Linear(64, 2))
        self.own = nn.Linear(wide, 8)
        self.alike = nn.Linear(shape.embedding, shape.embedding, bias=False)
        nn.init.eye_(self.alike.weight)
        self.sharp = nn.Parameter(torch.tensor([10.0, 6.0]))
        self.weigh_word, self.weigh_asked = nn.Linear(shape.embedding, 1), nn.Linear(shape.embedding, 1)
        self.spell, self.spell_kind = nn.Linear(4, 16), nn.Embedding(EXAMPLE + 1, 16)
        self.spelled = nn.Linear(16, shape.spelled)
        self.kind_of, self.type_of = nn.Embedding(EXAMPLE + 1, wide), nn.Embedding(2 * len(TYPES), wide)
        self.phrase = nn.Linear(shape.embedding, wide)
        self.question = nn.Sequential(nn.LayerNorm(wide), nn.Linear(wide, wide), nn.GELU(), nn.Linear(wide, wide))
        self.means = nn.ModuleList([nn.Linear(wide, shape.meanings * 24), nn.Linear(wide, shape.meanings * 24)])
        self.fit = nn.ModuleList([nn.Linear(wide, shape.fits * 16), nn.Linear(wide, shape.fits * 16)])
        self.point = nn.ModuleList([nn.Linear(wide, shape.pointers * 16), nn.Linear(wide, shape.pointers * 16)])
        found = 2 * shape.spelled + shape.meanings
        carried = shape.pointers * shape.carried
        self.match = nn.Sequential(nn.Linear(found, 32), nn.GELU(), nn.Linear(32, carried))
        self.decide = nn.Sequential(nn.Linear(2 * carried + shape.fits + 8, shape.hidden), nn.GELU())
        self.answer = nn.Linear(shape.hidden, 3)
        self.absent = nn.Sequential(nn.Linear(shape.hidden + wide, 64), nn.GELU(), nn.Linear(64, 1))

    def words(self, grams: Tensor) -> Tensor:
        """The mean embedding of n-grams [.., GRAMS]: [.., embedding]."""
        count = (grams > 0).sum(-1, keepdim=True).clamp(min=1)
        if torch.compiler.is_exporting():
            return (self.embed(grams) * (grams > 0).unsqueeze(-1)).sum(-2) / count.sqrt()
        flat = functional.embedding_bag(grams.reshape(-1, grams.shape[-1]), self.embed.weight, mode="sum", padding_idx=0)
        return flat.reshape(*grams.shape[:-1], -1) / count.sqrt()

    def forward(self, page: Page, asked: Asked) -> Answers:
        texts = self.words(page.grams)
        encoded, biases = self.encode(page, texts)
        links = self.links(page, encoded)
        pointers = self.pointers(encoded, biases)
        named = self.words(asked.grams)
        members = asked.members()
        question = self.ask(named, asked, members)
        spelled = self.spelling(texts, named, asked, members, segments(links[..., 0], page), page)
        meant = products(self.means, question, encoded, self.shape.meanings)
        match = self.match(torch.cat([spelled, meant], -1))
        fits = products(self.fit, question, encoded, self.shape.fits)
        own = self.own(encoded)[:, None].expand(-1, match.shape[1], -1, -1)
        hidden = self.decide(torch.cat([self.travel(pointers, match), match, fits, own], -1))
        answers = self.answer(hidden).float()
        there = page.present[:, None, :]
        seen = hidden.masked_fill(~there.unsqueeze(-1), FAR).amax(2)
        absent = self.absent(torch.cat([seen, question], -1)).squeeze(-1).float()
        starts = answers[..., 0].masked_fill(~there, FAR)
        return Answers(starts, answers[..., 1] + links[:, None, :, 0], answers[..., 2] + links[:, None, :, 1], absent, links)

    def encode(self, page: Page, texts: Tensor) -> tuple[Tensor, Tensor]:
        """Words in their surroundings [pages, n, width], and the biases of pointers [pages, pointers, n, n]."""
        bias = self.biases[buckets(page.boxes)].permute(0, 3, 1, 2)
        bias = bias.masked_fill(~page.present[:, None, None, :], FAR)
        x = self.looks(torch.cat([texts, page.features], -1))
        for layer in self.layers:
            x = layer(x, page.neighbours, bias[:, : self.shape.heads])
        return self.last(x), bias[:, self.shape.heads :]

    def links(self, page: Page, encoded: Tensor) -> Tensor:
        onward = torch.stack([page.neighbours[..., 1], page.below], -1)
        return self.link(torch.cat([encoded, beside(encoded, onward)], -1)).float()

    def pointers(self, encoded: Tensor, biases: Tensor) -> Tensor:
        pages, n, _ = encoded.shape
        q, k = (part(encoded).reshape(pages, n, self.shape.pointers, 16).transpose(1, 2) for part in self.point)
        return torch.softmax(q @ k.transpose(-1, -2) / 4 + biases, -1)

    def ask(self, named: Tensor, asked: Asked, members: Tensor) -> Tensor:
        """What a question means as a whole [pages, questions, width]."""
        phrases = members @ named.float() / members.sum(-1, keepdim=True).clamp(min=1)
        said = self.phrase(phrases).reshape(*asked.kinds.shape, -1) + self.kind_of(asked.kinds)
        given = (asked.kinds != NONE).unsqueeze(-1)
        mixed = (said * given).sum(-2) / given.sum(-2).clamp(min=1)
        return self.question(mixed + self.type_of(asked.types))

    def spelling(self, texts: Tensor, named: Tensor, asked: Asked, members: Tensor, together: Tensor, page: Page) -> Tensor:
        """How well the segment around each word spells the question's own phrases, and its owner: [pages, questions, n, 2 * spelled]."""
        pages, questions = asked.types.shape
        words = functional.normalize(self.alike(texts).float(), dim=-1)
        phrases = functional.normalize(self.alike(named).float(), dim=-1)
        alike = torch.sigmoid(self.sharp[0] * (phrases @ words.transpose(1, 2)) - self.sharp[1]) * page.present[:, None, :]
        weights = members * torch.sigmoid(self.weigh_asked(named)).float().transpose(1, 2)
        covers = weights @ (alike @ together).clamp(max=1) / weights.sum(-1, keepdim=True).clamp(min=1e-3)
        best = (members @ alike).clamp(max=1)
        counts = torch.sigmoid(self.weigh_word(texts)).float().transpose(1, 2) * page.present[:, None, :]
        spent = (best * counts) @ together / (counts @ together).clamp(min=1e-3)
        told = torch.stack([best, covers, spent, covers * spent], -1).reshape(pages, questions, PHRASES, -1, 4)
        hidden = functional.gelu(self.spell(told) + self.spell_kind(asked.kinds).unsqueeze(-2))
        said = self.spelled(hidden)
        given = (asked.kinds != NONE)[..., None, None]
        owner = said[:, :, 0] * given[:, :, 0]
        own = said[:, :, 1:].masked_fill(~given[:, :, 1:], -10.0).amax(2)
        return torch.cat([own, owner], -1)

    def travel(self, pointers: Tensor, match: Tensor) -> Tensor:
        """What each word's pointers see of the match [pages, questions, n, pointers * carried]."""
        pages, questions, n, _ = match.shape
        parts = match.reshape(pages, questions, n, self.shape.pointers, self.shape.carried).permute(0, 3, 2, 1, 4)
        seen = pointers.to(match.dtype) @ parts.reshape(pages, self.shape.pointers, n, -1)
        return seen.reshape(pages, self.shape.pointers, n, questions, -1).permute(0, 3, 2, 1, 4).reshape(pages, questions, n, -1)


def products(parts: nn.ModuleList, question: Tensor, words: Tensor, count: int) -> Tensor:
    """``count`` bilinear products of each question with each word: [pages, questions, n, count]."""
    pages, questions, _ = question.shape
    q = parts[0](question).reshape(pages, questions, count, -1).transpose(1, 2)
    k = parts[1](words).reshape(pages, words.shape[1], count, -1).permute(0, 2, 3, 1)
    return (q @ k / math.sqrt(q.shape[-1])).permute(0, 2, 3, 1)


def segments(rights: Tensor, page: Page) -> Tensor:
    """[pages, n, n] how likely two words of a row belong together: the product of the links between them."""
    apart = torch.where(page.neighbours[..., 1] > 0, functional.softplus(-rights).clamp(max=APART), APART)
    place = torch.cumsum(apart, 1)
    place = torch.cat([torch.zeros_like(place[:, :1]), place[:, :-1]], 1)
    return torch.exp(-(place[:, :, None] - place[:, None]).abs())
