"""The decision sheet: what was decided of one firm, on two pages to file and sign."""
