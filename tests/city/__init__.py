"""The made-up city of `examples/city`, where the truth is known."""
