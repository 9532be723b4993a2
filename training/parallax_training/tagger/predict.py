"""The network on whole pages."""

from __future__ import annotations

import numpy as np
import torch

from .features import chars_of, features_of
from .model import Tagger
from .words import Words

WINDOW, STRIDE = 512, 256  # words of a pass, and between the first words of two passes


def windows(n: int) -> list[tuple[int, int]]:
    """Passes over ``n`` words as (start, stop); features are always those of the whole page."""
    starts = range(0, max(1, n - WINDOW + STRIDE), STRIDE)
    return [(start, min(n, start + WINDOW)) for start in starts]


@torch.inference_mode()
def predict(model: Tagger, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """Logits [n, tags] and start logits [n]; where passes overlap, the one whose ends are farther off counts."""
    n = len(words)
    chars, features = torch.from_numpy(chars_of(words.texts)), torch.from_numpy(features_of(words))
    parts = [(a, b, *model(chars[None, a:b], features[None, a:b])) for a, b in windows(n)]
    margins = np.full((len(parts), n), -1.0)
    for k, (a, b, *_) in enumerate(parts):
        at = np.arange(a, b)
        margins[k, a:b] = np.minimum(np.where(a == 0, n, at - a), np.where(b == n, n, b - 1 - at))
    best = margins.argmax(axis=0)
    logits = np.stack([parts[k][2][0, i - parts[k][0]].numpy() for i, k in enumerate(best)])
    starts = np.array([float(parts[k][3][0, i - parts[k][0]]) for i, k in enumerate(best)], dtype=np.float32)
    return logits, starts
