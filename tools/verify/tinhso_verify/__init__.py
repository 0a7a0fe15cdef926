"""Checks the ledger of a province from its public files, without a line of the program that wrote it."""
