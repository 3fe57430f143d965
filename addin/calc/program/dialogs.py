"""LibreOffice's own dialogs."""

from pathlib import Path
from typing import Any, Final

from addin.calc.program.bridge import path, url
from addin.calc.program.office import Office

_PICKER: Final = "com.sun.star.ui.dialogs.FilePicker"
# com.sun.star.ui.dialogs.TemplateDescription
_OPEN: Final = 0  # FILEOPEN_SIMPLE
_SAVE: Final = 1  # FILESAVE_SIMPLE


def place_to_save(office: Office, proposal: Path) -> Path | None:
    """Where the user wants a file; None if nowhere. Without a screen it is the proposal."""
    if office.is_headless:
        return proposal
    picker = _picker(office, _SAVE, proposal.parent, proposal.suffix)
    picker.setDefaultName(proposal.name)
    if not picker.execute():
        return None
    chosen = Path(path(picker.getFiles()[0]))
    return chosen if chosen.suffix else chosen.with_suffix(proposal.suffix)


def file_to_open(office: Office, folder: Path, ending: str) -> Path | None:
    """A file that the user chooses; None if none, and where there is no screen."""
    if office.is_headless:
        return None
    picker = _picker(office, _OPEN, folder, ending)
    return Path(path(picker.getFiles()[0])) if picker.execute() else None


def _picker(office: Office, template: int, folder: Path, ending: str) -> Any:
    picker = office.service(_PICKER)
    picker.initialize((template,))
    picker.appendFilter(f"{ending[1:].upper()} (*{ending})", f"*{ending}")
    picker.setDisplayDirectory(url(str(folder)))
    return picker
