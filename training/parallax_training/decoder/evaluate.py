"""How well a run reads what it has not seen: fields of held-out merchants, and of held-out drawn pages."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch

from ..dense.alphabet import ALPHABET
from ..tagger.sroie import FIELDS as REAL
from .baseline import tagger_texts
from .batches import files_of
from .compare import Texts, scores
from .decode import decode
from .fields import FIELDS
from .tokens import Read, load
from .train import trained


def evaluate(out: Path, tagger: Path | None, predictions: Path | None) -> dict[str, Any]:
    """Scores of the run in ``out``; of a tagger's run on the same readings as well, if one is given."""
    config, model, step = trained(out)
    torch.set_num_threads(config.course.threads)
    held = {kind: [load(files[0]) for files in files_of(config.data.tokens / f"{kind}-held")] for kind in ("real", "drawn")}
    report: dict[str, Any] = {"steps": step}
    began = time.monotonic()
    found = {kind: [texts_of(model, read) for read in reads] for kind, reads in held.items()}
    report["ms_a_page"] = round(1000 * (time.monotonic() - began) / max(1, sum(map(len, held.values()))), 1)
    report |= {kind: scores(found[kind], [told(read) for read in reads]) for kind, reads in held.items()}
    if predictions:
        predictions.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if tagger:
        named = tagger_texts(tagger)
        report["tagger"] = scores([named(read) for read in held["real"]], [told(read) for read in held["real"]])
    return report


def texts_of(model: torch.nn.Module, read: Read) -> Texts:
    names = tuple(REAL.values()) if read.told else FIELDS
    return {name: value.text(read.tokens) for name, value in decode(model, read, names).items()}


def told(read: Read) -> Texts:
    """The true texts: those the data set tells, or those that are printed."""
    if read.told:
        return {label: read.told.get(key, "") for key, label in REAL.items()}
    first = {name: places[0].classes.tolist() for name, places in read.truth.items() if places}
    return {name: "".join(ALPHABET[c - 1] for c in classes) for name, classes in first.items()}
