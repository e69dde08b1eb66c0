"""The tab in which evaluators run question sets, read reports, and review drafts and complaints."""
