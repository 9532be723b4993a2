"""What is asked of the reader."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .alphabet import BLANK, CLASSES, LOWER, UPPER
from .batches import Batch


def reading(logits: Tensor, batch: Batch) -> Tensor:
    """Mean −log P of a line's text by CTC; where the transcript is in capitals, a letter may be read in either case."""
    log_p = logits.log_softmax(dim=-1)
    known = torch.where(batch.cased[:, None, None], log_p, folded(log_p))
    frames = torch.full((len(known),), known.shape[1])
    texts = torch.where(batch.cased.repeat_interleave(batch.lengths), batch.texts, capitals()[batch.texts])
    costs = functional.ctc_loss(
        known.transpose(0, 1), texts, frames, batch.lengths, blank=BLANK, reduction="none", zero_infinity=True
    )
    return costs.mean()


def folded(log_p: Tensor) -> Tensor:
    """Lower case added to upper case."""
    both = torch.logaddexp(log_p[..., LOWER], log_p[..., UPPER])
    return log_p.index_copy(-1, torch.tensor(UPPER), both)


def capitals() -> Tensor:
    """Of every class the class of its capital."""
    classes = torch.arange(CLASSES)
    classes[LOWER] = torch.tensor(UPPER)
    return classes
