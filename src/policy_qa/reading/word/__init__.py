"""Word files, read from their XML parts: what Word would print, accepted changes and automatic numbers included."""
