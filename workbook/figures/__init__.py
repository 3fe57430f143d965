"""What a figure is: exact numbers, amounts in capitals, and what a cell says of a total.

In come texts and cells as Excel keeps them, out go Decimals and the words of a verdict. It knows no
form and no file, and is plain enough that LibreOffice's own Python runs it.
"""
