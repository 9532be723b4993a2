"""How a printed receipt became an image: paper, place, light and lens.

Every step takes a ``Sheet`` and returns a new one, moving the boxes with the pixels.
"""

from .profiles import PROFILES, Profile
from .sheet import Sheet

__all__ = ["PROFILES", "Profile", "Sheet"]
