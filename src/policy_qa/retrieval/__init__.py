"""From a question to ranked passages: encoder, index, query understanding, ranking."""

import os

# Before numpy is imported: a question multiplies small matrices only, and waking a second thread costs more than it saves.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
