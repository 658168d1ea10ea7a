"""Every sentence and word of the program, by language, and how a locale writes.

A language is a directory of JSON files by topic: `errors/` for what people are
told of what they gave, `words/` for what stands in results. A key has one
meaning in all of them, and gaps in braces.

English messages are lower case, one line, without a full stop, with what the
user wrote in backticks; Chinese ones use full-width punctuation throughout.
"""
