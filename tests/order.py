"""Which files of tests bear the marker `slow`, which begin first, and which go to one worker."""

# The few that can only be slow, for what they try is long in itself: LibreOffice's own work, or
# the same thing done a thousand times. `-m "not slow"` leaves them out, `-m slow` runs them.
SLOW = (
    "test_visible.py",  # a mouse in front of a screen
    "test_on_excel.py",  # every button in a book in every state
    "test_report_edits.py",  # 100 reports, each edited, audited and refreshed
    "test_saved_results.py",  # 50 workbooks of every command, calculated anew
    "test_agreement.py",  # 200 fillings, each judged by Python and by LibreOffice
    "test_edits_in_calc.py",  # 300 edits, each saved by LibreOffice and read again
    "test_mutations.py",  # 1,400 slips, each checked
    "test_template_attacks.py",  # 969 hostile templates in processes with limits
    "test_own_page.py",  # a desk and a browser
    "test_installer.py",  # Wine makes a Windows
)
# Of the others the longest begin first: no worker is left alone with one of them at the end.
LONG = (
    "test_refresh_rows.py",  # with what goes to its worker
    "test_messages.py",
    "test_cluster.py",  # which waits for processes
    "test_actions.py",
    "test_as_openpyxl.py",  # with what goes to its worker
    "test_calc_functions.py",  # a LibreOffice with the extension
    "test_marks.py",
    "test_insert_check.py",
    "test_proof.py",
    "test_format_makings.py",
    "test_edits.py",
    "test_cli.py",
    "test_import.py",
    "test_wps_buttons.py",
    "test_outlines.py",
    "test_wheel.py",  # environments and wheels
    "test_filled.py",
    "test_batch.py",
    "test_authoring.py",
    "test_ribbon.py",
    "test_report_buttons.py",
    "test_foreign_formulas.py",
)
# What takes long to make is made once for both: the workbooks of every command, the wheel, a
# report's workbooks that were changed since, a bureau's batches.
TOGETHER = {
    "test_opened_files.py": "test_saved_results.py",
    "test_as_openpyxl.py": "test_saved_results.py",
    "test_house.py": "test_wheel.py",
    "test_refresh_rows.py": "test_report_edits.py",
    "test_through_others.py": "test_report_edits.py",
    "test_corners.py": "test_report_edits.py",
    "test_across.py": "test_totals.py",
    "test_data_files.py": "test_totals.py",
}


def file_of(nodeid: str) -> str:
    """The name of a test's file; no two files of tests are called the same."""
    return nodeid.partition("::")[0].rpartition("/")[2]


def place(nodeid: str) -> int:
    """Where in the order a test's file comes."""
    order, name = (*SLOW, *LONG), file_of(nodeid)
    return order.index(name) if name in order else len(order)


def group(nodeid: str) -> str:
    """The file whose tests a test goes with."""
    return TOGETHER.get(file_of(nodeid), file_of(nodeid))
