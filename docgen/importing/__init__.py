"""A report that was written by hand, read back into the form through its kind's template."""
