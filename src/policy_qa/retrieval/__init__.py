"""From a question to ranked passages: encoder, index, query understanding, ranking."""
