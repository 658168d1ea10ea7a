"""The web face: what the command line answers, over HTTP (docs/web.md).

Nothing is decided here, and nothing is kept: a request is read, the public API is
asked, and its JSON is sent.
"""
