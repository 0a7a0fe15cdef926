"""A stand-in for the national population database: what it holds, and each change as an envelope."""
