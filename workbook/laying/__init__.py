"""A bureau's own form to the same with its rules in it, as a drawn form has them.

In come the file that is being edited and the kind's form and rules, out go its cells' colours and
entry rules, the sheet 校验 and the hidden 选项. It must not know who hands the workbook out.
"""
