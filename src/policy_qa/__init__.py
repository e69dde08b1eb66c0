"""Policy QA: questions over Vietnamese policy documents, answered with citations to the exact provision."""

__version__ = "0.1.0"
