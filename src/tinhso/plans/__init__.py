"""Plans as files: targets and tasks of a resolution, what was reached of them, and what is behind."""
