"""Figures for machines: the desk reads what stands, everybody reads what was published."""
