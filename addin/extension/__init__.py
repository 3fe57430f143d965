"""The file gouji.oxt: the buttons and the functions for LibreOffice.

In come the table of buttons and the sources that run inside LibreOffice, out goes the extension. It
imports nothing that runs in there.
"""
