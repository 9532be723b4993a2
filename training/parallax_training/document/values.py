"""Made-up values as documents print them, a function a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .locales import Locale, pool

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SYLLABLES = ("ba", "ro", "ne", "ti", "lu", "ka", "mer", "sol", "vin", "dor", "pel", "tra", "zan", "fi", "gor", "hel", "mo", "ry", "st", "ax", "el",
"on", "qui", "wex")


@dataclass(frozen=True)
class Habits:
    """How one document writes: its language, and which of its formats."""

    locale: Locale
    dates: str  # one of the locale's formats
    money: tuple[str, str]
    currency: str
    sign: str  # where the currency's sign stands: "before", "before ", "after ", "none"
    day: date  # around which all its dates lie


def habits(locale: Locale, rng: Random) -> Habits:
    sign = rng.choice(("before", "before ", "none", "none") if locale.language == "en" else ("after ", "none", "none", "before "))
    day = date(2012, 1, 1) + timedelta(days=rng.randrange(5000))
    return Habits(locale, rng.choice(locale.dates), locale.money, rng.choice(locale.currencies), sign, day)


def amount(h: Habits, rng: Random) -> str:
    size = rng.choice((20, 500, 5000, 5000, 100_000, 3_000_000))
    return money_text(rng.randrange(size) + rng.randrange(100) / 100, h, rng)


def money_text(value: float, h: Habits, rng: Random) -> str:
    """An amount with the document's signs; sometimes another sign, whole, or below zero."""
    group, point = h.money
    text = f"{value:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group if rng.random() < 0.93 else "")
    if rng.random() < 0.04:
        text = text[: -3]
    if rng.random() < 0.03:
        text = f"-{text}"
    sign = h.sign if rng.random() < 0.9 else "none"
    return {"before": f"{h.currency}{text}", "before ": f"{h.currency} {text}", "after ": f"{text} {h.currency}"}.get(sign, text)


def day(h: Habits, rng: Random) -> str:
    return day_text(h.day + timedelta(days=rng.randint(-400, 400)), h, rng)


def day_text(when: date, h: Habits, rng: Random) -> str:
    month = h.locale.months[when.month - 1]
    text = when.strftime(h.dates).replace("{m}", month[:3] if rng.random() < 0.4 else month)
    return text.upper() if rng.random() < 0.05 else text


def moment(h: Habits, rng: Random) -> str:
    hour, minute = rng.randrange(24), rng.randrange(60)
    if h.locale.country == "US" and rng.random() < 0.7:
        return f"{hour % 12 or 12}:{minute:02}{rng.choice((' AM', ' PM', 'am', 'pm'))}"
    return f"{hour:02}:{minute:02}" + (f":{rng.randrange(60):02}" if rng.random() < 0.3 else "")


def code(_: Habits, rng: Random) -> str:
    digits = str(rng.randrange(10 ** rng.choice((3, 4, 5, 6, 7, 8, 9))))
    letters = "".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 4)))
    forms = (
        digits, digits, digits, f"{letters}{digits}", f"{letters}-{digits}", f"{digits}-{rng.randint(1, 99)}",
        f"{letters}/{digits[:4]}/{rng.randint(10, 99)}",
        f"{rng.randint(2012, 2026)}-{digits}", f"{digits}{letters[:1]}", f"{letters} {digits}", f"#{digits}", f"{digits[:3]}.{digits}",
        f"{letters}{digits[:2]}-{digits}",
    )
    return rng.choice(forms)


def letters_code(_: Habits, rng: Random) -> str:
    """A code without digits: KLM, HRPPH."""
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 5)))


def integer(_: Habits, rng: Random) -> str:
    return str(rng.randrange(rng.choice((10, 100, 1000, 20_000))))


def quantity(h: Habits, rng: Random) -> str:
    whole = str(rng.choice((1, 1, 1, 2, 3, 4, 5, 10, 12, rng.randrange(1, 500))))
    drawn = rng.random()
    if drawn < 0.15:
        return f"{whole}{h.money[1]}00"
    return f"{whole}{h.money[1]}{rng.randrange(1, 10)}" if drawn < 0.22 else whole


def percent(h: Habits, rng: Random) -> str:
    number = f"{rng.randrange(100)}" + (f"{h.money[1]}{rng.randrange(100):02}" if rng.random() < 0.4 else "")
    return number + rng.choice(("%", " %"))


def invented(rng: Random) -> str:
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3)))
    return word.capitalize()


def person(h: Habits, rng: Random) -> str:
    p = pool(h.locale.faker)
    first, last = rng.choice(p.first), rng.choice(p.last)
    middle = f" {rng.choice(LETTERS)}." if rng.random() < 0.12 else ""
    form = rng.random()
    if form < 0.1:
        return f"{last}, {first}"
    if form < 0.16:
        return f"{first[0]}. {last}"
    if form < 0.2:
        return f"{first} {last}-{rng.choice(p.last)}"
    return f"{first}{middle} {last}"


def company(h: Habits, rng: Random) -> str:
    """Names with all the signs that names have: & ( ) / , ' and digits."""
    p = pool(h.locale.faker)
    word = rng.choice(p.words).capitalize()
    form = rng.choice(h.locale.forms)
    last, other = rng.choice(p.last), rng.choice(p.last)
    forms = (
        rng.choice(p.companies), f"{invented(rng)} {form}", f"{invented(rng)} {word} {form}", f"{last} & {other} {form}",
        f"{word} {rng.choice(p.words).capitalize()} {form}",
        f"{last}, {other} and {rng.choice(p.last)}", f"{word} ({rng.choice(p.cities)}) {form}", f"{invented(rng)}/{word}", f"{last}'s {word}",
        f"{rng.choice(p.cities)} {word} {form}",
        f"{last} for {word} {rng.randint(2008, 2026)}", f"{invented(rng)}, {form}" if form else invented(rng),
        f"{invented(rng)}-{invented(rng)} {word} {form}", f"{invented(rng)} / {word}", f"{last}/{word} {other}/{rng.choice(LETTERS)}",
        f"{rng.choice(LETTERS)}{rng.choice(LETTERS)}/ {last} {word} / {rng.choice(LETTERS)} / {rng.choice(p.cities)}",
        f"{word} of {rng.choice(p.cities)}", f"{invented(rng)} {word} ({rng.choice(('M', 'KL', 'UK', 'Asia'))}) {form}",
        f"{rng.randint(1, 99)} {word} {form}",
        f"The {word} {rng.choice(p.words)} {form}", f"{last} {word} {rng.choice(p.words)} {form}", invented(rng),
    )
    name = " ".join(rng.choice(forms).split())
    return name.upper() if rng.random() < 0.25 else name


def phrase(h: Habits, rng: Random) -> str:
    p = pool(h.locale.faker)
    words = [rng.choice(p.words) for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 6)))]
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words) + 1), str(rng.randrange(100)))
    text = " ".join(words)
    return rng.choice((text, text.title(), text.capitalize(), text.upper()))


def job(h: Habits, rng: Random) -> str:
    return rng.choice(pool(h.locale.faker).jobs)


def city(h: Habits, rng: Random) -> str:
    return rng.choice(pool(h.locale.faker).cities)


def street(h: Habits, rng: Random) -> str:
    return rng.choice(pool(h.locale.faker).streets)


def postcode(h: Habits, rng: Random) -> str:
    return rng.choice(pool(h.locale.faker).postcodes)


def address_lines(h: Habits, rng: Random) -> list[str]:
    """A postal address as two to four lines."""
    p = pool(h.locale.faker)
    place, after = rng.choice(p.cities), rng.choice(p.postcodes)
    if h.locale.country == "US":
        towns = f"{place}, {rng.choice(LETTERS)}{rng.choice(LETTERS)} {after}"
    elif h.locale.country == "GB":
        towns = rng.choice((f"{place} {after}", f"{place}, {after}"))
    else:
        towns = f"{after} {place}"
    lines = [rng.choice(p.streets), towns]
    if rng.random() < 0.3:
        house = rng.choice((lines[0], f"{rng.randint(1, 300)}, {lines[0]}"))
        lines[0] = f"{rng.choice(('No.', 'No', 'Lot', 'Unit', 'LOT PT', 'Blk', 'c/o'))} {house}"
    if rng.random() < 0.25:
        quarter = rng.choice(("", "Taman", "Park", "Zone", "Building", "Industrial Estate"))
        lines.insert(1, f"{quarter} {rng.choice(p.last)} {rng.choice(p.words)}".strip().title())
    if rng.random() < 0.15:
        lines.insert(1, rng.choice((f"Suite {rng.randint(1, 900)}", f"P.O. Box {rng.randint(1, 9999)}", f"{rng.randint(1, 9)}. OG")))
    if rng.random() < 0.2:
        lines.append(rng.choice((h.locale.country, rng.choice(p.cities).upper())))
    return lines


def address(h: Habits, rng: Random) -> str:
    return rng.choice((", ", ", ", " ")).join(address_lines(h, rng))


def phone(_: Habits, rng: Random) -> str:
    def some(n: int) -> str:
        return "".join(rng.choice("0123456789") for _ in range(n))

    forms = (f"({some(3)}) 555-{some(4)}", f"{some(3)}-555-{some(4)}", f"+{some(2)} {some(2)} {some(4)} {some(4)}", f"0{some(3)} {some(6)}",
    f"0{some(2)}/{some(7)}", f"{some(3)}.555.{some(4)}", f"+{some(11)}")
    return rng.choice(forms)


def email(h: Habits, rng: Random) -> str:
    name = rng.choice(("info", "office", "billing", invented(rng).lower()))
    return f"{name}@{invented(rng).lower()}.{rng.choice(('example', 'com', 'net', h.locale.country.lower()))}"


def website(h: Habits, rng: Random) -> str:
    return f"{rng.choice(('www.', 'https://www.', 'http://', ''))}{invented(rng).lower()}.{rng.choice(('example', 'com', h.locale.country.lower()))}"


def iban(h: Habits, rng: Random) -> str:
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice((16, 18, 20, 22))))
    text = checked(f"{h.locale.country}{digits}")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4)) if rng.random() < 0.7 else text


def checked(iban: str) -> str:
    """With the check digits that ISO 13616 asks for, without spaces."""
    bare = "".join(iban.split())
    number = int("".join(str(int(c, 36)) for c in f"{bare[4:]}{bare[:2]}00"))
    return f"{bare[:2]}{98 - number % 97:02}{bare[4:]}"


def bic(h: Habits, rng: Random) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(4)) + h.locale.country + rng.choice(("XX", "2L", "FF")) + rng.choice(("", "XXX"))


def vat_id(h: Habits, rng: Random) -> str:
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice((8, 9, 10, 11))))
    return rng.choice((f"{h.locale.country}{digits}", f"{h.locale.country} {digits[:3]} {digits[3:6]} {digits[6:]}", f"{digits[:2]}-{digits[2:]}",
    digits))


def currency(h: Habits, rng: Random) -> str:
    return h.currency if h.currency.isalpha() and len(h.currency) == 3 else rng.choice(("EUR", "USD", "GBP", "CHF"))


def yes_or_no(_: Habits, rng: Random) -> str:
    return rng.choice(("Yes", "No", "yes", "no", "Y", "N", "X"))


def measure(h: Habits, rng: Random) -> str:
    number = f"{rng.randrange(900)}" + (f"{h.money[1]}{rng.randrange(1000)}" if rng.random() < 0.4 else "")
    return f"{number} {rng.choice(('kg', 'm', 'km', 'h', 'pcs', 't', 'l', 'm²', 'days', 'kWh'))}"


Maker = Callable[[Habits, Random], str]

# Of each kind what makes it, and what a schema may say of its type and format.
KINDS: dict[str, tuple[Maker, str, str]] = {
    "amount": (amount, "number", ""), "date": (day, "string", "date"), "time": (moment, "string", "time"), "code": (code, "string", ""),
    "letters": (letters_code, "string", ""), "integer": (integer, "integer", ""), "percent": (percent, "number", ""), "person": (person, "string",
    ""),
    "company": (company, "string", ""), "phrase": (phrase, "string", ""), "job": (job, "string", ""), "city": (city, "string", ""),
    "street": (street, "string", ""),
    "postcode": (postcode, "string", ""), "address": (address, "string", ""), "phone": (phone, "string", ""), "email": (email, "string", "email"),
    "website": (website, "string", "uri"), "iban": (iban, "string", "iban"), "bic": (bic, "string", ""), "vat": (vat_id, "string", ""),
    "currency": (currency, "string", ""), "quantity": (quantity, "number", ""), "yes": (yes_or_no, "boolean", ""), "measure": (measure, "number", ""),
}  # fmt: skip


def value_of(kind: str, h: Habits, rng: Random) -> str:
    """A value on one line, single spaces, not empty."""
    return " ".join(KINDS[kind][0](h, rng).split()) or "1"
