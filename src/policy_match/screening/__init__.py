"""Screening: a register of firms, part by part, to files that people act on.

`plan` says what is computed of every part; `part` screens one and writes its
files: what the rows of a policy say is `seen`, put into words once for each of
its `patterns` of bits, and told as `findings`, `tallies` by `segments`, `gaps` and
misses that are `near`. `run` loops over the parts and survives being stopped;
`assemble` makes of the parts, `joined`, the files of the answer (`takeup`,
`lists`, `worklist`, `report`), which appear under their final name all at once.
`notices` writes to each firm, from such a result; `history` keeps what every
screening found, and `trends` shows it.
"""
