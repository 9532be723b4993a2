"""The networks of the direct model that see the page and read its lines, in 8 bits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
from onnxruntime.quantization.shape_inference import quant_pre_process

from ..eight_bits import Feed, quantise_layers
from .augment import plain
from .batches import APART, MULTIPLE
from .pages import Page
from .targets import frames_of

PAGES = 24  # from which the ranges of activations are taken
LAYERS = {"look": ["Conv"], "read": ["MatMul", "Gemm"]}


def picture_of(page: Page) -> tuple[Feed, Feed]:
    """What ``look`` is shown of a page, and the places along its true lines that ``read`` is."""
    image, segments = plain(page)
    height, width = (-(-side // MULTIPLE) * MULTIPLE for side in image.shape)
    shown = np.zeros((1, 1, height, width), np.float32)
    shown[0, 0, : image.shape[0], : image.shape[1]] = 1 - image / np.float32(255)
    points, present = [], []
    for segment in segments:
        frames = frames_of(segment.start, segment.end, segment.height).points
        points += [frames, np.full((frames.shape[0], APART, 2), -1e4, np.float32)]
        present += [1.0] * frames.shape[1] + [0.0] * APART
    places = np.concatenate(points, axis=1) / (width / 2, height / 2) - 1
    return {"image": shown}, {"points": places.astype(np.float32), "present": np.array(present, np.float32)}


def feeds_of(look: Path, pages: Sequence[Page]) -> dict[str, list[Feed]]:
    """Inputs of both networks on these pages; those of ``read`` from what ``look``, not yet quantised, makes of them."""
    session = onnxruntime.InferenceSession(look)
    pictures = [picture_of(page) for page in pages]
    looked = [session.run(["fine", "joined"], image) for image, _ in pictures]
    read = [{"fine": fine, "joined": joined, **places} for (fine, joined), (_, places) in zip(looked, pictures, strict=True)]
    return {"look": [image for image, _ in pictures], "read": read}


def quantise(folder: Path, pages: Sequence[Page]) -> None:
    """Replace ``look.onnx`` and ``read.onnx`` in ``folder`` by networks that compute in 8 bits, ranges taken from ``pages``."""
    step = max(1, len(pages) // PAGES)
    usable = [page for page in pages[::step] if page.segments][:PAGES]
    feeds = feeds_of(folder / "look.onnx", usable)
    for name, layers in LAYERS.items():
        with TemporaryDirectory() as scratch:
            prepared = Path(scratch) / "prepared.onnx"
            quant_pre_process(folder / f"{name}.onnx", prepared, skip_symbolic_shape=True)
            quantise_layers(prepared, folder / f"{name}.onnx", feeds[name], layers)
