"""Reports at the desk: the one-stop report, rounds, returns."""
