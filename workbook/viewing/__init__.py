"""A bureau's sheet as somebody who reads it sees it: boxes, words, rows under their heads.

In comes an .xlsx file; out go its sheets as boxes, what each formula reads and says, and blocks of
cells beside their labels or in rows under heads. What they ask is for `adopting` to say.
"""
