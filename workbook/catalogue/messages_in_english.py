"""The messages of `messages`, in English: what is wrong and what to do, by the same codes."""

from typing import Final

_UPGRADE: Final = (
    "Bring it into today's form with gouji upgrade OLD.xlsx NEW.xlsx, which carries over what was "
    "entered; keep this file as it is"
)
_BACKUP: Final = "Restore it from a backup, or fill a new workbook"
_MANAGER: Final = "in Formulas > Name Manager"

ENGLISH: Final[dict[str, tuple[str, str]]] = {
    # the file
    "file-unreadable": (
        "The file “{name}” cannot be read ({reason})",
        "Make sure that it exists and that no other program holds it",
    ),
    "file-not-a-package": (
        "“{name}” is no Excel workbook, or is damaged",
        "Open it in Excel, save it as an Excel workbook (.xlsx) and try again",
    ),
    "file-old-or-encrypted": (
        "“{name}” is an old .xls file, or has a password",
        "Take the password away, save it as an Excel workbook (.xlsx) and try again",
    ),
    "file-too-large": (
        "“{name}” unpacks to an abnormal size and was not opened, for safety",
        "Make sure where the file comes from; if need be fill a new workbook",
    ),
    "file-broken": (
        "The contents of “{name}” are damaged and cannot be read ({reason})",
        "Open it in Excel, save it again and try once more; if that fails fill a new workbook",
    ),
    "file-strict": (
        "No sheet can be read in “{name}”; it may be saved as “Strict Open XML”",
        "Save it as an Excel workbook (.xlsx) and try again",
    ),
    "kind-missing": (
        "This is no Gouji workbook (it does not say which kind of report it is for)",
        "Fill a workbook that was made with gouji new",
    ),
    "kind-unknown": (
        "The workbook is for the report “{found}”, which this computer does not have",
        "The reports here are: {expected}; check the name or install it",
    ),
    "kind-elsewhere": (
        "{sentence}",
        "Ask whoever maintains the reports which one is to be used, and give the other another "
        "name: a workbook keeps only the name, and cannot tell which one it was made with",
    ),
    "version-older": (
        "The workbook is of an older form (version {found}); today's is version {expected}",
        _UPGRADE,
    ),
    "form-changed": (
        "The form was changed after the workbook was made, under the same version: {changes}",
        _UPGRADE,
    ),
    "rules-changed": (
        "Rules or choices were changed after the workbook was made: {changes}; this check uses "
        "today's, the formulas and lists in the workbook are still the old ones",
        "For a workbook with today's, use gouji upgrade OLD.xlsx NEW.xlsx",
    ),
    "version-newer": (
        "The workbook is of a newer form (version {found}); here is only version {expected}",
        "Update Gouji and try again",
    ),
    # its structure
    "sheet-missing": ("The sheet “{sheet}” is gone", _BACKUP),
    "sheet-replaced": (
        "Not one of the names of “{sheet}” stands on the sheet “{found}”, which looks like another",
        "Nothing on it was read; " + _BACKUP[0].lower() + _BACKUP[1:],
    ),
    "sheet-copied": (
        "The sheet “{found}” is read, and there is “{sheet}” too, which looks like a copy of it; "
        "it is not clear which of them was filled",
        "Keep only one: figures entered on “{sheet}” belong on “{found}”; then delete or rename "
        "“{sheet}”",
    ),
    "sheet-unread": (
        "The sheet “{found}” looks like a copy of “{sheet}”; figures on it do not reach the report",
        "“{sheet}” is what is read: check on which one the figures are, and delete or rename the "
        "other",
    ),
    "sheet-of-rules": (
        "The sheet “{sheet}” is where a form's author writes rules and has no place in a workbook "
        "to be filled; what stands on it was not read and is not used",
        "Delete the sheet; rules are changed in the kind's own form.xlsx or rules.toml",
    ),
    "label-doubled": (
        "The row “{label}” stands here more than once; “{found}” in this one does not reach the "
        "report",
        "{expected} is what is read; check, and delete the surplus row",
    ),
    "name-missing": (
        "The name “{label}” is gone, or no longer leads to one cell",
        "Rows may have been deleted; point it back at its cell " + _MANAGER + ", or fill a new "
        "workbook",
    ),
    "name-misled": (
        "The name “{key}” leads to this cell, whose row and column are headed “{found}”",
        "“{label}” is at {expected}: point the name “{key}” there " + _MANAGER + ", or move the "
        "rows back",
    ),
    "name-astray": (
        "The name “{key}” leads to this cell, whose row and column are headed “{found}”",
        "Point the name “{key}” back at the cell of “{label}” " + _MANAGER + ", or fill a new "
        "workbook",
    ),
    "names-moved": (
        "From here on {found} names do not lead to their own cells; the heads beside them are of "
        "other items",
        "Rows may have been inserted, sorted or moved: undo that, or take the file as it was "
        "before; the names can also be put right one by one " + _MANAGER,
    ),
    "names-shared": (
        "“{found}” leads to this cell too",
        "Point each name back at its own cell " + _MANAGER,
    ),
    "column-doubled": (
        "The table “{table}” has more than one column “{column}”; it is not clear which is meant",
        "Delete the surplus column, or change its head",
    ),
    "row-doubled": (
        "The table “{table}” has more than one row “{found}”; it is not clear which is meant",
        "Delete the surplus row",
    ),
    "table-missing": ("The table “{table}” is gone", _BACKUP),
    "column-missing": (
        "The table “{table}” has no column “{column}”{written}",
        "Its head may have been changed; change it back to “{column}”",
    ),
    "below-table": (
        "Something stands under the table “{table}”, outside of it, and does not reach the report",
        "Move it into a blank row of the table, or drag the table's lower right corner down over "
        "it",
    ),
    "apart-from-table": (
        "{found} rows under the table “{table}” are outside of it and do not reach the report",
        "If they are data, move them into blank rows of the table; notes may stay",
    ),
    "row-stray": (
        "Only “{found}” stands in this row of the table “{table}”; it does not count as a row and "
        "does not reach the report",
        "Fill the row, or clear this cell",
    ),
    "row-missing": (
        "The row “{row}” of the table “{table}” is gone",
        "Restore the name of the row, or fill a new workbook",
    ),
    "row-unknown": (
        "The table “{table}” has no row “{found}”; it does not reach the report",
        "Delete it, or change its name back",
    ),
    "rows-too-few": (
        "The table “{table}” needs {expected} or more rows filled in and has {found}",
        "Fill in the others",
    ),
    # a cell
    "label-lost": (
        "The label “{expected}:” is gone or has moved, and “{found}” here cannot be read",
        "Put back the label and its colon; leave a blank between several labels in one cell",
    ),
    "label-twice": (
        "The label “{expected}:” stands here twice; which one counts in “{found}” is unclear",
        "Delete the one too many",
    ),
    "label-unknown": (
        "“{found}” does not stand behind a label of the form and will not go into the report",
        "If the form asks for it, write it behind its label; if it is a remark, it may stay",
    ),
    "required": ("This is required and still blank", "Fill it in"),
    "above-blank": (
        "The row above is blank, so that {column} cannot be taken over, and there is none here",
        "Enter {column} here, or delete the blank row above",
    ),
    "above-astray": (
        "The formula here does not read the row directly above (it shows “{found}”): rows were "
        "sorted, inserted, deleted or moved",
        "Enter it here; if you have just sorted, undo that first",
    ),
    "rows-moved": (
        "The rows of the table “{table}” have changed places; {column}, which follows the row "
        "above, may not be what it was",
        "If you have just sorted, undo that; if that is not possible, unfold the columns at the "
        "right, sort by “RowOrder” in ascending order, or enter {column} in each row",
    ),
    "rows-apart": (
        "The rows of “{found}” do not stand together; the report puts them under the earlier ones",
        "Check; if they are of the same item, move them together",
    ),
    "rows-unordered": (
        "“{found}” stands behind “{expected}”, which is not the order of the official table",
        "Check, and put them into the order of the official table",
    ),
    "required-cells": (
        "{found} required cells of the table “{table}” are still blank: {told}",
        "Fill them in one by one",
    ),
    "error-cell": (
        "The cell holds the error {found}",
        "Correct the formula, or enter the figure",
    ),
    "cell-merged": (
        "This cell lies under the merged cell {found}; whose figures and texts these are cannot be "
        "told",
        "Unmerge it, then check and fill this cell",
    ),
    "cell-broken": (
        "What is stored in the cell cannot be read ({found})",
        "Open the workbook in Excel, enter the cell anew and save",
    ),
    "formula-unsaved": (
        "The formula in the cell was never saved with a result",
        "Open the workbook in Excel and save it once, or enter the figure",
    ),
    "not-a-number": (
        "“{found}” is not a number",
        "Enter figures only; do not put words where a figure is not known",
    ),
    "wrong-unit": (
        "“{found}” is in “{typed}”; here the figure is wanted {expected}",
        "Convert it and enter the figure only",
    ),
    "format-misleads": (
        "The cell holds {found}, which its number format shows as {expected}",
        "Set the cell's format to “Number”, then check and enter the figure",
    ),
    "share-for-percent": (
        "Figures here are percentages: {found} means {found}%",
        "Check: if it is {expected}%, enter {expected}; if it is {found}% it may stay",
    ),
    "row-is-total": (
        "The row “{found}” would be added once more with all the others",
        "Totals are worked out by the program; only the items stand in the table: clear this row",
    ),
    "list-unclear": (
        "Counted by the list mark there are {expected} items, but “{found}” has other separators, "
        "or ends in “etc.”",
        "Separate the items by the list mark alone and name all of them; if there are not "
        "{expected}, enter the number in its own cell",
    ),
    "date-for-number": (
        "The cell was taken for a date ({found}); a figure is wanted here",
        "Set the cell's format to “Number” and enter it again",
    ),
    "too-long": (
        "{found} has more than 15 digits, which Excel cannot keep",
        "Check this figure",
    ),
    "too-many-decimals": (
        "{found} has more than {expected} decimals",
        "Round it to {rounded}; in a formula use ROUND",
    ),
    "too-small": ("{found} is less than {expected}", "Check this figure"),
    "too-large": ("{found} is more than {expected}", "Check this figure"),
    "not-a-date": ("“{found}” is not a date", "Enter a date like 2023-03-15"),
    "not-a-year": ("“{found}” is not a year", "Enter a year of four digits, like 2022"),
    "not-a-choice": (
        "“{found}” is not one of the choices",
        "Choose from the list: {expected}",
    ),
    "computed-changed": (
        "The formula here gives {expected}, but the cell holds {found}; the report uses what was "
        "worked out",
        "The formula may have been overwritten; restore it. What may be changed are the figures "
        "that it reads",
    ),
    "own-formula-typed": (
        "The form's own formula stood here, and now {found} is entered; the report uses what is "
        "entered",
        "Put the formula back (copy it from a blank form); if another figure is meant, check it",
    ),
    "default-emptied": (
        "The formula here gives {expected}, and now it is blank",
        "Enter {expected} or a figure of your own; if you have just deleted it, undo that",
    ),
    "given-changed": (
        "This is given by the form and should be “{expected}”, but the cell holds “{found}”; the "
        "report uses what is given",
        "It may have been changed by mistake; change it back",
    ),
    # quotes in a text
    "quote-name": (
        "“{found}” cannot be quoted as a name",
        "A name has only letters, digits and underscores, and does not begin with a digit",
    ),
    "quote-taken": (
        "The name “{found}” is used twice, or is that of a field of the form",
        "Choose another name",
    ),
    "quote-unknown": (
        "The text quotes “{found}”, and there is no such name",
        "Check the name{suggestion}, or enter it in the table first",
    ),
    "quote-blank": ("The text quotes “{found}”, which is still blank", "Fill in “{found}” first"),
    "quote-nested": (
        "The text quotes “{found}”, a text that has quotes itself",
        "Write the words out, or quote the figures in it",
    ),
    "quote-faulty": (
        "The quote “{found}” in the text is not written correctly",
        "Write it as {{{{ name }}}}, with two braces on each side",
    ),
    # figures that a text writes out
    "prose-differs": (
        "The text says “{found}”, and “{name}” ({spot}) in the table is {expected}; the report "
        "would print both",
        "Check which is right and correct the other; a figure that is written as "
        "{{{{ {quote} }}}} is always the same as in the table",
    ),
    "prose-unsure": (
        "The text says “{found}”, and “{name}” ({spot}) in the table is {expected}; the text does "
        "not make clear {missing}",
        "Check: if it is the same figure, correct it or quote it as {{{{ {quote} }}}}; if not, "
        "make clear {missing}",
    ),
    "prose-same": (
        "The text writes {found}, the same as in the table",
        "It could be a quote ({quotes}), which changes along with the table: run "
        "gouji check WORKBOOK.xlsx --quote COPY.xlsx",
    ),
    # the outline
    "section-out": (
        "This is not in the report; what stands here is not printed",
        "Set its treatment to “include”; include the heading above it too, or change the order; "
        "what is not wanted should be deleted",
    ),
    "section-required": (
        "A section that the official outline demands is not in the report",
        "Check the outline that applies to you; if it is not needed it may stay so",
    ),
    "section-title-unused": (
        "This prints no heading; the heading written here does not reach the report",
        "Delete the heading, or change its treatment or level",
    ),
    "section-numbered": (
        "The heading “{found}” has its own number or full stop; the report would print two",
        "Delete them; the program adds numbers and full stops",
    ),
    "section-text-unused": (
        "Something is written here, but the outline leaves out “{section}” or has it written "
        "elsewhere, so that it is not printed",
        "Check the outline; if it is not needed it may stay so",
    ),
    "section-untitled": (
        "The level is “{found}”, and there is no heading",
        "Write a heading, or set the level to “paragraph”",
    ),
    "section-blank": (
        "This section is in the report and has nothing in it",
        "Write its text, or name a range to be printed; if it is not wanted change its treatment",
    ),
    "section-empty": (
        "Nothing stands under this heading",
        "Write its text, or check treatment and order of the sections below it",
    ),
    "section-too-deep": (
        "There is no heading of the level above before a heading of the level “{found}”",
        "Check order and level; the heading above may not be included",
    ),
    "section-under-silent": (
        "“{expected}” above prints no heading, so that “{found}” has no heading above it",
        "Include the heading above again, or print no headings below it either",
    ),
    "section-moved": (
        "In the official outline it stands under “{expected}”; in this order {where}",
        "Check the order; when a section is moved, those under it have to move along",
    ),
    "range-unknown": (
        "“{found}” is no range of cells",
        "Write it like Annex!A1:D6: sheet, exclamation mark, upper left cell, colon, lower right "
        "cell",
    ),
    "range-no-sheet": (
        "The table to be printed is on the sheet “{sheet}”, which does not exist",
        "The sheets are: {expected}; check the name",
    ),
    "range-too-large": (
        "“{found}” is too large to be printed in the report",
        "At most {columns} columns and {rows} rows; divide it, or check the range",
    ),
    "range-quote": (
        "The cells to be printed hold “{found}”; quotes in a table are not replaced by figures",
        "Write a formula into the cell, such as =Budget!C17",
    ),
    "range-rounded": (
        "{found} has more than 2 decimals and is printed as {expected}; there are {count} of these",
        "Rounded figures may not add up; for exact ones work them out with ROUND, or write them as "
        "text",
    ),
    "range-blank": ("There is nothing in “{found}”", "Check the range, or fill the table first"),
    # rules
    "rule-fails": ("{claim}", "{todo}"),
    "rule-rounding": (
        "{claim}, within the {tolerance} that rounding allows",
        "It may stay; where exact amounts are known, check them",
    ),
    "rule-uncomputable": (
        "The rule “{rule}” gives no result ({reason}) and was not checked",
        "This is a fault of the rule, not of the data; tell whoever maintains the report",
    ),
    "own-function-failed": (
        "The rule “{rule}” could not be checked: {reason}",
        "Check the figures entered here; where they are right, tell whoever maintains the report",
    ),
}
