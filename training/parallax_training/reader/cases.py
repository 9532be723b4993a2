"""In which case the letters of a transcript in capitals are printed: as the pretrained network reads them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import torch

from .alphabet import capital, decode
from .lines import Grey, Line, cut
from .model import Reader

ALIKE = 0.6  # of reading and transcript (Ratcliff and Obershelp), from which the reading tells the case


def with_cases(lines: Sequence[Line], model: Reader, kept: Path) -> list[Line]:
    """The lines in the case that ``model`` reads. The texts are kept in a file, since reading all lines takes minutes."""
    if not kept.exists():
        texts = [cased(line.text, read(model, cut(line))) for line in lines]
        kept.write_text(json.dumps(texts, ensure_ascii=False))
    texts = json.loads(kept.read_text())
    return [replace(line, text=text or line.text, cased=text is not None) for line, text in zip(lines, texts, strict=True)]


def read(model: Callable[[torch.Tensor], torch.Tensor], image: Grey) -> str:
    """The likeliest character of every frame."""
    with torch.inference_mode():
        logits = model(torch.from_numpy(image.astype(np.float32) / 127.5 - 1)[None, None])
    return decode(logits[0].argmax(dim=-1).tolist()).strip()


def cased(transcript: str, reading: str) -> str | None:
    """The transcript's characters in the case of a reading of the line, what was misread as the letter before it; None where
    the reading is of too little use."""
    capitals = "".join(map(capital, transcript))
    matcher = SequenceMatcher(None, "".join(map(capital, reading)), capitals, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    text = [""] * len(capitals)
    for start, at, size in matcher.get_matching_blocks():
        text[at : at + size] = reading[start : start + size]
    small = sum(c.islower() for c in text) > sum(c.isupper() for c in text)
    for i, c in enumerate(capitals):
        text[i] = text[i] or (c.lower() if small else c)
        small = text[i].islower() if text[i].isalpha() else small
    return "".join(text)
