"""From a text, as people write it, to what is possible."""
