"""Our encoder and our search as LangChain sees them: thin adapters over our own functions."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.retriever import Hit, Searcher


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


class PolicyRetriever(BaseRetriever):
    """Our search as a LangChain retriever.

    Documents carry the passage's text; their metadata name the passage (`id`), its document and address, the span in
    the source text, the page (None without pages), the file and the score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 10
    documents: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.searcher.search(self.searcher.understand(query, self.documents), self.k)
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        passage = hit.passage
        record = self.searcher.index.document(passage.document)
        return Document(
            id=passage.id,
            page_content=passage.text,
            metadata={
                "document": passage.document,
                "address": str(passage.address),
                "start": passage.span.start,
                "end": passage.span.end,
                "page": passage.page,
                "file": record.file if record else None,
                "score": hit.score,
            },
        )
