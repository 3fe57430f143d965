"""What must tie, and what to say where it does not.

In come `rules.toml` and values, out go verdicts with the cells behind them, the likely slip, and
formulas for the sheet. It writes nothing.
"""
