"""What a field can look like: which characters may follow what has been spelt, so that what comes out can be parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from ..dense.alphabet import ALPHABET, CLASS, CLASSES
from .fields import LONGEST
from .model import END

MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
)
BEGUN = "|".join(sorted({month[:n] for month in MONTHS for n in range(1, len(month) + 1)}, key=len, reverse=True))
NAMED = "|".join(sorted({name for month in MONTHS for name in (month, month[:3])} | {"SEPT"}, key=len, reverse=True))
SEPARATOR = r"[-/.,']{0,2}"
FEW_DIGITS = r"(?=(?:\D*\d){3,8}\D*$)"


@dataclass(frozen=True)
class Grammar:
    """``so_far`` matches whatever can be gone on with, ``whole`` what can end there; letters count in either case."""

    so_far: re.Pattern[str]
    whole: re.Pattern[str]


def grammar(so_far: str, whole: str) -> Grammar:
    return Grammar(re.compile(so_far, re.I), re.compile(whole, re.I))


AMOUNT = grammar(
    r"[A-Z$£€₹.]{0,4}-?(?:\d+(?:([.,'])\d{3}(?:\1\d{3})*)?(?:[.,]\d{0,3})?)?",
    r"[A-Z$£€₹.]{0,4}-?\d+(?:([.,'])\d{3}(?:\1\d{3})*)?(?:[.,]\d{1,3})?",
)
FREE = grammar(r".*", r".+")
GRAMMARS = {
    "MERCHANT_NAME": FREE,
    "ADDRESS": FREE,
    "PHONE": grammar(r"[+(]{0,2}[-\d()./]*", r"[+(]{0,2}(?:\d[-()./]*){4,15}"),
    "DATE": grammar(
        rf"(?!(?:\D*\d){{9}})(?:\d{{1,8}}|(?:(?:\d{{1,4}}|{NAMED}){SEPARATOR}){{0,2}}(?:\d{{1,4}}|{BEGUN})?)",
        rf"{FEW_DIGITS}(?:\d{{6}}|\d{{8}}|(?:(?:\d{{1,4}}|{NAMED}){SEPARATOR}){{2}}(?:\d{{1,4}}|{NAMED}))",
    ),
    "TIME": grammar(
        r"\d{1,2}(?:[:.H]\d{0,2})?(?:(?<=\d\d)[:.]\d{0,2})?(?:(?<=\d)[AP]\.?M?\.?)?|", r"\d{1,2}[:.H]\d\d(?:[:.]\d\d)?(?:[AP]\.?M\.?)?"
    ),
    **dict.fromkeys(("SUBTOTAL", "TAX", "TIP", "TOTAL"), AMOUNT),
}
CHARACTERS = ALPHABET.replace(" ", "")


@lru_cache(4096)
def mask_of(field: str, text: str) -> Tensor:
    """[CLASSES]: true for the characters that may follow ``text``, and for its end. Nothing at all may always be the answer;
    once the longest is reached nothing may follow."""
    rules, mask = GRAMMARS[field], torch.zeros(CLASSES, dtype=torch.bool)
    full = len(text) >= LONGEST[field]
    mask[END] = not text or full or rules.whole.fullmatch(text) is not None
    if not full and rules is FREE:
        mask[1:] = True
        mask[CLASS[" "]] = False
    elif not full:
        mask[[CLASS[c] for c in CHARACTERS if rules.so_far.fullmatch(text + c)]] = True
    mask[END] |= not mask.any()
    return mask


def cache_key(field: str, text: str) -> tuple[str, str]:
    """Free texts differ by their length alone, which spares most of the masks."""
    return (field, "x" * len(text)) if GRAMMARS[field] is FREE else (field, text)
