"""LibreOffice itself: started, attached to, asked; its documents opened and saved.

In come a path or a pipe's name, out go LibreOffice's own objects (UNO). It knows no cells' contents
and nothing of xlwings.
"""
