"""The fonts receipts are set in, all under free licences (see training/README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

BUNDLED = Path(__file__).resolve().parents[2] / "fonts"
SYSTEM = Path("/usr/share/fonts")


class MissingFont(RuntimeError):
    """A font file is not installed; the message names the package that holds it."""


@dataclass(frozen=True)
class Face:
    """A typeface: its files, where they come from, and what it looks like."""

    regular: Path
    bold: Path | None
    source: str  # Debian package, or "bundled"
    licence: str
    kind: str  # "mono", "thermal", "dots", "sans", "serif", "script" or "other"
    lacks: str = ""  # characters that receipts use and the face does not have


def _system(kind: str, package: str, licence: str, regular: str, bold: str | None, lacks: str = "₹") -> Face:
    return Face(SYSTEM / regular, SYSTEM / bold if bold else None, package, licence, kind, lacks)


def _bundled(kind: str, name: str) -> Face:
    return Face(BUNDLED / f"{name}.woff2", None, "bundled", "OFL-1.1", kind, "₹")


FACES: dict[str, Face] = {
    "liberation-mono": _system("mono", "fonts-liberation", "GPL-2.0 with font exception",
        "truetype/liberation/LiberationMono-Regular.ttf", "truetype/liberation/LiberationMono-Bold.ttf"),
    "dejavu-mono": _system("mono", "fonts-dejavu-core", "Bitstream-Vera",
        "truetype/dejavu/DejaVuSansMono.ttf", "truetype/dejavu/DejaVuSansMono-Bold.ttf", ""),
    "courier-prime": _system("mono", "fonts-courier-prime", "OFL-1.1",
        "opentype/courier-prime/Courier Prime.otf", "opentype/courier-prime/Courier Prime Bold.otf"),
    "anonymous-pro": _system("mono", "fonts-anonymous-pro", "OFL-1.1",
        "truetype/anonymous-pro/Anonymous Pro.ttf", "truetype/anonymous-pro/Anonymous Pro B.ttf"),
    "share-tech-mono": _bundled("thermal", "share-tech-mono"),
    "vt323": _bundled("dots", "vt323"),
    "cutive-mono": _bundled("mono", "cutive-mono"),
    "liberation-sans": _system("sans", "fonts-liberation", "GPL-2.0 with font exception",
        "truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf"),
    "liberation-narrow": _system("sans", "fonts-liberation", "GPL-2.0 with font exception",
        "truetype/liberation/LiberationSansNarrow-Regular.ttf", "truetype/liberation/LiberationSansNarrow-Bold.ttf"),
    "roboto-condensed": _system("sans", "fonts-roboto-unhinted", "Apache-2.0",
        "truetype/roboto/unhinted/RobotoCondensed-Regular.ttf", "truetype/roboto/unhinted/RobotoCondensed-Bold.ttf", ""),
    "lato": _system("sans", "fonts-lato", "OFL-1.1",
        "truetype/lato/Lato-Regular.ttf", "truetype/lato/Lato-Bold.ttf", ""),
    "caladea": _system("serif", "fonts-crosextra-caladea", "OFL-1.1",
        "truetype/crosextra/Caladea-Regular.ttf", "truetype/crosextra/Caladea-Bold.ttf"),
    # For single lines in languages whose letters the others lack; receipts are not set in them.
    "noto-mono": _system("other", "fonts-noto-mono", "OFL-1.1",
        "truetype/noto/NotoSansMono-Regular.ttf", "truetype/noto/NotoSansMono-Bold.ttf", ""),
    "open-sans": _system("other", "fonts-open-sans", "Apache-2.0",
        "truetype/open-sans/OpenSans-Regular.ttf", "truetype/open-sans/OpenSans-Bold.ttf"),
    "free-mono": _system("other", "fonts-freefont-ttf", "GPL-3.0 with font exception",
        "truetype/freefont/FreeMono.ttf", "truetype/freefont/FreeMonoBold.ttf", ""),
    "lobster-two": _system("script", "fonts-lobstertwo", "OFL-1.1",
        "opentype/lobstertwo/LobsterTwo-Bold.otf", None),
}


@lru_cache(maxsize=512)
def load(name: str, bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels per em; the regular cut stands in for a missing bold."""
    face = FACES[name]
    path = face.bold if bold and face.bold else face.regular
    if not path.exists():
        raise MissingFont(f"font {name!r} not found at {path}: apt-get install {face.source}")
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)


def missing_packages() -> list[str]:
    """The Debian packages of the faces that are not installed."""
    return sorted({face.source for face in FACES.values() if not all(file.exists() for file in (face.regular, face.bold or face.regular))})


def fakes_bold(name: str) -> bool:
    """Whether bold has to be drawn as a stroke around the regular cut."""
    return FACES[name].bold is None


def can_print(name: str, text: str) -> bool:
    return not set(text) & set(FACES[name].lacks)


def of_kind(*kinds: str) -> list[str]:
    return [name for name, face in FACES.items() if face.kind in kinds]
