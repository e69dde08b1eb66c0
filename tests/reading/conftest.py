"""A drawn PDF for the reading tests, and the shared sample files where they lie."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from printed import Sheet


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared sample files are not on this machine")
    return folder
