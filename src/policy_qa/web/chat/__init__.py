"""The tab "Hỏi đáp": questions, answers, the source beside them."""
