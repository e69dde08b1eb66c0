"""Our encoder as LangChain sees it: a thin adapter, for chains and vector stores that want an `Embeddings`."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from policy_qa.retrieval.encoder import Encoder


class EncoderEmbeddings(Embeddings):
    """An `Encoder` as a LangChain `Embeddings`; questions and passages are encoded alike."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One L2-normalised vector a text; a text without any known word gives zeros."""
        rows: list[list[float]] = self.encoder.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The L2-normalised vector of a question; zeros where no word is known."""
        return self.embed_documents([text])[0]
