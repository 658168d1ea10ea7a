"""Answers as data: what JSON says, and its schemas."""
