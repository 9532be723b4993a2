"""How a language writes dates and amounts, and made-up names, addresses and words in it (by Faker, MIT)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from faker import Faker

POOLED = 160  # names of each kind and language; they are cut and joined anew for every page


@dataclass(frozen=True)
class Locale:
    """A language with the habits of a country."""

    language: str
    faker: str  # a locale of Faker
    country: str  # its ISO 3166 code
    months: tuple[str, ...]
    dates: tuple[str, ...]  # formats of ``strftime`` with {m} for the month's name
    money: tuple[str, str]  # what stands between thousands, and before cents
    currencies: tuple[str, ...]
    forms: tuple[str, ...]  # legal forms of companies


DAY_FIRST = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d. {m} %Y", "%d {m} %Y", "%Y-%m-%d")

LOCALES = (
    Locale("en", "en_US", "US",
           ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
           ("%m/%d/%Y", "%m/%d/%y", "{m} %d, %Y", "{m} %d %Y", "%d-{m}-%y", "%m-%d-%Y", "%Y-%m-%d", "%d {m} %Y"), (",", "."),
           ("$", "USD", "US$"), ("Inc.", "Inc", "LLC", "Corp.", "Co.", "Group", "& Co.", "LP", "")),
    Locale("en", "en_GB", "GB",
           ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
           ("%d/%m/%Y", "%d/%m/%y", "%d {m} %Y", "%d-{m}-%Y", "%Y-%m-%d"), (",", "."), ("£", "GBP", "€"), ("Ltd", "Ltd.", "PLC", "LLP", "")),
    Locale("de", "de_DE", "DE",
           ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
           DAY_FIRST, (".", ","), ("€", "EUR"), ("GmbH", "AG", "KG", "GmbH & Co. KG", "e.K.", "OHG", "")),
    Locale("fr", "fr_FR", "FR",
           ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
           ("%d/%m/%Y", "%d/%m/%y", "%d {m} %Y", "%d-%m-%Y"), (" ", ","), ("€", "EUR"), ("SARL", "SA", "SAS", "EURL", "")),
    Locale("es", "es_ES", "ES",
           ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
           ("%d/%m/%Y", "%d-%m-%Y", "%d de {m} de %Y", "%d/%m/%y"), (".", ","), ("€", "EUR"), ("S.L.", "S.A.", "SL", "S.L.U.", "")),
    Locale("it", "it_IT", "IT",
           ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
           ("%d/%m/%Y", "%d.%m.%Y", "%d {m} %Y", "%d/%m/%y"), (".", ","), ("€", "EUR"), ("S.r.l.", "S.p.A.", "Srl", "S.n.c.", "")),
    Locale("nl", "nl_NL", "NL",
           ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
           ("%d-%m-%Y", "%d/%m/%Y", "%d {m} %Y", "%d-%m-%y"), (".", ","), ("€", "EUR"), ("B.V.", "BV", "N.V.", "VOF", "")),
    Locale("pt", "pt_PT", "PT",
           ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
           ("%d/%m/%Y", "%d-%m-%Y", "%d de {m} de %Y", "%Y-%m-%d"), (".", ","), ("€", "EUR", "R$"), ("Lda.", "S.A.", "Ltda", "")),
    Locale("pl", "pl_PL", "PL",
           ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
           ("%d.%m.%Y", "%Y-%m-%d", "%d {m} %Y", "%d-%m-%Y"), (" ", ","), ("zł", "PLN"), ("Sp. z o.o.", "S.A.", "sp.j.", "")),
    Locale("sv", "sv_SE", "SE",
           ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"),
           ("%Y-%m-%d", "%d {m} %Y", "%d/%m/%Y", "%y-%m-%d"), (" ", ","), ("kr", "SEK"), ("AB", "HB", "")),
    Locale("da", "da_DK", "DK",
           ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"),
           DAY_FIRST, (".", ","), ("kr.", "DKK"), ("A/S", "ApS", "I/S", "")),
    Locale("no", "no_NO", "NO",
           ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"),
           DAY_FIRST, (" ", ","), ("kr", "NOK"), ("AS", "ASA", "ANS", "")),
    Locale("cs", "cs_CZ", "CZ",
           ("ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"),
           ("%d.%m.%Y", "%d. %m. %Y", "%d. {m} %Y", "%d.%m.%y"), (" ", ","), ("Kč", "CZK"), ("s.r.o.", "a.s.", "spol. s r.o.", "")),
)  # fmt: skip


@dataclass(frozen=True)
class Pool:
    """Made-up parts of names and texts in one language."""

    companies: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    postcodes: tuple[str, ...]
    words: tuple[str, ...]
    jobs: tuple[str, ...]


@cache
def pool(locale: str) -> Pool:
    """The same for every run: Faker is seeded with a constant."""
    faker = Faker(locale)
    faker.seed_instance(2026)

    def many(make: str) -> tuple[str, ...]:
        source = getattr(faker, make)
        return tuple(str(source()).replace("\n", " ") for _ in range(POOLED))

    return Pool(
        many("company"), many("first_name"), many("last_name"), many("street_address"), many("city"), many("postcode"),
        tuple(dict.fromkeys(word for word in faker.words(3 * POOLED))), many("job"),
    )  # fmt: skip
