"""Rich values."""
