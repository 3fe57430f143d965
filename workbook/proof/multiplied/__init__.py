"""What is so many times so much: prices, standards and means against count and total.

In come statements, out go slips, and None for each product that ties.
"""
