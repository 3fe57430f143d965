"""What the clerk's Excel calls; it will hold no logic of its own."""
