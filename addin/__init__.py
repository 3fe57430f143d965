"""What the clerk's Excel calls: buttons, cell functions, and the live book they work on."""
