"""A laid-out page: positioned text runs and filled rectangles, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]  # left, top, right, bottom
Prints = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Run:
    """One piece of text on one line.

    ``label`` is the pointer of the truth field it prints (or ``None``), and ``value`` that
    field's normalised value; without a value the printed text itself is the value, and the
    runs that share a label are joined by a space. ``announces`` is, for a caption, the pointer of
    the field whose value it introduces. ``prints`` are further fields of the truth that the run
    shows, pointer and value: those that no network is taught, such as the parts of ``taxes``.
    """

    text: str
    x: float
    baseline: float
    box: Box
    font: str
    pixels: int
    bold: bool = False
    white: bool = False  # printed in reverse, on a filled rectangle
    label: str | None = None
    value: Any = None
    shows_currency: bool = False
    announces: str | None = None
    prints: Prints = ()


@dataclass(frozen=True)
class Fill:
    """A filled rectangle: a rule, a bar of a barcode, the ground of reversed text."""

    box: Box
    ink: float = 1.0  # 0 is paper, 1 is full ink


@dataclass
class Page:
    width: int
    height: int
    runs: list[Run] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
