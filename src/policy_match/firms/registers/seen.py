"""Which firms stood in earlier rows of a register."""

from __future__ import annotations

import polars as pl

from policy_match.firms.registers.table import ROW

_CODE = "uscc"


class Seen:
    """The identifiers of all rows so far, exactly; credit codes in 16 bytes each."""

    def __init__(self, key: str, form: str) -> None:
        """Remember nothing yet; `form` is the format of the fact `key`."""
        self._key, self._packed = key, form == _CODE
        kind = pl.Int128() if self._packed else pl.String()
        self._known = pl.Series("known", [], kind)

    def again(self, found: pl.DataFrame, refused: pl.Series) -> pl.Expr:
        """Return which rows repeat a firm of an earlier row that was taken."""
        code = found[self._key].cast(pl.String)
        if self._packed:
            code = code.str.to_integer(base=36, dtype=pl.Int128, strict=False)
        taken = ~found[ROW].is_in(refused.implode())
        good = pl.DataFrame({"code": code, "taken": taken}).with_row_index("at")
        first = (
            good.filter(pl.col("taken"), pl.col("code").is_not_null())
            .unique("code", keep="first", maintain_order=True)["at"]
        )  # fmt: skip
        new = good["at"].is_in(first.implode())
        # The few that are looked for make the table, not the many that are known.
        met = self._known.filter(self._known.is_in(code.drop_nulls().implode()))
        before = code.is_in(met.implode())
        repeated = code.is_not_null() & taken & (~new | before)
        fresh = code.filter(new & ~before)
        self._known = pl.concat([self._known, fresh.alias("known")])
        return pl.lit(repeated)
