"""A whole procedure out of its facts: standard form and steps, its own papers, fees and time limit."""
