"""A trained run as a model folder: the network in 8 bits, its weights for going on, ``manifest.json``, ``card.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from ..eight_bits import quantise_layers
from ..onnx_files import fingerprint
from .alphabet import ALPHABET, MARKED
from .base import FILE, SHA256, WHEEL, read_base
from .card import card_of
from .config import Config
from .evaluate import digit_confusions, reports_of
from .lines import Line, cut, receipt_lines
from .model import HEIGHT, Reader, unknown
from .texts import LANGUAGES
from .train import trained

CALIBRATING = 100  # lines from which the ranges of activations are taken
PRECISE = 3  # of the last convolutions, behind the backbone, stay in 32 bits, as linear layers do


class Probabilities(nn.Module):
    """``line`` [1, 1, 48, width], −1 for black to 1 for white, to ``probabilities`` [1, width / 8, classes]."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, line: Tensor) -> Tensor:
        return self.reader(line).softmax(dim=-1)


def export(run: Path, out: Path) -> None:
    """Write the run's averaged network to ``out``, whose last part is the version, and measure it on what was held out."""
    config, model, steps = trained(run)
    seen, held = receipt_lines(config.data)
    write_networks(model, seen, out)
    unseen = unknown(read_base(config.data.wheel))
    confusions = digit_confusions(out / "model.onnx", held)
    manifest = manifest_of(out, config, steps, unseen, confusions, reports_of(out / "model.onnx", held))
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    (out / "card.md").write_text(card_of(manifest))


def write_networks(model: Reader, lines: Sequence[Line], out: Path) -> None:
    """``lines`` tell the ranges in which the network computes in 8 bits. ``weights.pt`` holds all weights in half
    precision, for going on from there."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        write_whole(model, whole)
        quantise(whole, out / "model.onnx", lines)
    torch.save({name: value.half() for name, value in model.state_dict().items()}, out / "weights.pt")


def write_whole(model: Reader, path: Path) -> None:
    """The network in 32 bits, for lines of any width."""
    program = torch.onnx.export(
        Probabilities(model).eval(), (torch.zeros(1, 1, HEIGHT, 320),), dynamo=True, verbose=False,
        input_names=["line"], output_names=["probabilities"], opset_version=18,
        dynamic_shapes=({3: torch.export.Dim("width", min=16, max=1 << 15)},),
    )  # fmt: skip
    onnx.checker.check_model(program.model_proto)
    onnx.save(program.model_proto, path)


def quantise(whole: Path, path: Path, lines: Sequence[Line]) -> None:
    """The backbone's convolutions with bytes, weights per channel."""
    some = lines[:: max(1, len(lines) // CALIBRATING)][:CALIBRATING]
    feeds = [{"line": (cut(line).astype(np.float32) / 127.5 - 1)[None, None]} for line in some]
    prepared = whole.with_name("prepared.onnx")
    quant_pre_process(whole, prepared, skip_symbolic_shape=True)
    convolutions = [node.name for node in onnx.load(prepared).graph.node if node.op_type == "Conv"]
    quantise_layers(prepared, path, feeds, ["Conv"], convolutions[-PRECISE:])


def manifest_of(
    out: Path, config: Config, steps: int, unseen: str, confusions: dict[str, int], metrics: dict[str, Any]
) -> dict[str, Any]:
    data, course = config.data, config.course
    return {
        "name": out.parent.name,
        "version": out.name,
        "task": "text-line-recognition",
        "license": "Apache-2.0",
        "files": {name: fingerprint(out / name) for name in ("model.onnx", "weights.pt")},
        "input": {"name": "line", "type": "float32", "shape": [1, 1, HEIGHT, "width"]},
        "output": {"name": "probabilities", "type": "float32", "shape": [1, "width / 8", len(ALPHABET) + 1]},
        "alphabet": ALPHABET,
        "languages": {language: MARKED.get(language, "") for language in LANGUAGES},
        "digitConfusions": confusions,
        "base": {"wheel": WHEEL, "file": FILE, "sha256": SHA256, "lacks": unseen},
        "training": {
            "receipts": data.receipts.name, "fold": data.fold, "folds": data.folds, "drawnShare": data.drawn_share,
            "steps": steps, "linesPerStep": course.lines, "parameters": sum(p.numel() for p in Reader().parameters()),
        },
        "metrics": metrics,
    }  # fmt: skip
