"""xlwings on LibreOffice Calc: the same code as on Excel, over UNO.

In comes a LibreOffice (`engine.register`), out go xlwings' own apps, books, sheets and ranges. The
classes here only assemble what the rooms below do; no room below knows them, and none of them knows
anything of forms, checks or buttons.
"""
