"""The workbook that a year begins with: kept, and still as it would be made."""

import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from loaded import load_workbook

from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind, load_kind
from workbook.making.build import as_bytes, build_workbook
from workbook.making.examples_sheet import build_example
from workbook.years.beginning import new_workbook


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    return tmp_path / "缓存" / "gouji"


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
        assert len(found) == len(archive.namelist())
    found.pop("docProps/core.xml")
    return found


@pytest.mark.parametrize("sample", [False, True])
def test_it_is_the_same_whether_made_or_kept(department: Kind, cache: Path, sample: bool) -> None:
    kind = department
    if sample:
        made = build_example(kind.form, kind.rules, kind.sample)
    else:
        made = build_workbook(kind.form, kind.rules)
    wanted = parts(as_bytes(made))
    assert [parts(new_workbook(kind, sample=sample)) for _ in range(2)] == [wanted, wanted]
    assert len(list(cache.iterdir())) == 1


def test_it_says_when_it_was_made_and_not_when_its_like_was_kept(
    department: Kind, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbook.years import beginning

    new_workbook(department)
    later = datetime.now(tz=UTC) + timedelta(days=400)

    class Later:
        @staticmethod
        def now(*, tz: Any) -> datetime:
            return later.astimezone(tz)

    monkeypatch.setattr(beginning, "datetime", Later)
    told = load_workbook(BytesIO(new_workbook(department))).properties
    wanted = later.replace(microsecond=0, tzinfo=None)
    assert (told.created, told.modified) == (wanted, wanted)
    assert (told.creator, told.title) == ("勾稽", "部门整体支出绩效自评报告")


def test_who_finds_it_kept_needs_no_openpyxl(department: Kind, cache: Path) -> None:
    new_workbook(department)
    program = (
        "import sys; from workbook.checking.kinds import find_kind;"
        "from workbook.years.beginning import new_workbook;"
        "print(len(new_workbook(find_kind('department'))) > 10000, 'openpyxl' in sys.modules)"
    )
    run = [sys.executable, "-c", program]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert told == "True False\n"


def test_a_kind_with_a_fault_has_none_and_nothing_is_kept(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "小表"
    folder.mkdir()
    field = 'field = [{ key = "甲", type = "number" }]'
    block = f'[[sheet.block]]\ntype = "fields"\ntitle = "一"\n{field}'
    form = f'kind = "小表"\nversion = 1\ntitle = "小表"\n[[sheet]]\nname = "表"\n{block}\n'
    (folder / "form.toml").write_text(form, encoding="utf-8")
    (folder / "sample.toml").write_text("[fields]\n乙 = 1\n".replace("乙", '"乙"'), "utf-8")
    with pytest.raises(KindError):
        new_workbook(load_kind(folder), sample=True)
    (folder / "rules.toml").write_text('[[rule]]\nid = "一"\nclaim = "乙 > 0"\n', "utf-8")
    with pytest.raises(KindError):
        new_workbook(load_kind(folder))
    kept = list(cache.iterdir()) if cache.exists() else []
    assert len(kept) <= 1  # the form and rules of the first, which are sound
