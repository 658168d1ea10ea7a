"""Screening: a register of firms, part by part, to files that people act on.

`plan` says what is computed of every part; `part` screens one and writes its
files (`statuses`, `decode`, `segments`, `tallies`, `gaps`, `near`); `run` loops
over the parts and survives being stopped; `assemble` makes of the parts the
files of the answer (`takeup`, `lists`, `worklist`, `report`), which appear under
their final name all at once. `notices` writes to each firm, from such a result;
`history` keeps what every screening found, and `trends` shows it.
"""
