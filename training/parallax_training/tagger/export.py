"""A trained run as a model folder: ``model.onnx``, ``manifest.json``, ``card.md``, ``golden.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from ..onnx_files import fingerprint, halve
from .card import card_of
from .config import Config
from .decode import CANDIDATE, REACH, entities_of
from .features import LENGTH, NAMES, chars_of, features_of, specification
from .labels import KEYS, LABELS, RECORDS, TAGS, VALUES
from .model import Tagger
from .predict import STRIDE, WINDOW
from .synthetic import laid_out
from .train import trained
from .words import Words

NAME = "receipt-tagger"
GOLDEN_PAGE = (20, 4)  # seed and index of the laid-out receipt of the golden file

ODD_TEXTS = ("Café", "ﬁn—", "漢字", "123.456,00-and-no-end", "😀")  # its last words: what alphabets stumble over


class OnePage(nn.Module):
    """The network without the dimension of pages."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, chars: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        logits, starts = self.tagger(chars[None], features[None])
        return logits[0], starts[0]


def export(run: Path, out: Path, metrics: list[Path]) -> None:
    """Write the run's averaged network to ``out``, whose last part is the version."""
    config, model, steps = trained(run)
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(model, out / "model.onnx")
    reports = [json.loads(path.read_text()) for path in metrics]
    golden = golden_of(model)
    (out / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    manifest = manifest_of(out, config, steps, reports)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    (out / "card.md").write_text(card_of(manifest))


def write_onnx(model: Tagger, path: Path) -> None:
    """ONNX with any number of words, weights stored in half precision and computed with in single."""
    page = laid_out(*GOLDEN_PAGE)[0].words
    inputs = (torch.from_numpy(chars_of(page.texts)), torch.from_numpy(features_of(page)))
    words = torch.export.Dim("words", min=1)
    program = torch.onnx.export(
        OnePage(model).eval(), inputs, dynamo=True, verbose=False, input_names=["chars", "features"],
        output_names=["logits", "starts"], dynamic_shapes=({0: words}, {0: words}), opset_version=18,
    )
    graph = program.model_proto
    halve(graph.graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def golden_of(model: Tagger) -> dict[str, Any]:
    """A page, its inputs and what comes of it, for checking a reimplementation. Words stand in the
    tuples of ``words``: text, confidence, box, row."""
    page = laid_out(*GOLDEN_PAGE)[0].words
    texts = [*page.texts[: -len(ODD_TEXTS)], *ODD_TEXTS]
    words = Words(texts, np.round(page.boxes, 5), np.linspace(0.5, 1, len(page)).round(3), page.rows)
    chars, features = chars_of(words.texts), features_of(words)
    with torch.inference_mode():
        logits, starts = OnePage(model)(torch.from_numpy(chars), torch.from_numpy(features))
    rows = zip(words.texts, words.confidences.tolist(), words.boxes.tolist(), words.rows.tolist(), strict=True)
    return {
        "words": [list(row) for row in rows],
        "chars": chars.tolist(),
        "features": np.round(features.astype(np.float64), 6).tolist(),
        "logits": np.round(logits.numpy().astype(np.float64), 3).tolist(),
        "starts": np.round(starts.numpy().astype(np.float64), 3).tolist(),
        "entities": [
            {"label": e.label, "words": e.words, "confidence": round(e.confidence, 4), "group": e.group}
            for e in entities_of(logits.numpy(), starts.numpy(), words.rows)
        ],
    }


def manifest_of(out: Path, config: Config, steps: int, reports: list[dict[str, Any]]) -> dict[str, Any]:
    data = config.data
    return {
        "name": NAME,
        "version": out.name,
        "task": "token-classification",
        "license": "Apache-2.0",
        "files": {name: fingerprint(out / name) for name in ("model.onnx", "golden.json")},
        "inputs": [
            {"name": "chars", "type": "int64", "shape": ["words", LENGTH]},
            {"name": "features", "type": "float32", "shape": ["words", len(NAMES)]},
        ],
        "outputs": [
            {"name": "logits", "type": "float32", "shape": ["words", len(TAGS)]},
            {"name": "starts", "type": "float32", "shape": ["words"]},
        ],
        "tags": list(TAGS),
        "labels": {"values": list(VALUES), "records": list(RECORDS), "keys": list(KEYS), "all": list(LABELS)},
        "features": specification(),
        "windows": {"size": WINDOW, "stride": STRIDE},
        "decoding": {"reach": REACH, "candidate": CANDIDATE},
        "training": {
            "receipts": "SROIE train split (ICDAR 2019)",
            "engines": ["transcript", *(folder.name for folder in data.receipt_words)],
            "guesses": data.receipt_guesses is not None,
            "laidOut": data.laid_out, "steps": steps, "pagesPerStep": config.course.pages,
            "parameters": sum(p.numel() for p in Tagger(config.shape).parameters()),
        },
        "metrics": reports,
    }
