"""Interpolated n-gram probabilities of characters.

Witten and Bell, "The Zero-Frequency Problem" (1991): after a history that was followed by ``t`` different characters in
``n`` places, the shorter history has the weight ``t / (n + t)``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BOUNDARY = "\n"  # before the first and after the last character of a line
DIGIT = "0"  # stands for every digit: the model must not know which number is likely
ALPHABET = 200  # characters that could come, for those never seen
RARE = {4: 0.6, 5: 1.1, 6: 1.1}  # n-grams of these lengths that weigh no more are left out

Grams = Mapping[str, tuple[float, float]]  # natural logarithms: probability, weight of the shorter history


def weighed(line: str) -> dict[str, float]:
    """A line as printed, and less so in the cases in which another till would print it."""
    cases = dict.fromkeys((line.upper(), line.title(), line.lower()), 0.25)
    return {**cases, line: 1.0}


def count(lines: Iterable[str], order: int) -> list[dict[str, float]]:
    """Weights of n-grams by length; index 0 is empty."""
    counts: list[defaultdict[str, float]] = [defaultdict(float) for _ in range(order + 1)]
    for line in lines:
        for text, weight in weighed(re.sub(r"\d", DIGIT, line)).items():
            padded = f"{BOUNDARY}{text}{BOUNDARY}"
            for end in range(2, len(padded) + 1):
                for length in range(1, min(order, end) + 1):
                    counts[length][padded[end - length : end]] += weight
    return [{g: w for g, w in c.items() if w > RARE.get(length, 0)} for length, c in enumerate(counts)]


@dataclass(frozen=True)
class Histories:
    """What came after each history: summed weight and number of different characters."""

    weight: defaultdict[str, float]
    kinds: Counter[str]

    @classmethod
    def of(cls, counts: Iterable[Mapping[str, float]]) -> Histories:
        histories = cls(defaultdict(float), Counter())
        for grams in counts:
            for gram, weight in grams.items():
                histories.weight[gram[:-1]] += weight
                histories.kinds[gram[:-1]] += 1
        return histories

    def shorter(self, history: str) -> float:
        """The weight of the shorter history; 1 where this one was never seen."""
        kinds = self.kinds[history]
        return kinds / (self.weight[history] + kinds) if kinds else 1.0


def estimate(lines: Iterable[str], order: int) -> Grams:
    counts = count(lines, order)
    histories = Histories.of(counts)

    def probability(gram: str) -> float:
        if not gram:
            return 1 / ALPHABET
        history, shorter = gram[:-1], histories.shorter(gram[:-1])
        seen = counts[len(gram)].get(gram, 0.0)
        own = (1 - shorter) * seen / histories.weight[history] if seen else 0.0
        return own + shorter * probability(gram[1:])

    grams = {gram for by_length in counts for gram in by_length} | {BOUNDARY}
    return {gram: (math.log(probability(gram)), math.log(histories.shorter(gram))) for gram in sorted(grams)}
