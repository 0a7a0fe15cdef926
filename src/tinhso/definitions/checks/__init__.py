"""What may be wrong with a procedure that has the right shape: one file for each part of it."""
