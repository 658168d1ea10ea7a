"""Reading a rulebook: YAML text to frozen models, every fault with its place.

`yaml_reader` reads text into nodes that know where they stand, `grammar`
parses conditions and formulas, `models` says what a rule file may hold, and
`loader` puts the files of a directory together into one `Book`.
"""
