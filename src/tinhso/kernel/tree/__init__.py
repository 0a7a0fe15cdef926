"""The hash tree over the ledger: what was recorded cannot be changed in silence (docs/ledger.md)."""
