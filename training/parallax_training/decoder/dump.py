"""Reads every page once and keeps what was read, so that training does not look at pictures."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import cv2
import torch

from ..dense import pages
from ..dense.augment import augment, plain
from ..dense.model import Dense
from ..dense.pages import Page
from ..dense.train import trained
from ..tagger.sources import HELD_OUT_EVERY
from . import reading
from .config import Data, load
from .tokens import Read, save
from .truth import sizes, truth_of

KINDS = ("real", "drawn", "real-held", "drawn-held")  # folders
TELL_EVERY = 10  # pages


def dump(config_path: Path, run: Path, out: Path, threads: int, limit: int | None) -> None:
    """Write ``KIND/STEM.VARIANT.pt`` for all pages; those that exist are left. Variant 0 is plain; of what is held out there
    is no other. With a ``limit``, only so many pages of each kind."""
    cv2.setNumThreads(0)
    torch.set_num_threads(threads)
    data = load(config_path).data
    _, model, _ = trained(run)
    todo = [
        (page, variant, path)
        for kind, found in pages_of(data).items()
        for page in found[:limit]
        for variant in range(1 if kind.endswith("held") else 1 + data.variants)
        if not (path := out / kind / f"{page.path.stem}.{variant}.pt").exists()
    ]
    for kind in KINDS:
        (out / kind).mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    for done, (page, variant, path) in enumerate(todo, 1):
        save(read_page(model, page, variant), path)
        if done % TELL_EVERY == 0 or done == len(todo):
            each = (time.monotonic() - began) / done
            print(f"{done} of {len(todo)}, {each:.2f} s each, {each * (len(todo) - done) / 60:.0f} min left", flush=True)


def pages_of(data: Data) -> dict[str, list[Page]]:
    """Pages by kind; of drawn ones every twentieth is held out."""
    real, held = pages.receipts(data.pages())
    drawn = pages.drawn(data.drawn, data.drawn_pages) if data.drawn and data.drawn_pages else []
    kept = [page for i, page in enumerate(drawn) if i % HELD_OUT_EVERY]
    return dict(zip(KINDS, (real, kept, held, drawn[::HELD_OUT_EVERY]), strict=True))


def read_page(model: Dense, page: Page, variant: int) -> Read:
    """A page as it is read in one of its pictures, which is a function of its name and the variant's number."""
    page = replace(page)  # so that its picture is not kept
    rng = Random(f"{page.path.stem}/{variant}")
    image, segments = augment(page, rng) if variant else plain(page)
    segments = reading.in_order(segments)
    lines = reading.read(model, image, segments, rng)
    truth = truth_of(lines, segments, sizes(page.segments), page.cased)
    return Read(reading.joined(lines), truth, page.truth)
