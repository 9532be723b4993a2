"""What answers should be: a start or none, how a value goes on from its true words, and what belongs together on the page."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .examples import UNKNOWN
from .model import FAR, Answers

LINKS = 0.5  # weight of the page's own links
ONWARD = 0.5  # of how values go on


def loss_of(answers: Answers, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss, and their sum as ``loss``."""
    logits = torch.cat([answers.starts, answers.absent.unsqueeze(-1)], -1)
    wanted = torch.cat([batch.starts, ~batch.starts.any(-1, keepdim=True)], -1)
    of_all = torch.logsumexp(logits, -1) - torch.logsumexp(logits.masked_fill(~wanted, FAR), -1)
    start = of_all[batch.asked].mean()
    onward = told(answers.rights, batch.rights) + told(answers.belows, batch.belows)
    links = told(answers.links[..., 0], batch.goes_right) + told(answers.links[..., 1], batch.goes_below)
    return {"loss": start + ONWARD * onward + LINKS * links, "start": start, "onward": onward, "links": links}


def told(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of what is known."""
    known = targets != UNKNOWN
    if not known.any():
        return logits.sum() * 0
    return functional.binary_cross_entropy_with_logits(logits[known], targets[known].float())
