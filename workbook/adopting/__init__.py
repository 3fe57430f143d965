"""A bureau's own workbook read as a form: what it asks, what adds up, and what nobody can tell.

In comes an .xlsx file that knows nothing of this program; out go a proposed form, its rules and
sample, and the same workbook with names in it. It does not know reports, and decides nothing in
silence: what is unclear is listed with a proposal.
"""
