"""Tags at their places."""
