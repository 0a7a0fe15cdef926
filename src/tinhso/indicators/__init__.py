"""Indicators: files of the packs that say how facts become figures, and figures that can be checked."""
