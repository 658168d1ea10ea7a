"""A comparison of two rulebooks: as a document, and in words."""
