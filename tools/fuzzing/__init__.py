"""Office files spoiled by chance: bytes flipped, files cut, members swapped, XML changed."""
