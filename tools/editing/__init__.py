"""Filled workbooks bent at random, and whether what is read stands beside its label."""
