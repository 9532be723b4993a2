"""What is asked of the decoder."""

from __future__ import annotations

import torch
from torch import Tensor

from .batches import Batch
from .model import END, Spelt

LEAST = 1e-8


def log_p_of(spelt: Spelt, classes: Tensor, target: Tensor) -> Tensor:
    """[b, q]: log P of the characters ``target`` [b, q] under the mixture, on a page of ``classes`` [b, n]. No token is the
    end of a value, which can only be made up."""
    same = (classes[:, None] == target[..., None]) & (target[..., None] != END)
    copied = (spelt.pointer.exp() * same).sum(dim=-1)
    made = spelt.made.gather(2, target[..., None])[..., 0].exp()
    return (spelt.copies * copied + (1 - spelt.copies) * made).clamp(min=LEAST).log()


def loss_of(spelt: Spelt, batch: Batch, point: float) -> dict[str, Tensor]:
    """``loss``: −log P of a whole value and, counting ``point``, of pointing at its tokens, mean over questions; where any of
    several places is right, of all of them together. Besides, per step, what each part of it is."""
    asked = batch.rows >= 0
    character = log_p_of(spelt, batch.page.classes, batch.target)
    there = asked & (batch.aligned >= 0)
    pointed = spelt.pointer.gather(2, batch.aligned.clamp(min=0)[..., None])[..., 0] * there
    values = sum(map(len, batch.groups))
    by_value = torch.zeros(values).index_add(0, batch.rows[asked], (character + point * pointed)[asked])
    answers = torch.stack([by_value[group].logsumexp(dim=0) for group in batch.groups])
    return {
        "loss": -answers.mean(),
        "spell": -character[asked].mean(),
        "point": -pointed.sum() / there.sum().clamp(min=1),
    }
