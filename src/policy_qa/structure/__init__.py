"""Structure: a source text becomes a document, a tree of provisions with spans and addresses."""

from policy_qa.structure.parser import parse

__all__ = ["parse"]
