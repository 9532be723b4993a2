"""What is asked of the network where the truth is whole, partial, one of several places, or a guess."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .labels import KEYS, LABELS, OUTSIDE, TAGS, UNKNOWN, begin

GUESSED = 0.5  # what a guessed value counts, to a told one
GUESSED_NOTHING = 0.2  # what a word counts that is guessed to be nothing or a caption
PLACE = 5.0  # what finding a value of which a page has only one counts, to a word
STARTING = 0.2  # what the mean over item words counts, to the mean over words

SINGLE = [begin(LABELS.index(name)) for name in ("DATE", "TIME", "SUBTOTAL", "TAX", "TIP", "TOTAL")]
NO_VALUE = torch.tensor([tag == "O" or tag[2:] in (*KEYS, "CURRENCY") for tag in TAGS])


def loss_of(logits: Tensor, starts: Tensor, batch: Batch) -> Tensor:
    """Mean over words of −log P(an allowed tag), plus the terms for guesses, for places and for item starts."""
    log_p = logits.float().log_softmax(dim=-1)
    allowed = log_p.masked_fill(~batch.allowed, -1e4).logsumexp(dim=-1)
    tags = -(allowed * batch.present).sum() - guesses(log_p, batch) + PLACE * places(log_p, batch)
    return tags / batch.present.sum() + starting(starts.float(), batch)


def guesses(log_p: Tensor, batch: Batch) -> Tensor:
    """Weighed sum of log P(the guess)."""
    value = log_p.gather(-1, batch.guesses.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    nothing = log_p[..., NO_VALUE].logsumexp(dim=-1)
    return GUESSED * value[batch.guesses > OUTSIDE].sum() + GUESSED_NOTHING * nothing[batch.guesses == OUTSIDE].sum()


def places(log_p: Tensor, batch: Batch) -> Tensor:
    """Sum of −log P(at least one of the places that print a value is tagged as it), over pages and the values
    of which a page has only one."""
    told = torch.where(batch.choices != OUTSIDE, batch.choices, batch.tags)
    total = log_p.new_zeros(())
    for tag in SINGLE:
        here = told == tag
        pages = here.any(dim=1)
        missed = torch.log1p(-log_p[pages][..., tag].exp().clamp(max=1 - 1e-6))
        none = torch.where(here[pages], missed, 0.0).sum(dim=1)
        total = total - torch.log(-torch.expm1(none) + 1e-6).sum()
    return total


def starting(starts: Tensor, batch: Batch) -> Tensor:
    """Binary cross entropy over the words of items, weighed like a fifth of the tags."""
    known = ~batch.starts.isnan() & batch.present
    if not known.any():
        return starts.new_zeros(())
    weights = torch.where(batch.guesses[known] == UNKNOWN, 1.0, GUESSED)
    return STARTING * functional.binary_cross_entropy_with_logits(starts[known], batch.starts[known], weights)
