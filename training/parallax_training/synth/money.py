"""Amounts of money as integers of the currency's minor unit (cents, sen, pence)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyFormat:
    """How a country writes an amount: ``1.234,56`` is ``MoneyFormat(2, ",", ".")``."""

    decimals: int = 2
    point: str = "."
    group: str = ","
    lakhs: bool = False  # group as 12,34,567 (India) rather than 1,234,567

    def text(self, minor: int) -> str:
        """The amount as printed, without a currency symbol."""
        sign = "-" if minor < 0 else ""
        whole, part = divmod(abs(minor), 10**self.decimals)
        fraction = f"{self.point}{part:0{self.decimals}d}" if self.decimals else ""
        return sign + self._grouped(str(whole)) + fraction

    def number(self, minor: int) -> float:
        """The amount in major units, as it appears in a truth file."""
        return round(minor / 10**self.decimals, self.decimals)

    def _grouped(self, digits: str) -> str:
        head, tail = digits[:-3], digits[-3:]
        size = 2 if self.lakhs else 3
        parts: list[str] = []
        while head:
            head, part = head[:-size], head[-size:]
            parts.insert(0, part)
        return self.group.join([*parts, tail])


def rounded_to(minor: int, step: int) -> int:
    """``minor`` rounded, half up, to a multiple of ``step`` (cash rounding)."""
    return (minor + step // 2) // step * step


def tax_within(gross: int, rate: float) -> int:
    """The tax contained in a tax-inclusive amount, at ``rate`` percent."""
    return gross - round(gross * 100 / (100 + rate))


def tax_upon(net: int, rate: float) -> int:
    """The tax added to a net amount, at ``rate`` percent."""
    return round(net * rate / 100)
