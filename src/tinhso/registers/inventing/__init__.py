"""Made-up records of honest shape, from a register's definition alone; the same seed makes the same ones."""
