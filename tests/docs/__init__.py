"""The documentation, run: every example, command and link in it."""
