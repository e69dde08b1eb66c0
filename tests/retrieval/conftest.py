from __future__ import annotations

import pytest
from outlines import HashEncoder


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()
