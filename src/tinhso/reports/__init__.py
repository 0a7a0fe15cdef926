"""Reports as files: periods, returns of units, what they come to, and the one-stop report."""
