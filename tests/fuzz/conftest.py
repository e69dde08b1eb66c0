"""Where the fuzz tests find what they share with each other and with the tests of the readers and the parser."""

import sys
from pathlib import Path

for folder in ("fuzz", "reading", "structure"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))
