"""Inspection: one HTML file that shows a document with its tree, its text and its warnings, to see whether it was read rightly."""

from policy_qa.inspection.page import page

__all__ = ["page"]
