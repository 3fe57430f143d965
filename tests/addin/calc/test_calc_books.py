"""Programs and books."""

from pathlib import Path

import pytest
import xlwings as xw

from addin.calc.program.office import attach, start


def test_the_program_tells_what_it_is(app: xw.App) -> None:
    assert (app.engine.name, app.engine.type, app.version.major >= 7) == ("calc", "desktop", True)
    assert xw.apps.keys() == [app.pid]
    assert (xw.apps[app.pid], xw.apps.active) == (app, app)
    with pytest.raises(KeyError):
        xw.apps[1]


def test_settings_are_kept(app: xw.App, sheet: xw.Sheet) -> None:
    for name in ("screen_updating", "display_alerts", "enable_events", "interactive"):
        with app.properties(**{name: False}):
            assert getattr(app, name) is False
        assert getattr(app, name) is True
    app.status_bar = "校验中"
    assert app.status_bar == "校验中"
    app.status_bar = False
    assert app.status_bar is False


def test_manual_calculation_waits_to_be_told(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [2, "=A1*2"]
    app.calculation = "manual"
    sheet["A1"].value = 4
    assert sheet["B1"].value == 4
    app.calculation = "automatic"
    app.calculate()
    assert (sheet["B1"].value, app.calculation) == (8, "automatic")


def test_books_are_found_by_name_and_place(app: xw.App, book: xw.Book) -> None:
    other = app.books.add()
    assert [one.name for one in app.books] == [book.name, other.name]
    assert (app.books[0], app.books(2), app.books[other.name]) == (book, other, other)
    assert app.books.active == other
    book.activate()
    assert (app.books.active, xw.books.active) == (book, book)
    other.close()
    assert len(app.books) == 1
    with pytest.raises(KeyError):
        app.books["没有"]


def test_a_book_is_saved_and_opened_again(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "基本支出"
    path = tmp_path / "填 报.xlsx"
    book.save(path)
    assert (book.name, book.fullname) == (path.name, str(path))
    book.sheets[0]["A2"].value = 1
    book.save()
    assert app.books.open(path) == book
    book.close()
    again = xw.Book(path)
    assert again.sheets[0]["A1:A2"].value == ["基本支出", 1.0]
    again.close()


def test_what_cannot_be_opened_or_saved_is_an_os_error(
    app: xw.App, book: xw.Book, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "没有.xlsx")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(OSError, match="cannot open"):
        app.books.open(broken)
    with pytest.raises(OSError, match="cannot save"):
        book.save(tmp_path / "没有" / "x.xlsx")
    with pytest.raises(ValueError, match="cannot be saved as"):
        book.save(tmp_path / "x.txt")


def test_a_password_guards_a_book(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = 7
    path = tmp_path / "密.xlsx"
    book.save(path, password="1234")
    book.close()
    opened = app.books.open(path, password="1234")
    assert opened.sheets[0]["A1"].value == 7
    opened.close()


def test_books_and_sheets_become_pdf(book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "a"
    for target in (book, book.sheets[0], book.sheets[0]["A1"]):
        path = tmp_path / f"{type(target).__name__}.pdf"
        target.to_pdf(path)
        assert path.read_bytes()[:5] == b"%PDF-"


def test_the_selection_is_what_was_selected(app: xw.App, book: xw.Book) -> None:
    assert app.selection is not None
    assert app.selection.address == "$A$1"
    book.sheets[0]["B2:C3"].select()
    assert book.selection is not None
    assert book.selection.address == "$B$2:$C$3"


def test_a_program_of_our_own_ends_and_one_that_we_attached_to_goes_on(
    app: xw.App, soffice: str
) -> None:
    office = start(program=soffice)
    attached = attach(office.pipe)
    assert attached.process is None
    attached.close()
    assert office.is_alive
    office.close()
    assert (office.is_alive, office.profile is not None and office.profile.exists()) == (
        False,
        False,
    )
    with pytest.raises(ConnectionError):
        attach(office.pipe)


def test_a_killed_program_leaves_no_lock_behind(app: xw.App, tmp_path: Path) -> None:
    second = xw.App(visible=False)
    path = tmp_path / "填报.xlsx"
    second.books[0].save(path)
    second.kill()
    app.activate()
    assert [file.name for file in tmp_path.iterdir()] == ["填报.xlsx"]
    book = app.books.open(path)
    book.save()
    book.close()


def test_a_second_program_comes_first_until_it_quits_and_is_still_told_by_its_pipe(
    app: xw.App,
) -> None:
    """A traceback or a log may ask for it; to ask LibreOffice itself then would end Python."""
    second = xw.App(visible=False)
    assert (xw.apps.active, len(xw.apps), len(second.books)) == (second, 2, 1)
    app.activate()
    assert xw.apps.active == app
    office = second.impl.office
    second.quit()
    assert list(xw.apps) == [app]
    assert repr(office).startswith(f"Office(pipe='{office.pipe}', process=")


def test_a_package_that_is_not_there_is_missed_as_python_misses_it():
    """LibreOffice's bridge has an `import` of its own, after which uvicorn cannot be imported."""
    with pytest.raises(ModuleNotFoundError):
        from not_there import nothing  # noqa: F401
