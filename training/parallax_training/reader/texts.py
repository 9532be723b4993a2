"""Made-up texts of lines in every claimed language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from faker import Faker

from ..synth.bulk import random_recipe
from ..synth.specimen import lay_out
from .alphabet import ALPHABET, CURRENCY, MARKED, encode, plain_of, spelling

# Names, addresses and words by language; those without an entry have their letters strewn over another's words.
LOCALES = {
    "az": "az_AZ", "ca": "es_CA", "cs": "cs_CZ", "da": "da_DK", "de": "de_DE", "en": "en_GB", "es": "es_ES", "et": "et_EE",
    "fi": "fi_FI", "fr": "fr_FR", "ga": "ga_IE", "hr": "hr_HR", "hu": "hu_HU", "id": "id_ID", "is": "is_IS", "it": "it_IT",
    "lb": "lb_LU", "lt": "lt_LT", "lv": "lv_LV", "mt": "mt_MT", "nl": "nl_NL", "no": "no_NO", "pl": "pl_PL", "pt": "pt_PT",
    "ro": "ro_RO", "sk": "sk_SK", "sl": "sl_SI", "sq": "sq_AL", "sv": "sv_SE", "sw": "sw", "tl": "fil_PH", "tr": "tr_TR",
    "vi": "vi_VN",
}  # fmt: skip
LANGUAGES = sorted({*MARKED, *LOCALES})
CODES = (
    "EUR", "USD", "GBP", "PLN", "Kč", "CZK", "zł", "kr", "kr.", "SEK", "NOK", "DKK", "Ft", "lei", "RM", "Rp",
    "CHF", "Fr.", "TL", "KSh", "R$", "S$", "A$", "Rs.", "đ", "VND", "ISK", "R",
)  # fmt: skip
LONGEST = 40
UNITS = ("g", "kg", "ml", "L", "cm", "mm", "m²", "°C", "%", "x", "pcs", "St.", "°", "W")


def random_text(rng: Random) -> str:
    """A line of any kind."""
    return usable(rng, rng.choices(KINDS, (34, 40, 15, 5, 3, 3))[0])


def usable(rng: Random, make: Callable[[Random], str]) -> str:
    """What is made, in some case: 1 to ``LONGEST`` characters, all of them in the alphabet."""
    while True:
        text = spelling(cased(make(rng), rng))[:LONGEST].strip()
        if text and encode(text) is not None:
            return text


def cased(text: str, rng: Random) -> str:
    chance = rng.random()
    if chance < 0.3:
        return text.upper()
    return text.title() if chance < 0.36 else text


def of_a_receipt(rng: Random) -> str:
    """A text of a drawn receipt, sometimes with the one after it."""
    texts = receipt_texts(rng.randrange(400))
    at = rng.randrange(len(texts))
    return " ".join(texts[at : at + rng.choice((1, 1, 2))])


@cache
def receipt_texts(index: int) -> list[str]:
    _, pages = lay_out(random_recipe(7, index))
    return [run.text for page in pages for run in page.runs if any(map(str.isalnum, run.text))] or ["TOTAL"]


def of_a_language(rng: Random, language: str | None = None) -> str:
    """A name, an address or words; some with marks where the language has none there."""
    language = language or rng.choice(LANGUAGES)
    faker = speaking(LOCALES.get(language, "id_ID"))
    faker.seed_instance(rng.getrandbits(32))
    make = rng.choice((faker.company, faker.street_address, faker.city, faker.name, lambda: " ".join(faker.words(rng.randint(1, 4)))))
    text = make().replace("\n", ", ")
    strewn = 0.4 if language not in LOCALES or language in ("ga", "is", "mt", "sw", "tl") else 0.08
    return strew(text, MARKED.get(language, ""), rng) if rng.random() < strewn else text


@cache
def speaking(locale: str) -> Faker:
    return Faker(locale)


def strew(text: str, letters: str, rng: Random) -> str:
    """Many letters replaced by marked ones that look like them, and a few by any of the language's."""
    twins: dict[str, list[str]] = {}
    for letter in letters:
        twins.setdefault(plain_of(letter), []).append(letter)

    def strewn(c: str) -> str:
        if letters and c.isalpha() and rng.random() < 0.03:
            return rng.choice(letters)
        return rng.choice(twins[c]) if c in twins and rng.random() < 0.5 else c

    return "".join(map(strewn, text))


def of_money(rng: Random) -> str:
    """An amount with or without a sign or code of a currency, a quantity before it or a letter of tax after it."""
    whole, cents = rng.choice((rng.randint(0, 99), rng.randint(0, 9999), rng.randint(0, 9_999_999))), rng.randint(0, 99)
    group, point = rng.choice(((",", "."), (".", ","), (" ", ","), ("", "."), ("", ","), ("'", ".")))
    amount = f"{whole:,}".replace(",", group) + (f"{point}{cents:02}" if rng.random() < 0.85 else "")
    sign = rng.choice((*CURRENCY, "€", "€", "$", "£", "₹", *CODES)) if rng.random() < 0.75 else ""
    gap = rng.choice(("", " "))
    text = rng.choice((f"{sign}{gap}{amount}", f"{amount}{gap}{sign}")).strip()
    before, after = rng.choice(("", "", "", f"{rng.randint(1, 20)} x ", "-", "= ")), rng.choice(("", "", "", "-", " A", " *", " T"))
    return f"{before}{text}{after}"


def of_figures(rng: Random) -> str:
    """Codes, sizes, dates and percents."""
    date = f"{rng.randint(1, 31):02}{(s := rng.choice('./-'))}{rng.randint(1, 12):02}{s}{rng.randint(1990, 2030)}"
    time = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
    code = "".join(rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ-/0123456789") for _ in range(rng.randint(3, 14)))
    size = f"{rng.randint(1, 900)}{rng.choice(('', ' '))}{rng.choice(UNITS)}"
    rate = f"{rng.randint(0, 27)}{rng.choice((',', '.'))}{rng.randint(0, 99):02}%"
    return " ".join(rng.sample((date, time, f"{date} {time}", code, size, rate, f"№ {code}", f"#{code}"), rng.randint(1, 2)))


def of_signs(rng: Random) -> str:
    """Words among signs and letters of the whole alphabet, so that none is forgotten."""
    words = of_a_language(rng).split()
    odd = "".join(rng.choice(ALPHABET[:-1]) for _ in range(rng.randint(1, 4)))
    opening, closing = rng.choice(("()", "[]", "“”", "„“", "«»", "‘’", '""', "**", "<>", "‹›", "¿?", "¡!"))
    word = rng.choice(words)
    sign = rng.choice("–—•·…&+")
    return " ".join(rng.choice(((f"{opening}{word}{closing}", *words[:2]), (*words[:2], odd), (word + odd,), (word, sign, *words[:1]))))


def of_few(rng: Random) -> str:
    """A column's short entry: a quantity, a colon, a code of tax."""
    digit = str(rng.randint(0, 9))
    return rng.choice((digit, digit, str(rng.randint(10, 999)), ":", rng.choice("-*x@%=()/."), rng.choice("ABSTXZ")))


KINDS: tuple[Callable[[Random], str], ...] = (of_a_receipt, of_a_language, of_money, of_figures, of_signs, of_few)
