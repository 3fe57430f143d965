"""A Word file read."""
