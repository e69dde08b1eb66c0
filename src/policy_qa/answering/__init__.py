"""From ranked passages to an answer in which every statement is cited, or to a refusal that says why."""
