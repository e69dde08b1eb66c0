"""The report of a run as one HTML file that needs no network: figures, plots, and every question with both texts."""

from policy_qa.evaluation.page.page import REPORT_NAME, page, write_page

__all__ = ["REPORT_NAME", "page", "write_page"]
