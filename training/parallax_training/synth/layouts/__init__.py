"""The layouts. Importing this package fills the registry; see ``registry``."""

from . import (  # noqa: F401  (imported for the registry)
    cafe,
    fuel,
    hardware,
    invoice,
    parking,
    pharmacy,
    restaurant,
    supermarket,
    taxi,
    ticket,
)
from .registry import LAYOUTS, Layout

__all__ = ["LAYOUTS", "Layout"]
