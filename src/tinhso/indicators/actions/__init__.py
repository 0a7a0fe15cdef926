"""What changes indicators."""
