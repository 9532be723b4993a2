"""A pen that writes a receipt line by line and remembers where everything went.

Horizontal positions are fractions of the printable width, ``0`` at its left edge and ``1``
at its right one; sizes are multiples of the receipt's base font size.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from . import fonts
from .page import Fill, Page, Prints, Run
from .style import Style


@dataclass(frozen=True)
class Paper:
    """Width, side margin and fixed height (0: as long as the text) in millimetres."""

    width: float
    margin: float
    height: float = 0


ROLL_80 = Paper(80, 5)
ROLL_58 = Paper(58, 4)
A5 = Paper(148, 12)
A4 = Paper(210, 18, 297)


class Pen:
    def __init__(self, paper: Paper, style: Style, dpi: float, rng: Random) -> None:
        self.style, self.paper, self.rng = style, paper, rng
        self.mm = dpi / 25.4  # pixels per millimetre
        self.left = paper.margin * self.mm
        self.width = (paper.width - 2 * paper.margin) * self.mm
        self.em = self._base_size()
        self.pages: list[Page] = []
        self.new_page()

    # --- pages -----------------------------------------------------------------

    def new_page(self) -> None:
        self.pages.append(Page(round(self.paper.width * self.mm), round(self.paper.height * self.mm)))
        self.y = max(self.paper.margin, 6) * self.mm

    def room(self) -> float:
        """Lines of text that still fit on a page of fixed height."""
        if not self.paper.height:
            return float("inf")
        return (self.pages[-1].height - self.paper.margin * self.mm - self.y) / (self.em * self.style.leading)

    def finish(self) -> list[Page]:
        """The pages, a roll being cut a little below its last line."""
        if not self.paper.height:
            self.pages[-1].height = round(self.y + self.rng.uniform(6, 16) * self.mm)
        return self.pages

    # --- writing ---------------------------------------------------------------

    def put(
        self, text: str, at: float = 0, align: str = "left", label: str | None = None, value: Any = None, *,
        bold: bool = False, size: float = 1, font: str | None = None, white: bool = False, currency: bool = False,
        announces: str | None = None, prints: Prints = (),
    ) -> float:
        """Write on the current line; ``align`` says which part of the text stands at ``at``.

        Returns where the text ends, as a fraction of the printable width.
        """
        font = font or self.style.font
        pixels = max(6, round(self.em * size))
        face = fonts.load(font, bold, pixels)
        length = face.getlength(text)
        shift = {"left": 0, "centre": 0.5, "right": 1}[align] * length
        x = self.left + at * self.width - shift
        baseline = self.y + pixels * 0.82
        box = face.getbbox(text, anchor="ls")
        ink = (x + box[0], baseline + box[1], x + box[2], baseline + box[3])
        self.pages[-1].runs.append(
            Run(text, x, baseline, ink, font, pixels, bold, white, label, value, currency, announces, prints)
        )
        return (x + length - self.left) / self.width

    def feed(self, lines: float = 1, size: float = 1) -> None:
        self.y += lines * size * self.em * self.style.leading

    def line(self, text: str, align: str = "left", label: str | None = None, value: Any = None, **how: Any) -> None:
        """Write a line, wrapped at the printable width, and feed."""
        at = {"left": 0, "centre": 0.5, "right": 1}[align]
        for part in self.wrap(text, 1, how.get("size", 1), how.get("font"), how.get("bold", False)):
            self.put(part, at, align, label, value, **how)
            self.feed(size=how.get("size", 1))

    def pair(self, left: str, right: str, label: str | None = None, value: Any = None, **how: Any) -> None:
        """A caption at the left and its value at the right edge, or below if both are long.

        ``said`` and ``shown`` are the further fields that caption and value print.
        """
        currency, said, shown = how.pop("currency", False), how.pop("said", ()), how.pop("shown", ())
        left = self.fit(left, 1, how.get("size", 1))
        self.put(left, 0, "left", announces=label, prints=said, **how)
        if self._length(left + "  " + right, **how) > self.width:
            self.feed(size=how.get("size", 1))
        self.put(right, 1, "right", label, value, currency=currency, prints=shown, **how)
        self.feed(size=how.get("size", 1))

    def rule(self) -> None:
        """A separator across the width, typed or drawn."""
        if not self.style.rule:
            self.bar(0, 1, 0.06, self.em * self.style.leading * 0.5)
            self.feed()
            return
        unit = fonts.load(self.style.font, False, round(self.em)).getlength(self.style.rule)
        self.put(self.style.rule * int(self.width / unit))
        self.feed()

    def bar(self, start: float, end: float, height: float, below: float = 0) -> None:
        """A filled bar, ``height`` in ems, ``below`` pixels under the pen."""
        top = self.y + below
        left = self.left + start * self.width
        self.pages[-1].fills.append(Fill((left, top, self.left + end * self.width, top + max(1, height * self.em))))

    def barcode(self, height: float = 2.2) -> None:
        """A one-dimensional barcode in the middle of the paper."""
        module, x = 0.33 * self.mm, self.left + 0.18 * self.width
        while x < self.left + 0.82 * self.width:
            bar = self.rng.randint(1, 3) * module
            self.pages[-1].fills.append(Fill((x, self.y, x + bar, self.y + height * self.em)))
            x += bar + self.rng.randint(1, 3) * module
        self.feed(height + 0.3)

    def squares(self, modules: int = 25) -> None:
        """A block that looks like a two-dimensional code."""
        side = 0.9 * self.mm
        origin = self.left + (self.width - modules * side) / 2
        corners = [(0, 0), (modules - 7, 0), (0, modules - 7)]
        for row in range(modules):
            for column in range(modules):
                if self._is_dark(column, row, corners):
                    x, y = origin + column * side, self.y + row * side
                    self.pages[-1].fills.append(Fill((x, y, x + side, y + side)))
        self.y += modules * side + self.em

    def wrap(self, text: str, fraction: float, size: float = 1, font: str | None = None, bold: bool = False) -> list[str]:
        """``text`` broken at spaces into lines no wider than a fraction of the width."""
        face = fonts.load(font or self.style.font, bold, max(6, round(self.em * size)))
        lines: list[str] = []
        for word in text.split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and face.getlength(joined) <= fraction * self.width:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines

    def fit(self, text: str, fraction: float, size: float = 1) -> str:
        """``text`` cut, as tills do, to what fits in a fraction of the width."""
        face = fonts.load(self.style.font, False, max(6, round(self.em * size)))
        while len(text) > 1 and face.getlength(text) > fraction * self.width:
            text = text[:-1].rstrip()
        return text

    # --- details ---------------------------------------------------------------

    def _length(self, text: str, size: float = 1, bold: bool = False) -> float:
        return fonts.load(self.style.font, bold, max(6, round(self.em * size))).getlength(text)

    def _base_size(self) -> float:
        """Pixels per em that put ``style.columns`` digits across the printable width."""
        per_em = fonts.load(self.style.font, False, 1000).getlength("0") / 1000
        return self.width / self.style.columns / per_em

    def _is_dark(self, column: int, row: int, corners: list[tuple[int, int]]) -> bool:
        for x, y in corners:
            dx, dy = column - x, row - y
            if -1 <= dx <= 7 and -1 <= dy <= 7:
                ring = max(abs(dx - 3), abs(dy - 3))
                return ring in (0, 1, 3)
        return self.rng.random() < 0.5
