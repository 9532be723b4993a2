"""What shops sell, and what shops are called. All names are invented.

A ware is ``(description, low, high)``; prices are in euros at a common price level and
``Country.scale`` turns them into local money. ``{brand}``, ``{size}``, ``{volume}`` and ``{litres}`` are filled in.
"""

from __future__ import annotations

from random import Random

Ware = tuple[str, float, float]

WEIGHTS = ("200g", "250g", "400g", "500g", "750g", "1kg")
VOLUMES = ("330ml", "500ml", "750ml", "1L", "1.5L", "2L")
TINS = ("1L", "2.5L", "5L", "10L")

WARES: dict[tuple[str, str], list[Ware]] = {
    ("restaurant", "en"): [
        ("Grilled Chicken", 9, 15), ("Fish & Chips", 9, 14), ("Caesar Salad", 6, 10), ("Beef Burger", 8, 13),
        ("Mushroom Soup", 4, 7), ("Garlic Bread", 3, 5), ("Lemonade", 2, 4), ("Sparkling Water", 2, 4),
        ("Spaghetti Carbonara", 9, 13), ("Prawn Linguine", 11, 16), ("Lamb Shank", 15, 22), ("Veggie Platter", 8, 12),
        ("Sirloin Steak 250g", 18, 27), ("Roast Potatoes", 3, 5), ("Cheesecake", 4, 7), ("House Red Glass", 4, 7),
        ("Craft Lager Pint", 4, 7), ("Iced Tea", 2, 4), ("Onion Rings", 3, 5), ("Tiramisu", 4, 7), ("Coke Zero", 2, 3),
    ],
    ("restaurant", "MY"): [
        ("Nasi Lemak Ayam", 3, 6), ("Teh Tarik", 1, 2), ("Roti Canai", 0.8, 1.6), ("Mee Goreng Mamak", 3, 5),
        ("Char Kuey Teow", 3.5, 6), ("Kopi O Ais", 1, 2), ("Satay Ayam (6)", 4, 7), ("Sirap Bandung", 1.2, 2.2),
        ("Nasi Goreng Kampung", 3.5, 6), ("Cendol", 2, 3), ("Ikan Bakar", 8, 14), ("Kailan Ikan Masin", 4, 7),
        ("Tom Yam Seafood", 6, 10), ("Limau Ais", 1, 2), ("Butter Prawn (M)", 12, 18), ("Steamed Rice", 0.6, 1.2),
    ],
    ("restaurant", "SG"): [
        ("Hainan Chicken Rice", 4, 7), ("Laksa", 4, 7), ("Chilli Crab (S)", 25, 38), ("Kaya Toast Set", 3, 5),
        ("Bak Chor Mee", 4, 6), ("Barley Water", 1.5, 2.5), ("Cereal Prawns", 14, 20), ("Sambal Kangkong", 6, 9),
        ("Hokkien Mee", 4, 7), ("Lime Juice", 1.5, 3), ("Chendol", 2, 4), ("Fried Mantou (4)", 2, 4),
    ],
    ("restaurant", "IN"): [
        ("Masala Dosa", 1.2, 2.5), ("Paneer Butter Masala", 3, 5), ("Butter Naan", 0.6, 1), ("Veg Biryani", 2.5, 4.5),
        ("Sweet Lassi", 1, 2), ("Filter Coffee", 0.5, 1), ("Dal Makhani", 2.5, 4), ("Gobi Manchurian", 2, 4),
        ("Chicken 65", 3, 5), ("Gulab Jamun (2)", 1, 2), ("Jeera Rice", 1.5, 2.5), ("Mineral Water", 0.4, 0.8),
    ],
    ("restaurant", "de"): [
        ("Wiener Schnitzel", 13, 19), ("Käsespätzle", 9, 13), ("Apfelschorle 0,4", 3, 4.5), ("Pils vom Fass 0,5", 3.5, 5),
        ("Rinderroulade", 14, 19), ("Gem. Salat", 4, 7), ("Bratwurst m. Pommes", 7, 10), ("Kaiserschmarrn", 7, 10),
        ("Flammkuchen", 8, 12), ("Kartoffelsuppe", 4, 7), ("Mineralwasser 0,75", 4, 6), ("Espresso", 2, 3),
        ("Grauburgunder 0,2", 5, 8), ("Maultaschen", 9, 13), ("Apfelstrudel", 5, 7),
    ],
    ("restaurant", "fr"): [
        ("Soupe à l'oignon", 6, 9), ("Steak frites", 14, 20), ("Salade niçoise", 11, 15), ("Moules marinières", 13, 18),
        ("Crème brûlée", 6, 9), ("Café", 1.8, 3), ("Carafe vin rouge", 8, 14), ("Menu du jour", 15, 22),
        ("Tarte tatin", 6, 9), ("Eau pétillante", 4, 6), ("Confit de canard", 15, 21), ("Plateau fromages", 8, 13),
    ],
    ("restaurant", "id"): [
        ("Nasi Goreng Spesial", 2, 4), ("Sate Ayam", 2, 4), ("Gado-Gado", 1.6, 3), ("Es Teh Manis", 0.4, 1),
        ("Soto Betawi", 2, 4), ("Ayam Bakar", 2, 4), ("Jus Alpukat", 1, 2), ("Mie Goreng", 1.6, 3), ("Es Jeruk", 0.6, 1.2),
        ("Cah Kangkung", 1, 2), ("Nasi Putih", 0.3, 0.7),
    ],
    ("cafe", "en"): [
        ("Flat White", 2.5, 4), ("Cappuccino", 2.5, 4), ("Latte Large", 3, 4.5), ("Espresso", 1.8, 2.8), ("Mocha", 3, 4.5),
        ("Oat Milk", 0.4, 0.8), ("Blueberry Muffin", 2, 3.5), ("Almond Croissant", 2.5, 4), ("Avocado Toast", 6, 9),
        ("Earl Grey", 2, 3), ("Banana Bread", 2.5, 4), ("Cold Brew", 3, 4.5), ("Ham Cheese Toastie", 5, 8),
        ("Chai Latte", 3, 4.5), ("Granola Bowl", 5, 8), ("Cinnamon Roll", 2.5, 4), ("Americano", 2, 3.5),
    ],
    ("cafe", "de"): [
        ("Butterbrezel", 1.5, 2.5), ("Milchkaffee", 2.8, 4), ("Roggenbrot 750g", 3, 4.5), ("Körnerbrötchen", 0.6, 1.1),
        ("Mohnschnecke", 1.8, 2.8), ("Cappuccino", 2.6, 3.8), ("Käsekuchen Stk", 2.8, 4), ("Laugenstange", 0.9, 1.5),
        ("Heiße Schokolade", 2.8, 4), ("Apfeltasche", 1.8, 2.6),
    ],
    ("cafe", "fr"): [
        ("Baguette tradition", 1.1, 1.5), ("Croissant beurre", 1.1, 1.6), ("Pain chocolat", 1.2, 1.7),
        ("Café crème", 2.5, 4), ("Eclair café", 2.5, 3.8), ("Quiche lorraine", 3.5, 5), ("Tarte citron", 3, 4.5),
        ("Sandwich poulet", 4, 6), ("Jus d'orange", 2.5, 4),
    ],
    ("cafe", "id"): [
        ("Kopi Susu Aren", 1, 2), ("Americano Ice", 1, 2), ("Roti Bakar", 0.8, 1.6), ("Pisang Goreng", 0.8, 1.5),
        ("Teh Tarik", 0.8, 1.5), ("Croffle", 1.2, 2.2), ("Matcha Latte", 1.4, 2.4),
    ],
    ("grocery", "en"): [
        ("{brand} Full Cream Milk {volume}", 1, 2.5), ("Free Range Eggs 10s", 2, 4), ("White Bread {size}", 1, 2.5),
        ("{brand} Basmati Rice {size}", 2, 5), ("Bananas Loose", 0.8, 2), ("{brand} Corn Flakes {size}", 2, 4),
        ("Cheddar Mature {size}", 2, 5), ("Tomatoes Vine {size}", 1, 3), ("{brand} Olive Oil {volume}", 4, 8),
        ("Chicken Thighs {size}", 3, 6), ("{brand} Dish Soap {volume}", 1, 3), ("Toilet Rolls 6s", 2, 5),
        ("{brand} Orange Juice {volume}", 1, 3), ("Greek Yogurt {size}", 1, 3), ("{brand} Instant Noodles", 0.5, 1),
        ("Baby Spinach {size}", 1, 2.5), ("{brand} Dark Choc {size}", 1, 3), ("Carrots {size}", 0.6, 1.5),
        ("{brand} Tea Bags", 1.5, 3), ("Brown Sugar {size}", 1, 2), ("{brand} Shampoo {volume}", 2, 5), ("Potatoes {size}", 1, 3),
    ],
    ("grocery", "de"): [
        ("{brand} H-Milch 3,5%", 0.9, 1.4), ("Bio Eier 10 St", 2.5, 3.8), ("Gouda jung {size}", 1.8, 3), ("Bananen", 1, 2),
        ("{brand} Spaghetti {size}", 0.8, 1.9), ("Rispentomaten", 1.3, 2.9), ("Butter {size}", 1.7, 2.6),
        ("{brand} Apfelsaft {volume}", 1, 2), ("Vollkornbrot {size}", 1.5, 2.9), ("{brand} Spülmittel", 1, 2.5),
        ("Hähnchenbrust", 4, 8), ("Speisequark", 0.8, 1.5), ("{brand} Kaffee {size}", 4, 7), ("Gurke Stk", 0.6, 1.2),
        ("Toilettenpapier", 3, 5), ("Kartoffeln fest", 1.5, 3),
    ],
    ("grocery", "fr"): [
        ("{brand} Lait demi-écr. {volume}", 0.9, 1.4), ("Oeufs plein air x6", 1.8, 3), ("Comté affiné {size}", 4, 7),
        ("Pommes Gala", 1.5, 3), ("{brand} Pâtes {size}", 0.9, 2), ("Beurre doux {size}", 2, 3.2), ("Jambon blanc x4", 2, 4),
        ("{brand} Yaourts x8", 1.5, 3), ("Salade batavia", 0.9, 1.6), ("{brand} Lessive {volume}", 4, 8),
        ("Filet saumon", 5, 9), ("Carottes {size}", 1, 2), ("{brand} Café moulu", 3, 5), ("Riz long {size}", 1.5, 3),
    ],
    ("grocery", "id"): [
        ("{brand} Mie Instan", 0.2, 0.4), ("{brand} Air Mineral {volume}", 0.2, 0.5), ("Telur Ayam 10s", 1.5, 2.5),
        ("Beras Pulen 5kg", 5, 8), ("Gula Pasir {size}", 0.9, 1.4), ("{brand} Susu UHT {volume}", 0.8, 1.6),
        ("Minyak Goreng {volume}", 1, 2.5), ("{brand} Sabun Mandi", 0.3, 0.8), ("Kopi Bubuk {size}", 1, 2),
        ("{brand} Biskuit", 0.5, 1.2), ("Tepung Terigu {size}", 0.7, 1.2),
    ],
    ("hardware", "en"): [
        ("Claw Hammer 16oz", 6, 14), ("Wood Screws 4x40 (50)", 2, 5), ("Masking Tape 24mm", 1, 3), ("Wall Plug 8mm", 1, 3),
        ("Emulsion White {litres}", 12, 30), ("Paint Roller 9in", 3, 8), ("LED Bulb 9W", 2, 5), ("PVC Pipe 20mm", 1, 4),
        ("Extension Lead 5m", 6, 14), ("Sandpaper P120", 0.5, 1.5), ("Combination Pliers", 5, 12), ("Silicone Clear", 3, 7),
        ("Drill Bit Set HSS", 8, 18), ("Padlock 40mm", 4, 10), ("Cable Ties 200mm", 1, 4), ("Wire Mesh 1m", 3, 8),
        ("Cement 25kg", 5, 9), ("Tape Measure 5m", 3, 8), ("Ball Valve 1/2", 3, 7),
    ],
    ("hardware", "de"): [
        ("Spax 4x40 100 St", 4, 8), ("Kreppband 30mm", 2, 4), ("Wandfarbe weiß {litres}", 15, 35), ("Dübel 8mm 50er", 2, 5),
        ("Schlosserhammer", 6, 13), ("Silikon transp.", 4, 8), ("LED-Lampe E27", 3, 6), ("Schleifpapier K120", 1, 2),
        ("Verlängerung 5m", 6, 12), ("Malerrolle 25cm", 4, 8), ("Bohrer-Set HSS", 8, 18), ("Blumenerde 20L", 3, 6),
    ],
    ("hardware", "fr"): [
        ("Marteau rivoir", 6, 13), ("Vis bois 4x40 x100", 3, 7), ("Peinture blanche {litres}", 15, 32), ("Chevilles 8mm", 2, 5),
        ("Ruban masquage", 2, 4), ("Ampoule LED E27", 3, 6), ("Rallonge 5m", 6, 12), ("Mastic silicone", 4, 8),
        ("Terreau 20L", 3, 7), ("Rouleau 180mm", 4, 8),
    ],
    ("hardware", "id"): [
        ("Paku Beton 5cm", 0.5, 1.5), ("Cat Tembok {litres}", 4, 12), ("Lampu LED 9W", 1, 3), ("Kran Air 1/2", 1, 3),
        ("Pipa PVC 3/4", 1.2, 3), ("Semen 40kg", 3, 5), ("Palu Besi", 2, 5), ("Lem Pipa", 0.8, 1.8),
    ],
    ("pharmacy", "en"): [
        ("Paracetamol 500mg 20s", 1, 3), ("Ibuprofen 200mg 16s", 1, 4), ("Vitamin C 1000mg", 4, 9), ("Saline Spray 30ml", 3, 6),
        ("Plasters Assorted", 1.5, 4), ("Hand Sanitiser 50ml", 1, 3), ("Cough Syrup 100ml", 3, 7), ("Antihistamine 10s", 3, 6),
        ("Sunscreen SPF50", 6, 13), ("Cotton Buds 200s", 1, 2), ("Throat Lozenges", 2, 4), ("Face Mask 10s", 1, 3),
        ("Eye Drops 10ml", 3, 8), ("Toothpaste Mint", 1.5, 4), ("Muscle Rub 30g", 2, 5),
    ],
    ("pharmacy", "de"): [
        ("Paracetamol 500 20 St", 2, 4), ("Nasenspray 10ml", 3, 5), ("Hustensaft 100ml", 5, 9), ("Pflaster-Set", 2, 5),
        ("Vitamin D3 60 St", 5, 11), ("Augentropfen", 4, 9), ("Wundsalbe 20g", 4, 7), ("Halspastillen", 3, 6), ("Kamillentee", 2, 4),
    ],
    ("pharmacy", "fr"): [
        ("Paracétamol 500mg", 1.5, 3), ("Sirop toux 125ml", 4, 8), ("Pansements x20", 2, 5), ("Spray nasal", 3, 6),
        ("Crème mains", 3, 7), ("Vitamine C 1000", 4, 8), ("Gel hydroalcool.", 2, 4), ("Collyre 10ml", 4, 8),
    ],
    ("pharmacy", "id"): [
        ("Paracetamol 500mg", 0.4, 1), ("Vitamin C 500mg", 1, 2), ("Minyak Kayu Putih", 1, 2.5), ("Obat Batuk 60ml", 1, 2),
        ("Plester Luka", 0.4, 1), ("Masker 10s", 0.7, 1.5), ("Hand Sanitizer", 0.8, 1.6),
    ],
    ("invoice", "en"): [
        ("A4 Copy Paper 80gsm (ream)", 3, 6), ("Toner Cartridge Black", 35, 70), ("Lever Arch File 75mm", 2, 4),
        ("Ballpoint Pen Blue (12)", 2, 5), ("Whiteboard Marker Set", 3, 7), ("Desk Lamp LED", 14, 30), ("Stapler Heavy Duty", 7, 15),
        ("USB-C Cable 2m", 5, 12), ("Wireless Mouse", 9, 22), ("Brake Pad Set Front", 22, 48), ("Engine Oil 5W-30 4L", 20, 40),
        ("Oil Filter", 4, 10), ("Labour - servicing (hr)", 25, 45), ("Wiper Blade Pair", 8, 18), ("Air Filter Element", 8, 17),
        ("Spark Plug", 4, 9), ("Coolant Concentrate 1L", 5, 11), ("Envelope DL White (100)", 3, 6), ("Archive Box", 2, 4),
        ("Sticky Notes 76mm (6)", 3, 6), ("Printer Labels 24up", 7, 14), ("HDMI Cable 3m", 6, 13), ("Laminating Pouch A4", 6, 12),
        ("Desk Fan 12in", 14, 28), ("Paper Shredder", 35, 60), ("Hole Punch 2-hole", 4, 9), ("Battery AA (8)", 4, 8),
        ("Car Battery 12V 60Ah", 48, 85), ("Headlamp Bulb H7", 6, 14), ("Timing Belt", 18, 40), ("Clutch Cable", 9, 19),
        ("Cabin Filter", 7, 15), ("Grease Cartridge", 3, 7), ("Tyre 195/65 R15", 45, 80), ("Wheel Balancing", 6, 12),
        ("Radiator Hose Upper", 8, 18), ("Gasket Set", 14, 30),
    ],
    ("invoice", "de"): [
        ("Kopierpapier A4 80g", 3, 6), ("Toner schwarz", 35, 70), ("Ordner 75mm", 2, 4), ("Kugelschreiber blau", 1, 3),
        ("Motoröl 5W-30 4L", 20, 40), ("Ölfilter", 5, 11), ("Arbeitszeit (Std)", 40, 70), ("Wischerblätter Paar", 9, 20),
        ("Bremsbeläge vorn", 25, 50), ("Zündkerze", 4, 9),
    ],
    ("invoice", "fr"): [
        ("Papier A4 80g (ramette)", 3, 6), ("Toner noir", 35, 70), ("Classeur à levier", 2, 4), ("Stylo bille bleu x10", 2, 5),
        ("Huile moteur 5W-30", 20, 40), ("Filtre à huile", 5, 11), ("Main d'oeuvre (h)", 35, 60), ("Plaquettes frein AV", 25, 48),
    ],
    ("invoice", "id"): [
        ("Kertas A4 80gsm (rim)", 2, 4), ("Toner Hitam", 20, 45), ("Map Arsip", 0.5, 1.2), ("Oli Mesin 4L", 12, 25),
        ("Filter Oli", 2, 5), ("Jasa Servis", 5, 12), ("Busi", 1.5, 3), ("Kampas Rem", 6, 14),
    ],
}

FUELS = {
    "en": ["UNLEADED 95", "UNLEADED 98", "DIESEL", "PREMIUM 97", "E10 UNLEADED"],
    "de": ["Super E10", "Super 95", "Diesel", "Super Plus"],
    "fr": ["SP95-E10", "SP98", "GAZOLE"],
    "id": ["BENSIN 92", "SOLAR", "BENSIN 95"],
}

TRADE_NAMES = {
    ("restaurant", "en"): ["Kitchen", "Bistro", "Grill House", "Dining Room", "Eatery", "Restaurant"],
    ("restaurant", "MY"): ["Restoran {n}", "Kopitiam {n}", "Warung {n}", "{n} Seafood Restaurant"],
    ("restaurant", "de"): ["Gasthaus {n}", "Wirtshaus {n}", "Restaurant {n}", "Zum {n}"],
    ("restaurant", "fr"): ["Brasserie {n}", "Le Bistrot {n}", "Auberge {n}", "Chez {n}"],
    ("restaurant", "id"): ["Rumah Makan {n}", "Warung {n}", "Dapur {n}"],
    ("cafe", "en"): ["Coffee Roasters", "Cafe", "Espresso Bar", "Bakehouse", "Coffee House"],
    ("cafe", "de"): ["Bäckerei {n}", "Café {n}", "Konditorei {n}"],
    ("cafe", "fr"): ["Boulangerie {n}", "Café {n}", "Pâtisserie {n}"],
    ("cafe", "id"): ["Kopi {n}", "Kedai {n}"],
    ("grocery", "en"): ["Fresh Market", "Supermarket", "Grocers", "Foodmart", "Minimart"],
    ("grocery", "de"): ["{n} Markt", "{n} Frischemarkt", "{n} Feinkost"],
    ("grocery", "fr"): ["Marché {n}", "Supérette {n}", "{n} Primeurs"],
    ("grocery", "id"): ["{n} Swalayan", "{n} Mart", "Toko {n}"],
    ("hardware", "en"): ["Hardware", "DIY Depot", "Tools & Paint", "Building Supplies"],
    ("hardware", "de"): ["{n} Baumarkt", "Eisenwaren {n}"],
    ("hardware", "fr"): ["Quincaillerie {n}", "{n} Bricolage"],
    ("hardware", "id"): ["Toko Besi {n}", "{n} Bangunan"],
    ("pharmacy", "en"): ["Pharmacy", "Chemist", "Health & Care", "Drugstore"],
    ("pharmacy", "de"): ["{n} Apotheke"],
    ("pharmacy", "fr"): ["Pharmacie {n}"],
    ("pharmacy", "id"): ["Apotek {n}"],
    ("invoice", "en"): ["Office Supply", "Auto Parts", "Stationers", "Motor Works"],
    ("invoice", "de"): ["{n} Bürobedarf", "Autoteile {n}"],
    ("invoice", "fr"): ["{n} Bureautique", "Garage {n}"],
    ("invoice", "id"): ["{n} Motor", "{n} Stationery"],
    ("fuel", "en"): ["Petroleum", "Service Station", "Fuels", "Filling Station"],
    ("fuel", "de"): ["{n} Tankstelle"],
    ("fuel", "fr"): ["Station {n}"],
    ("fuel", "id"): ["SPBU {n}"],
    ("parking", "en"): ["Car Park", "Parking", "Central Parking"],
    ("parking", "de"): ["Parkhaus {n}"],
    ("parking", "fr"): ["Parking {n}"],
    ("parking", "id"): ["Parkir {n}"],
    ("taxi", "en"): ["Cabs", "Taxi Co-op", "City Cab"],
    ("taxi", "de"): ["Taxi {n}"],
    ("taxi", "fr"): ["Taxis {n}"],
    ("taxi", "id"): ["Taksi {n}"],
}

OPENINGS = {
    "en": ["Mar", "Bran", "Hol", "Pen", "Tal", "Win", "Cor", "Fen", "Quil", "Thorn", "Ald", "Ves", "Dun", "Ket", "Oster"],
    "de": ["Brack", "Holm", "Stein", "Wend", "Lauf", "Kessel", "Grau", "Tann", "Ried", "Falk"],
    "fr": ["Beau", "Mont", "Clair", "Val", "Roche", "Belle", "Fonte", "Garri", "Lave"],
    "id": ["Sari", "Mega", "Cinta", "Bumi", "Nusa", "Tirta", "Surya", "Citra"],
    "MY": ["Seri ", "Bukit ", "Jaya ", "Wong ", "Kam ", "Mewah ", "Lim ", "Indah "],
}
ENDINGS = {
    "en": ["lowick", "denby", "combe", "merric", "vale", "sett", "ingham", "wyth", "bourne", "mont", "field", "rose"],
    "de": ["enhof", "mühl", "hagen", "linger", "brunn", "auer", "stätt"],
    "fr": ["vallon", "sereine", "lieu", "mirande", "voile", "rivel", "tendre"],
    "id": ["wangi", "lestari", "jaya", "kencana", "pura", "makmur"],
    "MY": ["Emas", "Kenari", "Bayu", "Fook Lai", "Hup Chan", "Melur", "Cahaya", "Soon Tat"],
}


def wares(trade: str, language: str, country: str) -> list[Ware]:
    """The stock of a shop; a country's own dishes replace its language's."""
    return WARES.get((trade, country)) or WARES[trade, language]


def describe(pattern: str, brand: str, rng: Random) -> str:
    """A ware's name with brand, pack size and tin size filled in."""
    return pattern.format(
        brand=brand, size=rng.choice(WEIGHTS), volume=rng.choice(VOLUMES), litres=rng.choice(TINS)
    )


def invented_name(language: str, country: str, rng: Random) -> str:
    """A proper name such as ``Thornlowick`` or ``Seri Kenari``."""
    key = country if country in OPENINGS and rng.random() < 0.7 else language
    return rng.choice(OPENINGS[key]) + rng.choice(ENDINGS[key])


def merchant_name(trade: str, language: str, country: str, suffix: str, rng: Random) -> str:
    """A shop's name: a proper name, its trade, sometimes its company form."""
    patterns = TRADE_NAMES.get((trade, country)) or TRADE_NAMES[trade, language]
    pattern = rng.choice(patterns)
    name = invented_name(language, country, rng)
    full = pattern.format(n=name) if "{n}" in pattern else f"{name} {pattern}"
    return f"{full} {suffix}" if suffix and rng.random() < 0.4 else full
