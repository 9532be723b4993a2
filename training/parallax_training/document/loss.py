"""What answers should be: a start or none, how a value goes on from its true words, and what belongs together on the page."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .examples import UNKNOWN
from .model import FAR, Answers
from .questions import TYPES

CELLS = 0.3  # weight of columns
LINKS = 0.5  # weight of the page's own links
ONWARD = 0.5  # of how values go on


def loss_of(answers: Answers, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss, and their sum as ``loss``."""
    columns = batch.asked & (batch.questions.types >= len(TYPES))
    start = one_of(answers, batch)[batch.asked & ~columns].mean()
    cells = any_of(answers, batch)[columns].mean() if columns.any() else start * 0
    onward = told(answers.rights, batch.rights) + told(answers.belows, batch.belows)
    links = told(answers.links[..., 0], batch.goes_right) + told(answers.links[..., 1], batch.goes_below)
    loss = start + CELLS * cells + ONWARD * onward + LINKS * links
    return {"loss": loss, "start": start, "cells": cells, "onward": onward, "links": links}


def one_of(answers: Answers, batch: Batch) -> Tensor:
    """[pages, questions] that one of the right words is chosen among all words and none."""
    logits = torch.cat([answers.starts, answers.absent.unsqueeze(-1)], -1)
    wanted = torch.cat([batch.starts, ~batch.starts.any(-1, keepdim=True)], -1)
    return torch.logsumexp(logits, -1) - torch.logsumexp(logits.masked_fill(~wanted, FAR), -1)


def any_of(answers: Answers, batch: Batch) -> Tensor:
    """[pages, questions] that each word is told right, whether a cell of the column begins there, in shares of the cells."""
    logits = (answers.starts - answers.absent.unsqueeze(-1)).clamp(min=-30)
    told = functional.binary_cross_entropy_with_logits(logits, batch.starts.float(), reduction="none")
    there = batch.page.present[:, None]
    return (told * there).sum(-1) / (1 + batch.starts.sum(-1))


def told(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of what is known."""
    known = targets != UNKNOWN
    if not known.any():
        return logits.sum() * 0
    return functional.binary_cross_entropy_with_logits(logits[known], targets[known].float())
