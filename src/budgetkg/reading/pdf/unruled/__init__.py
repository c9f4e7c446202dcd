"""Tables of which no rules, or only some, are printed: columns by blanks, rows by agreement."""
