"""Bad input of every kind: one clear message each, with its place, no traceback."""
