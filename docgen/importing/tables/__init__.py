"""The tables of a report that no line of the template fits, read as rows of the form's tables.

In come lines of tables with what was found so far; out go rows, by the heads above them or by the
labels of a card, and what of them was not taken. It reads no sentence.
"""
