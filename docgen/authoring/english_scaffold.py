"""What `gouji kind new --language en` writes: the files of a kind in English that runs as it is.

In braces stand the schema's line, the kind and the title; braces that are printed are doubled.
"""

from typing import Final

_FORM: Final = """{schema}
# What is asked. How this is written: docs/forms.md; an editor that reads line one proposes it.
kind = "{kind}"
version = 1
title = "{title}"
language = "en"
report_name = "{{{{ Organisation }}}} {{{{ Report_year }}}} {title}"
guide = ["Fill in the yellow cells; those marked * are required. Grey cells are worked out."]

[[sheet]]
name = "General"

  [[sheet.block]]
  type = "fields"
  title = "This report"

    [[sheet.block.field]]
    key = "Report_year"
    label = "Year"
    type = "year"

    [[sheet.block.field]]
    key = "Organisation"
    type = "text"

    [[sheet.block.field]]
    key = "Report_date"
    label = "Date of the report"
    type = "date"
    year = "any"

  [[sheet.block]]
  type = "fields"
  title = "Spending"

    [[sheet.block.field]]
    key = "Total"
    type = "number"
    unit = "USD"
    decimals = 2

    [[sheet.block.field]]
    key = "Running_costs"
    label = "Running costs"
    type = "number"
    unit = "USD"
    decimals = 2

    [[sheet.block.field]]
    key = "Project_costs"
    label = "Costs of projects"
    type = "number"
    unit = "USD"
    decimals = 2

    [[sheet.block.field]]
    key = "Project_share"
    label = "Share of projects"
    type = "number"
    unit = "%"
    decimals = 2
    compute = "Project_costs / Total * 100"

[[sheet]]
name = "Projects"

  [[sheet.block]]
  type = "table"
  key = "Projects"
  title = "Projects"
  rows = 20
  row_name = "Project"

    [[sheet.block.column]]
    key = "Project"
    type = "text"

    [[sheet.block.column]]
    key = "Cost"
    type = "number"
    unit = "USD"
    decimals = 2
"""
_RULES: Final = """{schema}
# What must tie. How this is written: docs/rules.md.
[[rule]]
id = "Parts_of_the_total"
claim = "Total == Running_costs + Project_costs"
tolerance = "rounding"

[[rule]]
id = "Projects_listed"
claim = "Project_costs == sum(Projects.Cost)"
tolerance = "rounding"
"""
_SAMPLE: Final = """{schema}
# One that is filled, to try the kind with.
[fields]
Report_year = 2025
Organisation = "Green Valley Association"
Report_date = 2026-02-10
Total = 30050.5
Running_costs = 19550.5
Project_costs = 10500.0

[[tables.Projects]]
Project = "Wells"
Cost = 6500.0

[[tables.Projects]]
Project = "School gardens"
Cost = 4000.0
"""
TEXTS: Final = (_FORM, _RULES, _SAMPLE)
REPORT: Final = (
    ("Title", "{{{{ Organisation }}}}: {title} {{{{ Report_year }}}}"),
    ("Heading 1", "1. Spending"),
    (
        "Normal",
        "In {{{{ Report_year }}}} {{{{ Total|amount }}}} USD were spent: "
        "{{{{ Running_costs|amount }}}} USD of running costs and "
        "{{{{ Project_costs|amount }}}} USD for projects, which are "
        "{{{{ Project_share }}}}% of the total.",
    ),
    ("Heading 1", "2. Projects"),
    ("Normal", "{{%p for row in Projects %}}"),
    ("Normal", "{{{{ loop.index }}}}. {{{{ row.Project }}}}: {{{{ row.Cost|amount }}}} USD."),
    ("Normal", "{{%p endfor %}}"),
    ("Normal", "{{{{ Report_date|long_date }}}}"),
)
