"""The form: what is asked, what was typed, and whether it ties."""
