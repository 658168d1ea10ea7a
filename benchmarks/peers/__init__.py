"""The same rules, written for other engines."""
