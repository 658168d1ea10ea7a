"""A rulebook as of a day: models to the IR that every backend reads.

`rulebook` is what the rest of the package asks; `cache` is found without it, so
that an answer that is kept starts without the compiler.
"""
