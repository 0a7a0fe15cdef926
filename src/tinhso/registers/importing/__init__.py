"""Files of others become records: read with what was guessed shown, matched to fields, checked row by row."""
