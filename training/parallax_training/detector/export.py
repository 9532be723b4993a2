"""The detector as a model folder: the network in 8 bits, ``manifest.json``, ``card.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx

from ..eight_bits import quantise_layers
from ..onnx_files import fingerprint
from ..reader.base import WHEEL
from ..tagger import sroie
from ..tagger.folds import split
from .base import FILE, SHA256, grey_detector
from .card import card_of
from .evaluate import report_of
from .pages import MOST_SIDE, MULTIPLE, SCALE, Page, page_of, shown

CALIBRATING = 24  # pages from which the ranges of activations are taken
FOLDS = 4  # sets of merchants, the first of which is measured on and never calibrated with


@dataclass(frozen=True)
class Sources:
    wheel: Path
    receipts: Path
    pages: Path


def export(sources: Sources, out: Path) -> None:
    """Write the detector to ``out``, whose last part is the version, and measure it beside its original on merchants that its
    ranges were not taken from. Raises ``ValueError`` where no pages have been written."""
    held, *others = split([sroie.load(sources.receipts, stem) for stem in sroie.stems(sources.receipts)], FOLDS)
    seen = [page for fold in others for r in fold if (page := page_of(r, sources.pages))]
    unseen = [page for r in held if (page := page_of(r, sources.pages))]
    if not seen or not unseen:
        raise ValueError(f"{sources.pages} has no pages: write them with scripts/write-pages.ts")
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        onnx.save(grey_detector(sources.wheel), whole)
        quantise(whole, out / "model.onnx", seen)
        reports = {"in 32 bits": vars(report_of(whole, unseen)), "in 8 bits": vars(report_of(out / "model.onnx", unseen))}
    manifest = manifest_of(out, {"pages": len(unseen), "networks": reports})
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    (out / "card.md").write_text(card_of(manifest))


def quantise(whole: Path, path: Path, pages: Sequence[Page]) -> None:
    """The convolutions with bytes, weights per channel."""
    some = pages[:: max(1, len(pages) // CALIBRATING)][:CALIBRATING]
    quantise_layers(whole, path, [{"page": shown(page.picture)} for page in some], ["Conv"])


def manifest_of(out: Path, metrics: dict[str, Any]) -> dict[str, Any]:
    shape = [1, 1, "height", "width"]
    return {
        "name": out.parent.name,
        "version": out.name,
        "task": "text-line-detection",
        "license": "Apache-2.0",
        "files": {"model.onnx": fingerprint(out / "model.onnx")},
        "input": {"name": "page", "type": "float32", "shape": shape},
        "output": {"name": "probabilities", "type": "float32", "shape": shape},
        "picture": {"scale": SCALE, "mostSide": MOST_SIDE, "multiple": MULTIPLE},
        "base": {"wheel": WHEEL, "file": FILE, "sha256": SHA256},
        "metrics": metrics,
    }
