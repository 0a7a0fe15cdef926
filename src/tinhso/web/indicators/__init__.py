"""Figures at the desk and for everybody: what they are, what they come to, and the dossiers behind them."""
