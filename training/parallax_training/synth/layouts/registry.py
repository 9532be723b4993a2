"""How a layout is declared: a function that writes a receipt with a pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..content import Receipt
from ..pen import ROLL_80, Paper, Pen

Draw = Callable[[Pen, Receipt], None]


@dataclass(frozen=True)
class Layout:
    """A layout, the trades it suits, and the papers and fonts it is printed with."""

    name: str
    draw: Draw
    trades: tuple[str, ...]
    papers: tuple[Paper, ...]
    fonts: tuple[str, ...]
    columns: tuple[int, int]


LAYOUTS: dict[str, Layout] = {}


def layout(
    name: str, trades: tuple[str, ...], papers: tuple[Paper, ...] = (ROLL_80,),
    fonts: tuple[str, ...] = ("mono", "thermal", "dots"), columns: tuple[int, int] = (38, 46),
) -> Callable[[Draw], Draw]:
    """Register the decorated function as a layout."""

    def register(draw: Draw) -> Draw:
        LAYOUTS[name] = Layout(name, draw, trades, papers, fonts, columns)
        return draw

    return register
