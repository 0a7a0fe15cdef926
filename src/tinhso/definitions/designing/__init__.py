"""The ways to write a procedure's files without writing YAML: part by part, as patches of the text."""
