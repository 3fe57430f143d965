"""Excel's rules that the double enforces, each with its source and the test that it bites."""

from typing import Final, NamedTuple

VBA: Final = "https://learn.microsoft.com/office/vba/api/"
XLWINGS: Final = "https://github.com/xlwings/xlwings/"
PROTECTED: Final = (
    "https://support.microsoft.com/office/lock-or-unlock-specific-areas-of-a-protected-worksheet-"
    "75481b72-db8a-4267-8c43-042a5f2cd93a"
)
LIMITS: Final = (
    "https://support.microsoft.com/office/excel-specifications-and-limits-"
    "1672b34d-7043-467e-8e27-269d656771c3"
)
RENAMING: Final = (
    "https://support.microsoft.com/office/rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9"
)
FORMATS_OF_A_FILE: Final = "ECMA-376 part 1, 18.3.1.85 sheetProtection"
WINDOWS: Final = "xlwings 0.37.8, _xlwindows.py: "


class Rule(NamedTuple):
    """A rule: its name, what Excel refuses or gives, where that is written, the test of it.

    Where `source` ends in a question mark nobody wrote it down; the double is strict there.
    """

    name: str
    says: str
    source: str
    test: str


RULES: Final = (
    Rule(
        "looks of a protected sheet",
        "fill, font, number format, alignment, wrapping, borders, conditional formats: refused,"
        " even in unlocked cells, unless AllowFormattingCells",
        PROTECTED,
        "test_no_look_changes_on_a_protected_sheet_unless_formatting_is_allowed",
    ),
    Rule(
        "sizes on a protected sheet",
        "widths, heights, hiding, AutoFit: refused unless AllowFormattingColumns or -Rows",
        PROTECTED,
        "test_no_size_changes_on_a_protected_sheet_unless_that_is_allowed",
    ),
    Rule(
        "values on a protected sheet",
        "locked cells are refused, also where only some of a range are locked; unlocked are taken",
        f"{VBA}excel.range.locked",
        "test_locked_cells_keep_their_values_and_unlocked_ones_take_new_ones",
    ),
    Rule(
        "locks on a protected sheet",
        "Locked and FormulaHidden, merging and tables do not change, whatever is allowed",
        f"{VBA}excel.range.locked",
        "test_locks_merges_and_tables_do_not_change_on_a_protected_sheet",
    ),
    Rule(
        "notes on a protected sheet",
        "AddComment, Text, Delete are refused where objects are protected, and only there",
        PROTECTED,
        "test_notes_change_only_where_objects_are_not_protected",
    ),
    Rule(
        "rows and columns of a protected sheet",
        "no inserting unless allowed; deleting also needs every cell unlocked; never parts of rows",
        f"{VBA}excel.protection.allowdeletingrows",
        "test_rows_come_and_go_on_a_protected_sheet_only_as_allowed",
    ),
    Rule(
        "options stand in the file",
        "an absent attribute of sheetProtection means locked, except objects and scenarios",
        FORMATS_OF_A_FILE,
        "test_what_a_sheet_allows_is_read_from_its_file_and_saved_again",
    ),
    Rule(
        "only for the interface",
        "UserInterfaceOnly lets programs change everything; it is not saved",
        f"{VBA}excel.worksheet.protect",
        "test_protection_of_the_interface_alone_lets_programs_change_everything",
    ),
    Rule(
        "protecting anew",
        "what is not named in Protect is not allowed afterwards, whatever was before",
        f"{VBA}excel.worksheet.protect",
        "test_protecting_anew_forgets_what_was_allowed",
    ),
    Rule(
        "passwords",
        "another password, an empty one too, raises and lifts nothing",
        f"{VBA}excel.worksheet.unprotect",
        "test_another_password_lifts_nothing",
    ),
    Rule(
        "dialog for a password",
        "Unprotect without an argument asks the clerk where there is a password",
        f"{VBA}excel.worksheet.unprotect",
        "test_a_dialog_that_nobody_answers_ends_the_test",
    ),
    Rule(
        "structure",
        "a protected structure: no sheet comes, goes, moves, hides or is renamed; cells change",
        f"{VBA}excel.workbook.protect",
        "test_a_locked_structure_keeps_its_sheets",
    ),
    Rule(
        "read-only",
        "changes in memory are taken, Save is refused, SaveCopyAs is not",
        f"{VBA}excel.workbook.readonly",
        "test_a_read_only_book_changes_in_memory_and_is_not_saved",
    ),
    Rule(
        "Protected View",
        "no member of Workbooks, no ActiveWorkbook; read through its window, never changed",
        f"{VBA}excel.application.activeprotectedviewwindow",
        "test_a_book_in_protected_view_is_seen_only_through_its_window",
    ),
    Rule(
        "never saved",
        "FullName is the bare name, Path is empty",
        f"{VBA}excel.workbook.path",
        "test_a_book_that_was_never_saved_has_a_name_and_no_place",
    ),
    Rule(
        "books on the net",
        "FullName is a URL; xlwings looks for the local file and raises where it finds none",
        f"{XLWINGS}pull/1745",
        "test_a_book_on_the_net_has_a_url_for_its_name",
    ),
    Rule(
        "no book",
        "ActiveWorkbook, ActiveSheet, Selection are Nothing; the add-in is not counted",
        f"{VBA}excel.application.activeworkbook",
        "test_without_a_book_nothing_is_active_and_the_add_in_is_not_counted",
    ),
    Rule(
        "closed",
        "every call raises 0x800706BA, and xlwings finds no program",
        f"{XLWINGS}issues/1088",
        "test_a_program_that_was_closed_answers_nothing",
    ),
    Rule(
        "boxes of a closed window",
        "a message box over a window that is gone raises an error of Windows",
        "https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-messageboxw",
        "test_a_program_that_was_closed_shows_no_message_box",
    ),
    Rule(
        "error cells",
        "Value holds ints such as -2146826246; xlwings makes None or text of seven of them",
        f"{WINDOWS}cell_errors",
        "test_error_cells_are_ints_and_of_the_newer_ones_xlwings_knows_nothing",
    ),
    Rule(
        "error cells in functions",
        "handed over as a range or an int: None, whatever the error was",
        f"{WINDOWS}_clean_value_data_element",
        "test_functions_are_handed_nothing_for_an_error",
    ),
    Rule(
        "dates",
        "Value holds times with a time zone, Value2 numbers; xlwings gives plain datetimes",
        f"{VBA}excel.range.value2",
        "test_dates_are_datetimes",
    ),
    Rule(
        "currency",
        "a number with a currency format is a Decimal of four places in Value, exact in Value2",
        f"{VBA}excel.range.value2",
        "test_money_is_a_decimal_of_four_places",
    ),
    Rule(
        "plain values",
        "numbers are floats, also percentages; blanks None, truths bool, texts str",
        f"{VBA}excel.range.value",
        "test_numbers_are_floats_and_blanks_are_none",
    ),
    Rule(
        "texts are typed",
        "a text that is set is read as if typed: 50%, 1,234, 2022/1/1 and =1 are no texts",
        f"{VBA}excel.range.value",
        "test_a_text_that_is_set_is_read_as_if_it_were_typed",
    ),
    Rule(
        "wrong formulas",
        "a formula that cannot be read is refused, and the cell keeps what it had",
        "https://stackoverflow.com/questions/21003714",
        "test_a_formula_that_cannot_be_read_is_refused",
    ),
    Rule(
        "English formulas",
        "Formula speaks English with commas, whatever the country",
        f"{VBA}excel.range.formula",
        "test_formulas_are_english",
    ),
    Rule(
        "long addresses",
        "Range(text) takes at most 255 letters",
        "https://github.com/MicrosoftDocs/VBA-Docs/issues/49",
        "test_an_address_of_more_than_255_letters_is_refused",
    ),
    Rule(
        "cut addresses",
        "Address of many areas is cut at a comma before its 256th letter, without an error",
        "https://github.com/MicrosoftDocs/VBA-Docs/issues/49",
        "test_the_address_of_many_areas_is_cut",
    ),
    Rule(
        "several areas",
        "A1,B2:B4 is one range: a look goes to all, Value gives the first",
        f"{VBA}excel.range.areas",
        "test_several_areas_are_one_range",
    ),
    Rule(
        "mixed fills",
        "of cells that differ Color is 0 and ColorIndex is Null: xlwings calls that black",
        f"{VBA}excel.interior.colorindex?",
        "test_cells_of_several_colours_look_black",
    ),
    Rule(
        "missing names",
        "an unknown name or a sheet that is not there raises, for Range, Names and Sheets alike",
        f"{VBA}excel.worksheet.range",
        "test_what_is_not_there_raises",
    ),
    Rule(
        "rejected calls",
        "0x80010001: xlwings' wrapper repeats reading, setting and methods at once, without end",
        f"{WINDOWS}COMRetryObjectWrapper, COMRetryMethodWrapper, N_COM_ATTEMPTS = 0",
        "test_xlwings_repeats_a_rejected_call_until_it_is_taken",
    ),
    Rule(
        "rejected calls of a collection",
        "calling an object, as in sheets(1), gives None once it was rejected",
        f"{WINDOWS}COMRetryObjectWrapper.__call__, range(N_COM_ATTEMPTS + 1)",
        "test_a_collection_that_was_rejected_once_gives_nothing",
    ),
    Rule(
        "ignored calls",
        "0x800AC472: comes out of reading and methods at once; setting is repeated without end",
        f"{XLWINGS}issues/587",
        "test_an_ignored_call_comes_out_of_reading_and_is_repeated_in_setting",
    ),
    Rule(
        "bare objects",
        "what the UDF server hands over has no wrapper: each refusal comes out at once",
        "xlwings 0.37.8, udfs.py: BOOK_CALLER = Dispatch(this_workbook)",
        "test_a_book_from_the_udf_server_repeats_nothing",
    ),
    Rule(
        "busy without end",
        "a program that stays busy ends the test instead of hanging it",
        f"{XLWINGS}issues/2278",
        "test_a_program_that_stays_busy_ends_the_test",
    ),
    Rule(
        "ready",
        "while calls are refused Ready is False and can be read",
        f"{VBA}excel.application.ready",
        "test_a_busy_program_says_that_it_is_not_ready",
    ),
    Rule(
        "groups of sheets",
        "sheets that the file marks as selected form a group: what is typed goes into each",
        "ECMA-376 part 1, 18.3.1.87 sheetView, tabSelected",
        "test_what_is_typed_goes_into_every_sheet_of_a_group",
    ),
    Rule(
        "tables grow",
        "what is written right under a table joins it, but not on a protected sheet",
        "https://support.microsoft.com/office/overview-of-excel-tables-"
        "7ab0bb7d-3a9e-4b56-a3c9-6c94334e492c",
        "test_a_table_grows_but_not_on_a_protected_sheet",
    ),
    Rule(
        "names of sheets",
        "1 to 31 letters, none of : \\ / ? * [ ], no ' at an end, no second of the name",
        RENAMING,
        "test_a_sheet_is_not_called_what_excel_does_not_allow",
    ),
    Rule(
        "long texts",
        "32,767 letters in a cell, 8,192 in a formula; more is refused",
        LIMITS,
        "test_more_letters_than_a_cell_holds_are_refused",
    ),
    Rule(
        "notes",
        "one note a cell, one cell a note, 32,767 letters",
        f"{VBA}excel.range.addcomment",
        "test_a_cell_has_one_note",
    ),
    Rule(
        "threads",
        "a cell with a thread of comments takes no note, and its thread shows as one",
        f"{VBA}excel.commentthreaded",
        "test_a_cell_with_a_thread_takes_no_note",
    ),
    Rule(
        "deleting a sheet",
        "asks the clerk while DisplayAlerts is on; the last sheet that is shown stays",
        f"{VBA}excel.worksheet.delete",
        "test_a_sheet_is_deleted_without_a_question_only_when_alerts_are_off",
    ),
    Rule(
        "alerts stay off",
        "xlwings' sheet.delete() leaves DisplayAlerts off where Excel refuses",
        f"{WINDOWS}Sheet.delete",
        "test_a_refused_deletion_leaves_alerts_off",
    ),
    Rule(
        "selecting",
        "cells can be selected on the active sheet alone, hidden sheets not be activated",
        f"{VBA}excel.range.select",
        "test_cells_are_selected_on_the_sheet_in_front",
    ),
    Rule(
        "new sheets",
        "a new sheet is the active one, before the active one if nothing is said",
        f"{VBA}excel.sheets.add",
        "test_a_new_sheet_is_in_front",
    ),
    Rule(
        "relative conditions",
        "relative references of a conditional format count from the active cell",
        f"{VBA}excel.formatconditions.add",
        "test_a_condition_counts_from_the_active_cell",
    ),
    Rule(
        "real members",
        "only members of Excel's model exist: to read another one raises a com_error, no"
        " AttributeError, through xlwings; it tries for ever to set one",
        f"{WINDOWS}COMRetryObjectWrapper.__getattr__, __setattr__, except AttributeError",
        "test_only_members_of_excels_model_exist",
    ),
    Rule(
        "no fast paths",
        "what Calc says in one call Excel says one by one",
        "addin/open_book/sheets_and_names.py",
        "test_calcs_fast_paths_are_not_there",
    ),
    Rule(
        "counted calls",
        "each access to a member is a call between two processes",
        "https://docs.xlwings.org/en/stable/quickstart.html?",
        "test_every_call_is_counted",
    ),
)
