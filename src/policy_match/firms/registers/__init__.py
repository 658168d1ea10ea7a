"""Registers: tables of firms and of claims, as departments keep them, to columns.

A register is a CSV, XLSX or Parquet file with a row a firm. `open_register`
finds its encoding, delimiter, sheet and headings, and gives it back in parts of
bounded size: a frame in the layout that the columnar backend screens, with the
row each firm stands in, and the rows that cannot be read. `open_claims` does
the same for what has been paid, which `claims_in` gives back. A file that cannot
be used as a whole raises ProfileError with a place; a row that cannot be used is
a reject, which is data: its row, column, value and reason. Nothing is guessed: a
cell is read as what it says, as a range that holds what it may mean, or not at all.

Inside: `tables` opens files (`encoding`, `headings`), `numbers` and `options` read a
column at once and ask the grammar of values for what is not plain, `repeated` has them
read a text once that stands in many rows, `reasons` why a cell or a row is refused.
"""

from policy_match.firms.registers.claims import Claims, claims_in, open_claims
from policy_match.firms.registers.kept import KEPT
from policy_match.firms.registers.register import USCC, Part, Register, open_register
from policy_match.firms.registers.tables import ROW
from policy_match.firms.values.reasons import (
    REASONS,
    REJECTS,
    lost,
    rejects,
    shortened,
)

__all__ = [
    "KEPT",
    "REASONS",
    "REJECTS",
    "ROW",
    "USCC",
    "Claims",
    "Part",
    "Register",
    "claims_in",
    "lost",
    "open_claims",
    "open_register",
    "rejects",
    "shortened",
]
