"""The tab "Bộ hỏi đáp": trainers make, run, edit and export their packs."""
