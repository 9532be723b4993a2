"""The characters that the reader claims to read, and texts as classes of its head."""

from __future__ import annotations

import string
import unicodedata

import numpy as np

from ..tagger.words import Ints

BLANK = 0

# Letters besides a to z that a language writes, small ones; capitals follow from them.
MARKED = {
    "az": "çəğıöşü", "ca": "àçéèíïóòúü", "cs": "áčďéěíňóřšťúůýž", "cy": "âêîôûŵŷäëïöüẅÿàèìòùẁỳáéíóúẃý", "da": "æøåé",
    "de": "äöüß", "es": "áéíñóúü", "et": "äõöüšž", "fi": "äöåšž", "fo": "áðíóúýæø", "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú", "hr": "čćđšž", "hu": "áéíóöőúüű", "id": "é", "is": "áðéíóúýþæö", "it": "àèéìíîòóùú",
    "lb": "äëéöü", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "ms": "é", "mt": "ċġħżàèìòù", "nl": "áéëíïóöúü",
    "no": "æøåéèêòóô", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúü", "ro": "ăâîșț", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž",
    "sq": "çë", "sv": "åäöéáü", "sw": "", "tl": "ñ", "tr": "çğıöşüâîû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư"
    "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}  # fmt: skip
CURRENCY = "$¢£¤¥€₡₦₩₪₫₭₮₱₲₴₵₸₹₺₼₽₾₿฿"
MARKS = "°§•·–—‘’‚“”„…«»‹›©®™№¡¿ªº²³¼½¾±×÷µ†"


def capital(letter: str) -> str:
    """The one capital of a letter: ı has I, and ß its own."""
    return "ẞ" if letter == "ß" else letter.upper()


def _claimed() -> str:
    small = {c for letters in MARKED.values() for c in letters}
    letters = sorted(small | {capital(c) for c in small if len(capital(c)) == 1} | {"İ"})
    plain = string.digits + string.ascii_uppercase + string.ascii_lowercase + string.punctuation
    return "".join(dict.fromkeys([*plain, *letters, *MARKS, *CURRENCY, " "]))


#: Every character, in the order of its class from 1; the space comes last. Class 0 is CTC's blank.
ALPHABET = _claimed()
CLASSES = 1 + len(ALPHABET)
CLASS = {c: i + 1 for i, c in enumerate(ALPHABET)}

# Dotless ı is İ's partner to some and I's to others: either may be read where a transcript has I.
_PAIRS = [(c, capital(c)) for c in ALPHABET if capital(c) != c and capital(c) in CLASS]
LOWER = [CLASS[small] for small, _ in _PAIRS if small not in "ıſ"]
UPPER = [CLASS[large] for small, large in _PAIRS if small not in "ıſ"]


def plain_of(character: str) -> str:
    """The letter or sign without its marks that looks most like a character; itself where it has none."""
    alike = {
        "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ẞ": "ß", "æ": "a", "œ": "o", "ð": "d",
        "þ": "p", "ə": "e", "Ə": "E", "‚": ",", "„": '"', "¡": "!", "‹": "<", "›": ">", "ª": "a", "º": "°", "¼": "1", "½": "1", "¾": "3",
        "฿": "B", "µ": "u", "№": "N",
    }  # fmt: skip
    return alike.get(character) or unicodedata.normalize("NFD", character)[0]


def spelling(text: str) -> str:
    """A text in the alphabet's characters: composed letters, plain forms of wide ones, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def encode(text: str) -> Ints | None:
    """Classes of the characters; None where the alphabet misses one."""
    return np.array([CLASS[c] for c in text], dtype=np.int64) if all(c in CLASS for c in text) else None


def decode(classes: list[int]) -> str:
    """The text of the best class of every frame: repeats are one character, blanks none."""
    kept = [c for c, before in zip(classes, [BLANK, *classes[:-1]], strict=True) if c != before and c != BLANK]
    return "".join(ALPHABET[c - 1] for c in kept)
