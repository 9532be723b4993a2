"""How well lines are read."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import onnxruntime

from .alphabet import capital, decode
from .batches import as_shown, readable
from .drawn import drawn_line
from .lines import Grey, Line, cut
from .texts import LANGUAGES, of_a_language, random_text, usable

DRAWN, SPOKEN = 1000, 60  # lines
AMOUNT = re.compile(r"(?:RM|\$)? ?-?\d[\d,]*\.\d\d")
LOOKS = 3


@dataclass(frozen=True)
class Report:
    """Shares of ``lines``: characters misread (edits to the truth's characters, spaces included), lines exactly right, and
    lines right but for their spaces."""

    lines: int
    misread: float
    exact: float
    exact_but_spaces: float


def reports_of(network: Path, held: Sequence[Line]) -> dict[str, Any]:
    """What a published network reads of real lines that it has not seen, as they are, and of drawn ones."""
    read = reading_with(network)
    languages = {language: report_of([(read(image), line) for image, line in spoken(language, SPOKEN)]) for language in LANGUAGES}
    sets = {
        "receipts of unseen merchants": report_of([(read(cut(line)), line) for line in held]),
        "drawn": report_of([(read(image), line) for image, line in drawn(DRAWN)]),
    }
    return {"sets": {name: asdict(r) for name, r in sets.items()}, "languages": {name: r.misread for name, r in languages.items()}}


def digit_confusions(network: Path, held: Sequence[Line]) -> dict[str, int]:
    """How often one digit of an amount is read as another, the amount being right but for it: real lines that the network
    has not seen, each as it is and spoilt ``LOOKS`` times. Keys are ``printed→read``, the most frequent first."""
    read, rng = reading_with(network), Random("confusions")
    amounts = [line for line in held if AMOUNT.fullmatch(line.text)]
    shown = ((image, line.text) for line in amounts for image in (cut(line), *(as_shown(line, rng) for _ in range(LOOKS))))
    counts = Counter(mistake for image, truth in shown if (mistake := single_digit(bare(read(image)), bare(truth))))
    return dict(counts.most_common())


def single_digit(text: str, truth: str) -> str | None:
    """``printed→read`` where a text differs from the truth in one digit alone."""
    differing = [pair for pair in zip(truth, text, strict=False) if pair[0] != pair[1]] if len(text) == len(truth) else []
    return "→".join(differing[0]) if len(differing) == 1 and all(c in string.digits for c in differing[0]) else None


def reading_with(network: Path) -> Callable[[Grey], str]:
    """Reads lines with a published network, on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return partial(read_with, onnxruntime.InferenceSession(network, options))


def read_with(session: onnxruntime.InferenceSession, image: Grey) -> str:
    """The likeliest character of every frame, no language model asked."""
    line = (image.astype(np.float32) / 127.5 - 1)[None, None]
    return decode(session.run(["probabilities"], {"line": line})[0][0].argmax(axis=-1).tolist()).strip()


def drawn(count: int, text_of: Callable[[Random], str] = random_text, seed: str = "") -> list[tuple[Grey, Line]]:
    """Augmented drawn lines that no training sees: its streams have other seeds."""
    rng = Random(f"held out/{seed}")
    shown: list[tuple[Grey, Line]] = []
    while len(shown) < count:
        line = drawn_line(rng, text_of)
        image = as_shown(line, rng)
        if readable(line.text, image.shape[1]):
            shown.append((image, line))
    return shown


def spoken(language: str, count: int) -> list[tuple[Grey, Line]]:
    """Drawn lines in a language."""
    return drawn(count, lambda rng: usable(rng, lambda r: of_a_language(r, language)), language)


def report_of(pairs: Sequence[tuple[str, Line]]) -> Report:
    """What was read of lines, against what stands there; case counts only where the transcript has it."""
    texts = [(folded(text, line), folded(line.text, line)) for text, line in pairs]
    edits = sum(distance(text, truth) for text, truth in texts)
    exact = sum(text == truth for text, truth in texts)
    but_spaces = sum(bare(text) == bare(truth) for text, truth in texts)
    count = max(1, len(texts))
    return Report(len(texts), edits / max(1, sum(len(truth) for _, truth in texts)), exact / count, but_spaces / count)


def folded(text: str, line: Line) -> str:
    return text if line.cased else "".join(map(capital, text))


def bare(text: str) -> str:
    return text.replace(" ", "")


def distance(text: str, truth: str) -> int:
    """Edits from one to the other (Levenshtein)."""
    row = list(range(len(truth) + 1))
    for i, a in enumerate(text, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(truth, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
