"""What a country decides about its receipts: money, dates, taxes, addresses, phones."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .money import MoneyFormat

POINT = MoneyFormat(2, ".", ",")
COMMA = MoneyFormat(2, ",", ".")


@dataclass(frozen=True)
class Country:
    """Conventions of one country. Rates are percents, ``cash_step`` is in minor units."""

    code: str
    language: str
    currency: str
    symbols: tuple[str, ...]  # alternatives; a trailing or leading space is printed
    symbol_after: bool
    money: MoneyFormat
    dates: tuple[str, ...]  # strftime patterns
    times: tuple[str, ...]
    tax_names: tuple[str, ...]
    tax_rates: tuple[float, ...]  # the standard rate first, then the reduced ones
    tax_inclusive: tuple[str, ...]  # trades whose prices already contain the tax; "*" is all
    tax_id: str  # '#' is a digit
    service_rate: float  # added in restaurants, 0 where unusual
    cash_step: int
    scale: float  # price level: local currency for one euro of catalogue price
    suffixes: tuple[str, ...]  # company forms
    phones: tuple[str, ...]  # numbers reserved for fiction where the country has them
    streets: tuple[str, ...]
    towns: tuple[str, ...]  # '#' is a digit

    def includes_tax(self, trade: str) -> bool:
        return "*" in self.tax_inclusive or trade in self.tax_inclusive

    def address(self, rng: Random) -> list[str]:
        """One or two printed lines: street, then town with postcode."""
        street = digits(rng.choice(self.streets), rng)
        town = digits(rng.choice(self.towns), rng)
        return [street, town]

    def phone(self, rng: Random) -> str:
        return digits(rng.choice(self.phones), rng)


def digits(pattern: str, rng: Random) -> str:
    """``pattern`` with ``#`` replaced by a digit and ``%`` by a digit from 1 to 9."""
    draw = {"#": lambda: str(rng.randint(0, 9)), "%": lambda: str(rng.randint(1, 9))}
    return "".join(draw[c]() if c in draw else c for c in pattern)


CLOCK_24 = ("%H:%M", "%H:%M:%S")
CLOCK_12 = ("%I:%M %p", "%I:%M:%S %p", "%I:%M%p")

MY = Country(
    "MY", "en", "MYR", ("RM", "RM "), False, POINT,
    ("%d/%m/%Y", "%d-%m-%Y", "%d %b %Y", "%d/%m/%y", "%d-%b-%Y"), CLOCK_24 + CLOCK_12[:2],
    ("SST", "GST", "Service Tax"), (6,), ("grocery", "hardware", "pharmacy", "fuel", "parking", "invoice"),
    "00%###-###-###", 10, 5, 2.4, ("Sdn Bhd", "SDN. BHD.", "Enterprise", "Trading"),
    ("03-5550 ####", "03-7955 0###", "+60 3-5550 ####", "07-555 0###", "04-2550 ###"),
    ("No. %#, Jalan Seri Kenari %", "Lot %#, Jalan Meranti Emas %/%", "%#, Lorong Bayu Timur",
     "G-%#, Persiaran Cempaka Biru", "%#-G, Jalan Pandan Hulu %"),
    ("50450 Kuala Lumpur", "47301 Petaling Jaya, Selangor", "81100 Johor Bahru, Johor",
     "10050 George Town, Penang", "40170 Shah Alam, Selangor", "75000 Melaka"),
)

SG = Country(
    "SG", "en", "SGD", ("$", "S$", "SGD "), False, POINT,
    ("%d/%m/%Y", "%d %b %Y", "%d-%b-%y", "%Y-%m-%d"), CLOCK_24 + CLOCK_12,
    ("GST",), (9,), ("grocery", "hardware", "pharmacy", "fuel", "parking", "taxi", "cafe"),
    "20%######C", 10, 5, 1.6, ("Pte Ltd", "PTE. LTD.", "LLP", "F&B Pte Ltd"),
    ("6550 ####", "+65 6550 ####", "(65) 6555 0###"),
    ("%# Kestrel Lane #0%-##", "%## Tanjong Melor Road #0%-##", "Blk %## Serangoon Vale Ave %", "% Marina Lantern Walk #B1-%#"),
    ("Singapore %#####", "Singapore 0%####", "S(%#####)"),
)

US = Country(
    "US", "en", "USD", ("$",), False, POINT,
    ("%m/%d/%Y", "%m/%d/%y", "%b %d, %Y", "%m-%d-%Y"), CLOCK_12 + CLOCK_24[:1],
    ("Sales Tax", "Tax", "SALES TAX"), (8.25, 7.5, 6.25, 9.5, 8.875), (),
    "", 0, 0, 1.35, ("LLC", "Inc.", "& Co.", ""),
    ("(415) 555-01##", "212-555-01##", "(503) 555-01##", "312.555.01##", "(206) 555-01##"),
    ("%## Orchard Mill Rd", "%### N Larkspur Ave", "%# Copper Hollow St", "%### SW Thistle Blvd Suite %##", "%## Harborview Pkwy"),
    ("Portland, OR 972##", "San Francisco, CA 941##", "Chicago, IL 606##", "New York, NY 100##", "Seattle, WA 981##", "Austin, TX 787##"),
)

GB = Country(
    "GB", "en", "GBP", ("£",), False, POINT,
    ("%d/%m/%Y", "%d/%m/%y", "%d %b %Y", "%d-%m-%Y"), CLOCK_24,
    ("VAT",), (20, 0), ("*",), "GB %## #### ##", 0, 0, 0.9, ("Ltd", "Limited", "& Sons", ""),
    ("020 7946 0###", "0161 496 0###", "0117 496 0###", "+44 20 7946 0###"),
    ("%# Tallow Row", "%## Fennimore Street", "Unit %, Osprey Yard", "% The Old Weighbridge, Larch Lane"),
    ("London SE% %QX", "Manchester M% %RW", "Bristol BS% %TY", "Leeds LS% %HN", "Bath BA% %DP"),
)

DE = Country(
    "DE", "de", "EUR", (" EUR", " €", "€"), True, COMMA,
    ("%d.%m.%Y", "%d.%m.%y"), CLOCK_24,
    ("MwSt", "MwSt.", "USt"), (19, 7), ("*",), "DE%########", 0, 0, 1.0, ("GmbH", "e.K.", "KG", "OHG"),
    ("030 23125 ###", "089 99998 ###", "040 66969 ###", "0221 4710 ###"),
    ("Lindengrund %#", "Am Alten Speicher %", "Rosengartenallee %##", "Ziegelhofstr. %#", "Kastanienweg %"),
    ("10961 Berlin", "80469 München", "20357 Hamburg", "50674 Köln", "04229 Leipzig"),
)

FR = Country(
    "FR", "fr", "EUR", (" €", "€", " EUR"), True, MoneyFormat(2, ",", " "),
    ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y"), (*CLOCK_24, "%Hh%M"),
    ("TVA",), (20, 10, 5.5), ("*",), "FR%# %## ### ###", 0, 0, 1.05, ("SARL", "SAS", "EURL", ""),
    ("01 99 00 ## ##", "02 61 91 ## ##", "04 65 71 ## ##", "05 36 49 ## ##"),
    ("%# rue des Tilleuls Blancs", "%#, quai du Vieux Lavoir", "% place de la Fontaine d'Or", "%## avenue des Moulins"),
    ("75011 Paris", "69002 Lyon", "33000 Bordeaux", "44000 Nantes", "31000 Toulouse"),
)

IN = Country(
    "IN", "en", "INR", ("Rs.", "Rs ", "₹"), False, MoneyFormat(2, ".", ",", lakhs=True),
    ("%d/%m/%Y", "%d-%m-%Y", "%d-%b-%y"), CLOCK_24 + CLOCK_12[:1],
    ("GST",), (5, 18, 12), ("parking", "taxi", "fuel"), "29ABCDE####F1Z%", 0, 100, 55.0,
    ("Pvt Ltd", "& Sons", "Traders", ""),
    ("080-4555 ####", "+91 22 5550 ####", "044 5550 ####"),
    ("%#, Neelkanth Cross Road", "Shop %, Chandrika Arcade, %th Main", "No %##, Old Mango Grove Street"),
    ("Bengaluru 5600##", "Mumbai 4000##", "Chennai 6000##", "Pune 4110##"),
)

AU = Country(
    "AU", "en", "AUD", ("$", "A$"), False, POINT,
    ("%d/%m/%Y", "%d/%m/%y", "%d %b %Y"), CLOCK_12 + CLOCK_24[:1],
    ("GST",), (10,), ("*",), "%# ### ### ###", 0, 5, 1.7, ("Pty Ltd", "PTY LTD", "& Co", ""),
    ("(02) 5550 ####", "(03) 7010 ####", "(07) 5550 ####", "(08) 5550 ####"),
    ("%## Wattlebird Street", "Shop %, %# Ironbark Parade", "%# Jacaranda Esplanade"),
    ("Fitzroy VIC 3065", "Newtown NSW 2042", "West End QLD 4101", "Fremantle WA 6160"),
)

CH = Country(
    "CH", "de", "CHF", ("CHF ", "Fr. "), False, MoneyFormat(2, ".", "'"),
    ("%d.%m.%Y", "%d.%m.%y"), CLOCK_24,
    ("MWST",), (8.1, 2.6), ("*",), "CHE-%##.###.###", 0, 5, 1.6, ("AG", "GmbH", ""),
    ("044 555 ## ##", "031 555 ## ##", "+41 61 555 ## ##"),
    ("Mühlesteig %#", "Obere Lärchengasse %", "Brunnhaldenstrasse %#"),
    ("8004 Zürich", "3011 Bern", "4051 Basel", "6003 Luzern"),
)

ID = Country(
    "ID", "id", "IDR", ("Rp ", "Rp", "Rp. "), False, MoneyFormat(0, ",", "."),
    ("%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"), CLOCK_24,
    ("PB1", "Pajak", "PPN"), (10,), ("grocery", "pharmacy", "hardware", "fuel", "parking", "taxi"),
    "0%.###.###.#-###.000", 5, 100, 9000.0, ("PT", "CV", ""),
    ("(021) 555-0###", "(022) 555 0###", "0361 555 0##"),
    ("Jl. Cendana Raya No. %#", "Jl. Melati Putih %#", "Ruko Sinar Lembayung Blok B%"),
    ("Jakarta Selatan 12###", "Bandung 401##", "Denpasar 802##"),
)

COUNTRIES = {c.code: c for c in (MY, SG, US, GB, DE, FR, IN, AU, CH, ID)}
