"""A field as it was spelt: text, confidence and location."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp

from .tokens import Tokens


@dataclass
class Value:
    """What a field is: its text without spaces, the token that each character points at, and its probability, the mean over
    characters."""

    letters: str = ""
    tokens: list[int] = field(default_factory=list)
    log_p: float = 0.0

    @property
    def confidence(self) -> float:
        return exp(self.log_p / (1 + len(self.letters)))

    def text(self, tokens: Tokens) -> str:
        """With the spaces that stand before the tokens pointed at."""
        parts = []
        for i, (letter, at) in enumerate(zip(self.letters, self.tokens, strict=True)):
            moved = i > 0 and at != self.tokens[i - 1]
            parts.append(" " * bool(moved and tokens.spaced[at]) + letter)
        return "".join(parts)

    def hull(self, tokens: Tokens) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom of the tokens pointed at, in pixels; a character is about half as wide as its line is high."""
        if not self.tokens:
            return None
        x, y, height = tokens.places[sorted(set(self.tokens))].unbind(1)
        edges = ((x - height / 4).min(), (y - height / 2).min(), (x + height / 4).max(), (y + height / 2).max())
        left, top, right, bottom = map(float, edges)
        return left, top, right, bottom
