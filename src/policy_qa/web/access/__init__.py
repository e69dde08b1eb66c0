"""Who may come in: the gate before every route, the login page, limits on what a visitor may send and how often."""
