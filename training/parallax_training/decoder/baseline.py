"""What naming words, the other design, finds on the same readings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from ..tagger import evaluate as tagging
from ..tagger import train as tagger_train
from ..tagger.align import NOTHING, Mark, example_of
from ..tagger.example import Example
from ..tagger.sroie import FIELDS as REAL
from ..tagger.words import in_rows
from .compare import Texts
from .tokens import Read, Tokens


def tagger_texts(run: Path) -> Callable[[Read], Texts]:
    """What a tagger finds on the words that the tokens make."""
    _, model, _ = tagger_train.trained(run)
    return lambda read: {
        REAL[key]: text for key, text in tagging.fields_of(model, [example(read.tokens)]).items()
    }


def example(tokens: Tokens) -> Example:
    """The words of a page, nothing known about them."""
    number = (torch.cumsum(tokens.spaced, 0) - 1).numpy()
    x, y, height = tokens.places.double().numpy().T
    sides = np.stack([x - height / 4, y - height / 2, x + height / 4, y + height / 2], axis=1)
    boxes = [np.r_[own[:, :2].min(axis=0), own[:, 2:].max(axis=0)] for own in (sides[number == n] for n in range(number[-1] + 1))]
    words = in_rows(tokens.text().split(), np.array(boxes))
    return example_of(words, [Mark(NOTHING)] * len(words), frozenset())
