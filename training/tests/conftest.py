"""Lets the tests run from anywhere without installing the package, and without the fonts that are not installed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from parallax_training.synth.fonts import MissingFont


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    return (yield from drawn_or_skipped())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    return (yield from drawn_or_skipped())


def drawn_or_skipped() -> Iterator[None]:
    """Skips a test that draws with a face that this machine lacks."""
    try:
        return (yield)
    except MissingFont as missing:
        pytest.skip(str(missing))
