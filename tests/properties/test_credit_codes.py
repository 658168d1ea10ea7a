"""Credit codes in a column: taken at once where GB 32100 has them, and only there."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from policy_match.firms.registers.credit_codes import adds_up

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.tuples(
    st.text("0123456789", min_size=8, max_size=8),
    st.text(CHARACTERS, min_size=9, max_size=9),
).map("".join)


def check_digit(body: str) -> str:
    """Return the last character: each place weighs three times the one before it."""
    total = sum(
        CHARACTERS.index(one) * pow(3, place, 31) for place, one in enumerate(body)
    )
    return CHARACTERS[-total % 31]


@given(
    st.lists(BODIES, max_size=5),
    st.integers(0, 17),
    st.sampled_from("09AIOSVYZaz?` ０中\x00"),
)
@example(["13994321FFKYMNDL7"], 17, "I")
def test_a_column_of_codes(bodies: list[str], place: int, slip: str) -> None:
    """A code is one; with a slip, a letter among its digits, or another end it is not.

    What is shorter or longer is none either, nor is a blank.
    """
    codes = [body + check_digit(body) for body in bodies]
    slips = [code[:place] + slip + code[place + 1 :] for code in codes]
    cells = [*codes, *slips, *bodies, *(f"{code}0" for code in codes), "", None]
    expected = [
        cell is not None
        and len(cell) == 18
        and cell[:8].isascii()
        and cell[:8].isdigit()
        and not {*cell} - {*CHARACTERS}
        and check_digit(cell[:17]) == cell[17]
        for cell in cells
    ]
    frame = pl.DataFrame({"code": cells}, schema={"code": pl.String})
    assert frame.select(adds_up(pl.col("code"))).to_series().to_list() == expected
