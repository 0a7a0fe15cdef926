"""
Registers: records with history, sources, rights by field and quality; a register is one file of the packs.
"""
