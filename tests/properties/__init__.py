"""Properties of the meaning itself, over random rulebooks and random firms."""
