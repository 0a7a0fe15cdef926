"""Facts: what the ledger says, in rows that can be counted. Nothing personal: identifiers, days, sums."""
