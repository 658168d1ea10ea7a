"""Long chains of definitions, and definitions that others use many times."""
