"""Registers as data for everybody: features, tables, and what describes them to programs."""
