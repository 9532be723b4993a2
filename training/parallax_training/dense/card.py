"""The card of a published model."""

from __future__ import annotations

from typing import Any


def card_of(manifest: dict[str, Any]) -> str:
    training = manifest["training"]
    return f"""# {manifest["name"]} {manifest["version"]}
"""
