"""A trained run as a model folder: three networks, ``manifest.json``, ``card.md``, ``golden.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..onnx_files import fingerprint, halve
from ..tagger.decode import CANDIDATE, REACH
from ..tagger.features import NAMES, chars_of, specification
from ..tagger.labels import KEYS, LABELS, RECORDS, TAGS, VALUES
from .alphabet import ALPHABET
from .batches import MULTIPLE
from .card import card_of
from .config import Config
from .model import Dense
from .pages import MOST_PIXELS, SCALE, Page, receipts
from .targets import CELL_ACROSS, CELL_DOWN, EXTENT, FINE, FRAMES, MARGIN, ROWS
from .train import trained


class Look(nn.Module):
    """``image`` [1, 1, h, w] to features and maps; cores as probabilities, fields as probabilities."""

    def __init__(self, model: Dense) -> None:
        super().__init__()
        self.model = model

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        fine, joined, core, extent, fields = self.model.look(image)
        return fine, joined, core.sigmoid()[0], extent[0], fields.softmax(dim=1)[0]


class Read(nn.Module):
    """Features and ``points`` [rows, n, 2], from −1 to 1; ``present`` [n], 0 between lines."""

    def __init__(self, model: Dense) -> None:
        super().__init__()
        self.model = model

    def forward(self, fine: Tensor, joined: Tensor, points: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        features = self.model.along(fine, joined, points[None])[0]
        hidden, logits = self.model.reader(features, present[:, None])
        return hidden, logits.softmax(dim=-1)


class Name(nn.Module):
    """``hidden`` readings, ``stretches`` [n, 2], ``chars`` [n, LENGTH] and ``features`` [n, F] of one page's words."""

    def __init__(self, model: Dense) -> None:
        super().__init__()
        self.model = model

    def forward(self, hidden: Tensor, stretches: Tensor, chars: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        tags, starts = self.model.namer(hidden, stretches[None], chars[None], features[None])
        return tags[0], starts[0]


def export(run: Path, out: Path, metrics: list[Path]) -> None:
    """Write the run's averaged network to ``out``, whose last part is the version."""
    config, model, steps = trained(run)
    pages, _ = receipts(config.data)
    export_model(model, config, steps, out, [json.loads(path.read_text()) for path in metrics], pages)


def export_model(
    model: Dense, config: Config, steps: int, out: Path, reports: list[dict[str, Any]], pages: Sequence[Page]
) -> None:
    """``weights.pt`` holds all weights in half precision, for going on from there. ``pages`` tell the ranges in which the
    networks that compute in 8 bits do so; without any, all compute in 32."""
    out.mkdir(parents=True, exist_ok=True)
    write_networks(model, out)
    if pages:
        from .quantise import quantise

        quantise(out, pages)
    halves = {name: value.half() if value.is_floating_point() else value for name, value in model.state_dict().items()}
    torch.save(halves, out / "weights.pt")
    (out / "golden.json").write_text(json.dumps(golden_of(model, out)) + "\n")
    manifest = manifest_of(out, config, steps, reports)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    (out / "card.md").write_text(card_of(manifest))


def inputs_of(model: Dense) -> dict[str, tuple[Tensor, ...]]:
    """Inputs of each network, each made of what the one before it gives, on a made-up page."""
    generator = torch.Generator().manual_seed(1)
    image = (torch.rand(1, 1, 64, 96, generator=generator) > 0.8).float()
    fine, joined, *_ = Look(model)(image)
    points = torch.rand(len(ROWS), 40, 2, generator=generator) * 2 - 1
    present = torch.ones(40)
    present[18:20] = 0
    hidden, _ = Read(model)(fine, joined, points, present)
    stretches = torch.tensor([[0, 12], [14, 30], [40, 78]])
    chars = torch.from_numpy(chars_of(["TOTAL", "RM", "9.00"]))
    features = torch.rand(3, len(NAMES), generator=generator)
    features[:, NAMES.index("row")] = torch.tensor([0.0, 0.0, 1.0])
    return {"look": (image,), "read": (fine, joined, points, present), "name": (hidden, stretches, chars, features)}


NETWORKS: dict[str, tuple[type[nn.Module], list[str], list[str]]] = {
    "look": (Look, ["image"], ["fine", "joined", "core", "extent", "fields"]),
    "read": (Read, ["fine", "joined", "points", "present"], ["hidden", "probabilities"]),
    "name": (Name, ["hidden", "stretches", "chars", "features"], ["tags", "starts"]),
}


def dynamic() -> dict[str, tuple[dict[int, Any], ...]]:
    """Which dimensions of the inputs have any size."""
    dim = torch.export.Dim
    high, wide = 16 * dim("high", min=2, max=512), 16 * dim("wide", min=2, max=512)
    cells = {2: 4 * dim("a", min=2, max=2048), 3: 4 * dim("b", min=2, max=2048)}, {2: 4 * dim("c", min=2), 3: 2 * dim("d", min=2)}
    frames = dim("frames", min=2)
    return {
        "look": ({2: high, 3: wide},),
        "read": (*cells, {1: frames}, {0: frames}),
        "name": ({0: dim("readings", min=2)}, *({0: dim("words", min=1)},) * 3),
    }


def write_networks(model: Dense, out: Path) -> None:
    """ONNX files; weights stored in half precision and computed with in single."""
    given = inputs_of(model)
    for name, (part, inputs, outputs) in NETWORKS.items():
        program = torch.onnx.export(
            part(model).eval(), given[name], dynamo=True, verbose=False, input_names=inputs, output_names=outputs,
            dynamic_shapes=dynamic()[name], opset_version=18,
        )
        graph = program.model_proto
        halve(graph.graph)
        onnx.checker.check_model(graph)
        onnx.save(graph, out / f"{name}.onnx")


def golden_of(model: Dense, out: Path) -> dict[str, Any]:
    """Inputs of the networks, and what the files make of them."""
    import onnxruntime

    golden = {}
    for name, (_, inputs, outputs) in NETWORKS.items():
        given = inputs_of(model)[name]
        session = onnxruntime.InferenceSession(out / f"{name}.onnx")
        made = session.run(outputs, {k: v.detach().numpy() for k, v in zip(inputs, given, strict=True)})
        golden[name] = {
            "inputs": {k: tensor_of(v.detach().numpy()) for k, v in zip(inputs, given, strict=True)},
            "outputs": {k: tensor_of(v) for k, v in zip(outputs, made, strict=True) if k not in ("fine", "joined")},
        }
    return golden


def tensor_of(values: NDArray[Any]) -> dict[str, Any]:
    return {"shape": list(values.shape), "data": np.round(values.astype(np.float64), 4).flatten().tolist()}


def manifest_of(out: Path, config: Config, steps: int, reports: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": out.parent.name,
        "version": out.name,
        "task": "document-to-json",
        "license": "Apache-2.0",
        "files": {name: fingerprint(out / name) for name in (*(f"{n}.onnx" for n in NETWORKS), "weights.pt", "golden.json")},
        "alphabet": ALPHABET,
        "picture": {"scale": SCALE, "mostPixels": MOST_PIXELS, "multiple": MULTIPLE},
        "cells": {"down": CELL_DOWN, "across": CELL_ACROSS, "extent": EXTENT},
        "frames": {"rows": list(ROWS), "perHeight": FRAMES, "margin": MARGIN, "fine": FINE},
        "tags": list(TAGS),
        "labels": {"values": list(VALUES), "records": list(RECORDS), "keys": list(KEYS), "all": list(LABELS)},
        "features": specification(),
        "decoding": {"reach": REACH, "candidate": CANDIDATE},
        "training": {
            "receipts": config.data.receipts.name, "fold": config.data.fold, "folds": config.data.folds,
            "drawnShare": config.data.drawn_share, "steps": steps, "pagesPerStep": config.course.pages,
            "parameters": sum(p.numel() for p in Dense(config.shape).parameters()),
        },
        "metrics": reports,
    }
