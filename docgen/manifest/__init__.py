"""What a report keeps of its figures: the manifest read, numbered, and kept beside the workbook.

In comes a document with its marks and manifest, out go the printed figures with their cells and
rows. It knows no kind, no workbook and no values.
"""
