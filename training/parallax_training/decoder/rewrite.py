"""Other letters in names and addresses, other digits and dates on a page, so that values must be copied and cannot be known."""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import torch
from torch import Tensor

from ..dense.alphabet import ALPHABET, CLASS, CLASSES
from ..tagger.augment import COMMON, redated
from .tokens import Place, Read, Tokens

NAMES, DATES = ("MERCHANT_NAME", "ADDRESS"), ("DATE", "TIME")
VOWELS, DIGITS = "AEIOU", string.digits
CONSONANTS = "".join(c for c in string.ascii_uppercase if c not in VOWELS)


class Changes:
    """What changing pages needs to know of all of them: ``means`` [CLASSES, spelling], the mean reading of a class, so that a
    changed character looks changed; and ``common``, the words that names of many merchants share, which stay."""

    def __init__(self, reads: Sequence[Read]) -> None:
        classes = torch.cat([read.tokens.classes for read in reads])
        size = reads[0].tokens.hidden.shape[1]
        total = torch.zeros(CLASSES, size)
        for read in reads:
            total.index_add_(0, read.tokens.classes, read.tokens.hidden.float())
        counts = torch.bincount(classes, minlength=CLASSES)[:, None]
        self.means = torch.where(counts > 0, total / counts.clamp(min=1), total.sum(0) / max(1, len(classes)))
        merchants: dict[str, set[str]] = defaultdict(set)
        for read in reads:
            texts, name = texts_of(read.tokens), name_of(read)
            for word, field in owners(read, words_of(read.tokens))[0].items():
                if field in NAMES:
                    merchants[texts[word]].add(name)
        self.common = {text for text, names in merchants.items() if len(names) >= COMMON}


def words_of(tokens: Tokens) -> Tensor:
    """[n]: the number of the word that each token belongs to, from 0."""
    return torch.cumsum(tokens.spaced, 0) - 1


def texts_of(tokens: Tokens) -> list[str]:
    """The words in capitals."""
    return tokens.text().upper().split(" ")


def name_of(read: Read) -> str:
    """The merchant's name as it was read, for telling merchants apart."""
    places = read.truth.get("MERCHANT_NAME") or [Place(*torch.zeros(2, 0, dtype=torch.long))]
    return "".join(ALPHABET[c - 1] for c in places[0].classes.tolist()).upper()


def rewritten(read: Read, changes: Changes, rng: Random) -> Read:
    """The page with other letters, digits and dates, in tokens and truth alike. Words with a misread character stay."""
    tokens, words = read.tokens, words_of(read.tokens)
    owner, misread = owners(read, words)
    table, digits, rate = swapped(rng), rng.random() < 0.6, rng.choice((0.0, 0.3, 0.7, 1.0))
    chosen: dict[str, bool] = {}  # a name's word is the same wherever it stands
    texts = texts_of(tokens)
    for word, text in enumerate(texts):
        if owner.get(word) in NAMES and text not in changes.common and text not in chosen:
            chosen[text] = rng.random() < rate

    def changes_too(word: int, text: str) -> bool:
        if word in misread or owner.get(word) in DATES:
            return False
        return chosen[text] if text in chosen else digits and owner.get(word) not in NAMES and any(map(str.isdigit, text))

    changed = torch.tensor([changes_too(word, text) for word, text in enumerate(texts)])[words]
    classes = torch.where(changed, table[tokens.classes], tokens.classes)
    truth = {
        name: [replace(place, classes=following(place, changed, table)) for place in places]
        for name, places in read.truth.items()
    }
    if rng.random() < 0.5:
        redate(classes, truth, tokens, rng)
    return replace(read, tokens=recognised(tokens, classes, changes.means), truth=truth)


def owners(read: Read, words: Tensor) -> tuple[dict[int, str], set[int]]:
    """The field of every word that belongs to one, and the words in which a character was misread or lost."""
    owner: dict[int, str] = {}
    misread: set[int] = set()
    for name, places in read.truth.items():
        for place in places:
            known = place.tokens >= 0
            owner |= dict.fromkeys(words[place.tokens[known]].tolist(), name)
            wrong = ~known | (read.tokens.classes[place.tokens] != place.classes)
            near = torch.where(known, place.tokens, place.tokens.roll(1)).clamp(min=0)
            misread |= set(words[near[wrong]].tolist())
    return owner, misread


def swapped(rng: Random) -> Tensor:
    """[CLASSES]: vowels for vowels, consonants for consonants, digits for digits, in either case."""
    table = torch.arange(CLASSES)
    for kind in (VOWELS, CONSONANTS, DIGITS):
        for old, new in zip(kind, rng.sample(kind, len(kind)), strict=True):
            table[CLASS[old]], table[CLASS[old.lower()]] = CLASS[new], CLASS[new.lower()]
    return table


def following(place: Place, changed: Tensor, table: Tensor) -> Tensor:
    """The true characters after the change of their tokens."""
    touched = (place.tokens >= 0) & changed[place.tokens.clamp(min=0)]
    return torch.where(touched, table[place.classes], place.classes)


def redate(classes: Tensor, truth: dict[str, list[Place]], tokens: Tokens, rng: Random) -> None:
    """Another day in all places of the date, in ``classes`` and ``truth``, if all were read without a mistake."""
    places = truth.get("DATE", [])
    if not all((p.tokens >= 0).all() and (tokens.classes[p.tokens] == p.classes).all() for p in places):
        return
    seed = rng.random()
    renewed = []
    for place in places:
        parts = "".join(ALPHABET[c - 1] for c in place.classes.tolist())
        new = "".join(redated(part, Random(seed)) for part in pieces(parts))
        if len(new) == len(parts):
            place = replace(place, classes=torch.tensor([CLASS[c] for c in new]))
            classes[place.tokens] = place.classes
        renewed.append(place)
    if places:
        truth["DATE"] = renewed


def pieces(text: str) -> list[str]:
    """A date apart into months and all else, as ``redated`` knows them."""
    found = [text[:1]]
    for before, c in zip(text, text[1:], strict=False):
        if c.isalpha() == before.isalpha():
            found[-1] += c
        else:
            found.append(c)
    return found


def recognised(tokens: Tokens, classes: Tensor, means: Tensor) -> Tokens:
    """Other ``classes``, and readings that are changed by as much as classes differ in the mean."""
    shift = means[classes] - means[tokens.classes]
    return replace(tokens, classes=classes, hidden=(tokens.hidden.float() + shift).half())
