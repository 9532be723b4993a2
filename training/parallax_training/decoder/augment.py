"""Other pages out of read ones: rewritten, lines missing, places moved, characters misread."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import torch

from ..dense.alphabet import ALPHABET, CLASS
from ..tagger.noise import LOOKALIKES
from .rewrite import Changes, rewritten
from .tokens import Read

MISREAD = 0.03  # of the characters of a page, at most
CONVINCED = 0.6  # of the way from one class to another, that a misread character's reading goes

def augment(read: Read, changes: Changes, rng: Random) -> Read:
    return garbled(rewritten(moved(thinned(read, rng), rng), changes, rng), changes, rng)


def garbled(read: Read, changes: Changes, rng: Random) -> Read:
    """Some characters taken for others that look alike; their readings still tell, the truth stays."""
    tokens, rate = read.tokens, rng.uniform(0, MISREAD)
    classes = tokens.classes.clone()
    for i, c in enumerate(tokens.classes.tolist()):
        alike = [other for other in LOOKALIKES.get(ALPHABET[c - 1], "") if other in CLASS]
        if alike and rng.random() < rate:
            classes[i] = CLASS[rng.choice(alike)]
    shift = CONVINCED * (changes.means[classes] - changes.means[tokens.classes])
    return replace(read, tokens=replace(tokens, classes=classes, hidden=(tokens.hidden.float() + shift).half()))


def thinned(read: Read, rng: Random) -> Read:
    """Some lines missing, never those that print a value."""
    last = int(read.tokens.lines.max())
    rate = rng.choice((0.0, 0.0, 0.05, 0.2))
    lost = {line for line in range(last + 1) if rng.random() < rate}
    if rng.random() < 0.15:
        lost |= set(range(rng.randint(last - last // 4, last), last + 1))
    held = {int(line) for places in read.truth.values() for p in places for line in read.tokens.lines[p.tokens[p.tokens >= 0]]}
    kept = ~torch.isin(read.tokens.lines, torch.tensor(sorted(lost - held), dtype=torch.long))
    return read.take(kept) if kept.sum() > len(kept) / 2 else read


def moved(read: Read, rng: Random) -> Read:
    """The page stretched and sheared, its lines and heights trembling."""
    tokens, noise = read.tokens, torch.Generator().manual_seed(rng.getrandbits(32))
    places, usual = tokens.places.clone(), tokens.places[:, 2].median()
    trembling = torch.randn(int(tokens.lines.max()) + 1, 3, generator=noise) * torch.tensor([0.1, 0.1, 0.05]) * usual
    places += trembling[tokens.lines]
    places[:, 0] += rng.gauss(0, 0.02) * places[:, 1]
    places[:, :2] *= torch.tensor([1 + rng.gauss(0, 0.1), 1 + rng.gauss(0, 0.1)]).clamp(min=0.7)
    places[:, 2] = places[:, 2].clamp(min=2)
    return replace(read, tokens=replace(tokens, places=places))
