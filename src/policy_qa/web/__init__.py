"""The web app: chat, documents, packs and review in the browser, and the API for programs."""

import os

# As in `policy_qa.retrieval`, and here before Gradio brings numpy: its second thread would only spin, on a whole core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
