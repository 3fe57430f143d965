"""Where an open book lies: on OneDrive and SharePoint, never saved, only on the net."""

from pathlib import Path

import pytest
import xlwings as xw
from light import lighten
from told import told

from addin.open_book.identity import identity
from addin.open_book.live import LiveBook
from addin.open_book.onedrive import Mount, local_file, registered
from addin.open_book.place import home, path_of
from addin.ribbon.press import press
from workbook.checking.intake import examine, take_in
from workbook.checking.kinds import find_kind
from workbook.reading.snapshot import Identity

PERSONAL = "https://d.docs.live.net/1A2B3C/绩效/填报.xlsx"
TEAM = "https://xx.sharepoint.cn/sites/caizheng/Shared Documents/绩效/2023/填报.xlsx"
OWN = "https://xx-my.sharepoint.com/personal/zhang_xx_cn/Documents/绩效/填报.xlsx"


@pytest.fixture
def folder(tmp_path):
    """A synchronised folder with one workbook in it."""
    made = tmp_path / "OneDrive" / "绩效" / "填报.xlsx"
    made.parent.mkdir(parents=True)
    made.touch()
    return tmp_path / "OneDrive"


def entry(**values):
    """The mounts that an entry of OneDrive's in the registry stands for."""
    return list(registered(values))


def test_a_personal_onedrive_is_found_by_its_owners_number(folder):
    mounts = entry(UrlNamespace="https://d.docs.live.net", MountPoint=str(folder), CID="1a2b3c")
    assert local_file(PERSONAL, mounts) == folder / "绩效" / "填报.xlsx"
    assert local_file(PERSONAL.replace("1A2B3C", "FFFFFF"), mounts) is None


@pytest.mark.parametrize(
    "url", [OWN, OWN.replace("绩效", "%E7%BB%A9%E6%95%88"), OWN.replace("https://xx", "https://XX")]
)
def test_an_organisations_onedrive_is_found_however_its_address_is_written(folder, url):
    namespace = "https://xx-my.sharepoint.com/personal/zhang_xx_cn/Documents/"
    mounts = entry(UrlNamespace=namespace, MountPoint=str(folder), LibraryType="mysite")
    assert local_file(url, mounts) == folder / "绩效" / "填报.xlsx"


def test_a_folder_of_a_teams_library_is_found_by_its_own_address_or_by_what_it_lacks(folder):
    library = "https://xx.sharepoint.cn/sites/caizheng/Shared%20Documents/"
    place = folder / "绩效"
    (place / "2023").mkdir()
    (place / "2023" / "填报.xlsx").touch()
    exact = entry(UrlNamespace=library, FullRemotePath=f"{library}绩效", MountPoint=str(place))
    assert local_file(TEAM, exact) == place / "2023" / "填报.xlsx"
    (place / "填报.xlsx").unlink()
    assert local_file(TEAM, entry(UrlNamespace=library, MountPoint=str(place))) == (
        place / "2023" / "填报.xlsx"
    )


def test_of_two_files_that_could_be_meant_none_is_taken(folder):
    library = "https://xx.sharepoint.cn/sites/caizheng/Shared Documents"
    place = folder / "绩效"
    (place / "2023").mkdir()
    (place / "2023" / "填报.xlsx").touch()
    assert local_file(TEAM, [Mount(library, place)]) is None


def test_a_percent_sign_of_the_name_is_no_code(folder):
    (folder / "绩效" / "完成100%25.xlsx").touch()
    mounts = [Mount("https://d.docs.live.net/1a2b3c", folder)]
    url = "https://d.docs.live.net/1a2b3c/绩效/完成100%25.xlsx"
    assert local_file(url, mounts) == folder / "绩效" / "完成100%25.xlsx"
    (folder / "绩效" / "完成100%.xlsx").touch()
    assert local_file(url, mounts) == folder / "绩效" / "完成100%.xlsx"


@pytest.mark.parametrize("url", [PERSONAL, OWN])
def test_without_entries_the_folder_that_onedrive_tells_all_programs_is_looked_into(folder, url):
    assert local_file(url, [], [Path("/nowhere"), folder]) == folder / "绩效" / "填报.xlsx"


@pytest.mark.parametrize(
    "url", [TEAM, "https://d.docs.live.net/1A2B3C/../../etc/passwd", "ftp://x/填报.xlsx"]
)
def test_what_no_folder_holds_is_nowhere(folder, url):
    mounts = [Mount("https://d.docs.live.net/1A2B3C", folder)]
    assert local_file(url, mounts, [folder]) is None


def test_an_entry_that_is_not_whole_is_passed_over():
    assert entry(UrlNamespace="https://d.docs.live.net") == []
    assert entry(MountPoint="D:/OneDrive") == []


def test_a_book_on_onedrive_makes_its_report_in_its_folder(
    excel, sample_file, screen, monkeypatch, tmp_path
):
    place = tmp_path / "OneDrive" / "绩效"
    place.mkdir(parents=True)
    file = sample_file.replace(place / "填报.xlsx")
    for name in ("OneDriveConsumer", "OneDriveCommercial"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    book = excel.open(file, full_name=PERSONAL)
    assert (path_of(book), home(book)) == (file, place)
    press("make_report", book, screen)
    (report,) = screen.shown
    assert report.parent == place


def test_a_book_that_is_only_on_the_net_is_checked_and_asks_where_its_report_goes(
    excel, sample_file, screen, tmp_path, monkeypatch
):
    (tmp_path / "程序").mkdir()
    monkeypatch.chdir(tmp_path / "程序")
    book = excel.open(sample_file, full_name=TEAM)
    live = LiveBook(book)
    assert live.path == Path("填报.xlsx")
    assert told(examine(sample_file, live).checked) == told(take_in(sample_file).checked)
    press("make_report", book, screen)
    assert screen.states[-1] == "没有生成报告。"
    screen.place = tmp_path / "报告.docx"
    press("make_report", book, screen)
    assert screen.shown == [screen.place]
    assert screen.said == []
    assert list((tmp_path / "程序").iterdir()) == []
    assert len(list((tmp_path / ".gouji").iterdir())) == 1  # beside the report


@pytest.mark.parametrize("program", ["excel", "calc"])
def test_a_book_that_was_never_saved_says_itself_which_form_it_is(
    request, sample_file, screen, tmp_path, program
):
    started = request.getfixturevalue(program)
    if program == "excel":
        book = started.never_saved(sample_file)
    else:
        book = xw.Book(str(lighten(sample_file)))
        sample_file.rename(sample_file.with_name("elsewhere.xlsx"))
    assert identity(book) == Identity("department", find_kind("department").form.version)
    screen.place = tmp_path / "报告.docx"
    press("validate", book, screen)
    assert screen.said == []
    if program == "calc":
        book.close()
