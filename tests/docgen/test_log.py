"""The log takes traces, and is never the cause of one."""

from workbook.files import log


def written(place):
    try:
        raise RuntimeError("secret")
    except RuntimeError:
        return log.write_down(place)


def test_a_trace_is_added_to_the_log(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "LOG", tmp_path / "gouji.log")
    assert [written("check 甲.xlsx"), written("validate")] == [tmp_path / "gouji.log"] * 2
    lines = (tmp_path / "gouji.log").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2][9:] for line in lines if line.startswith("2")] == [
        "check 甲.xlsx",
        "validate",
    ]
    assert lines.count("RuntimeError: secret") == 2


def test_a_log_that_cannot_be_opened_lies_in_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "LOG", tmp_path / "gouji.log")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "gouji.log").mkdir()
    place = written("validate")
    assert place == tmp_path / "home" / "gouji.log"
    assert "RuntimeError: secret" in place.read_text(encoding="utf-8")


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "LOG", tmp_path / "no folder" / "gouji.log")
    monkeypatch.setenv("HOME", str(tmp_path / "none either"))
    assert written("validate") is None
    try:
        raise RuntimeError("secret")
    except RuntimeError:
        said = log.failure_told("validate")
    assert said == (
        "程序出了意外,没有做完,详情也没能记下(RuntimeError:secret)。请把这句话发给维护人员。"
    )
