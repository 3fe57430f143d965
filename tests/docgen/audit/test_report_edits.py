"""Reports edited at random as people do: nothing is judged or brought up to date wrongly."""

import docx
import pytest
from audit.settled import body_of, lines, settled

from docgen.audit.audit import audit
from docgen.audit.opening import open_report
from docgen.audit.refresh import refreshed
from tools.editing.report_edits import edited


@pytest.mark.parametrize("seed", range(100))
def test_no_edit_passes_for_a_true_figure_and_no_stale_one_is_missed(trials, seed):
    assert trials.faults(seed) == []


def test_edited_and_tracked_reports_mean_the_same_when_libreoffice_has_saved_them(
    trials, tmp_path, convert
):
    files = []
    for seed in range(6):
        document = docx.Document(str(trials.report))
        edited(document.element.body, seed)
        files.append(tmp_path / f"改{seed}.docx")
        document.save(str(files[-1]))
    report, anew = open_report(trials.report, trials.own.path), trials.anew["多"]
    tracked = refreshed(report, anew, force=False, tracked=True).document
    (tmp_path / "修订.docx").write_bytes(tracked)
    out = tmp_path / "另存"
    out.mkdir()
    for file in [*files, tmp_path / "修订.docx"]:
        convert(file, "docx", out)
    for file in files:
        before, after = (
            audit(open_report(path, trials.own.path), trials.anew["数"])
            for path in (file, out / file.name)
        )
        assert states(after) == states(before)
        assert len(after.reworded) == len(before.reworded)
    saved = (out / "修订.docx").read_bytes()
    plain = refreshed(report, anew, force=False, tracked=False).document
    old = trials.report.read_bytes()
    for kept, dropped, wanted in (("ins", "del", plain), ("del", "ins", old)):
        # it leaves out blank paragraphs between tables, or puts some there
        assert filled(settled(saved, kept, dropped)) == filled(lines(body_of(wanted)))


def states(made):
    """The states of each mark's figures."""
    return sorted((one.figure.mark, one.state.value) for one in made.figures)


def filled(texts):
    """Those that are not blank."""
    return [text for text in texts if text]
