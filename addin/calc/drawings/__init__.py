"""What is drawn over a sheet's cells: shapes, pictures, charts.

In comes a sheet, out go xlwings' collections of what lies on it. A chart knows the range of its
source, and nothing of what stands there but texts at its edge.
"""
