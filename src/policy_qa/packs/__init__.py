"""Trainers' packs: a list of questions, each answered with its citations, handed out as Word, Excel or marked pages."""
