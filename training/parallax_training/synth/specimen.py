"""One receipt from seed to pixels: the whole pipeline in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from .capture import PROFILES, Profile, Sheet
from .content import Receipt, make_receipt, refunded
from .layouts import LAYOUTS
from .page import Page, Run
from .pen import A4, A5, ROLL_58, ROLL_80, Paper, Pen
from .render import corners_of, ink_of
from .style import Style, make_style
from .truth import truth_of

PAPERS = {"58": ROLL_58, "80": ROLL_80, "a5": A5, "a4": A4}


@dataclass(frozen=True)
class Recipe:
    """What to make. Whatever is left out is drawn from the seed.

    ``paper`` names a roll or sheet; ``style`` overrides fields of the drawn style; ``lines`` fixes the
    number of items; ``refund`` gives back what was bought. Recipes that share a ``vendor`` are receipts of one merchant from one till.
    """

    seed: str
    country: str
    layout: str
    profile: str
    trade: str | None = None
    lines: int | None = None
    paper: str | None = None
    style: tuple[tuple[str, Any], ...] = ()
    vendor: str | None = None
    refund: bool = False


@dataclass(frozen=True)
class Specimen:
    """A captured receipt: one sheet per page, and what is printed on them."""

    recipe: Recipe
    receipt: Receipt
    pages: list[Page]
    sheets: list[Sheet]

    @property
    def profile(self) -> Profile:
        return PROFILES[self.recipe.profile]

    @property
    def truth(self) -> dict[str, Any]:
        return truth_of(self.pages, self.receipt.country.currency)

    @property
    def labels(self) -> dict[str, Any]:
        """Per page its size in pixels and every run's text, label, value, caption and corners."""
        pages = zip(self.pages, self.sheets, strict=True)
        return {"pages": [page_labels(page, sheet) for page, sheet in pages]}


def make(recipe: Recipe) -> Specimen:
    """The specimen of a recipe; the same recipe always gives the same specimen."""
    receipt, pages = lay_out(recipe)
    capture = PROFILES[recipe.profile].capture
    noise = np.random.default_rng(Random(f"{recipe.seed}/capture").getrandbits(64))
    sheets = [capture(ink_of(page), corners_of(page), noise) for page in pages]
    return Specimen(recipe, receipt, pages, sheets)


def lay_out(recipe: Recipe) -> tuple[Receipt, list[Page]]:
    """The content of a recipe and its pages, not yet drawn."""
    layout = LAYOUTS[recipe.layout]
    receipt = content_of(recipe, recipe.seed)
    if recipe.vendor:
        usual = content_of(recipe, recipe.vendor)
        receipt = replace(receipt, merchant=usual.merchant, tax_name=usual.tax_name)
    rng = Random(f"{recipe.vendor or recipe.seed}/layout")
    style = make_style(rng, receipt, layout.fonts, layout.columns)
    style = replace(style, **dict(recipe.style)) if recipe.style else style
    paper = PAPERS[recipe.paper] if recipe.paper else rng.choice(layout.papers)
    return receipt, write(layout.name, paper, style, receipt, PROFILES[recipe.profile].dpi, rng)


def content_of(recipe: Recipe, seed: str) -> Receipt:
    trade = recipe.trade or LAYOUTS[recipe.layout].trades[0]
    receipt = make_receipt(Random(f"{seed}/content"), recipe.country, trade, recipe.lines)
    return refunded(receipt) if recipe.refund else receipt


def write(layout: str, paper: Paper, style: Style, receipt: Receipt, dpi: int, rng: Random) -> list[Page]:
    pen = Pen(paper, style, dpi, rng)
    LAYOUTS[layout].draw(pen, receipt)
    return pen.finish()


def page_labels(page: Page, sheet: Sheet) -> dict[str, Any]:
    runs = [run_labels(run, corners) for run, corners in zip(page.runs, sheet.corners, strict=True)]
    return {"width": sheet.width, "height": sheet.height, "runs": runs}


def run_labels(run: Run, corners: np.ndarray) -> dict[str, Any]:
    """``box`` is left, top, right, bottom; ``corners`` run clockwise from the text's top left."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    return {
        "text": run.text,
        "label": run.label,
        "value": run.value if run.value is not None else (run.text.strip() if run.label else None),
        "currency": run.shows_currency,
        "announces": run.announces,
        "box": [round(float(v), 1) for v in (*low, *high)],
        "corners": [[round(float(x), 1), round(float(y), 1)] for x, y in corners],
    }
