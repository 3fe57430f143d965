"""LibreOffice's own dialogs."""

from pathlib import Path
from typing import Final

from addin.calc.program.bridge import path, url
from addin.calc.program.office import Office

_PICKER: Final = "com.sun.star.ui.dialogs.FilePicker"
_SAVE: Final = 1  # com.sun.star.ui.dialogs.TemplateDescription.FILESAVE_SIMPLE


def place_to_save(office: Office, proposal: Path) -> Path | None:
    """Where the user wants a file; None if nowhere. Without a screen it is the proposal."""
    if office.is_headless:
        return proposal
    picker = office.service(_PICKER)
    picker.initialize((_SAVE,))
    picker.appendFilter(
        f"{proposal.suffix[1:].upper()} (*{proposal.suffix})", f"*{proposal.suffix}"
    )
    picker.setDisplayDirectory(url(str(proposal.parent)))
    picker.setDefaultName(proposal.name)
    if not picker.execute():
        return None
    chosen = Path(path(picker.getFiles()[0]))
    return chosen if chosen.suffix else chosen.with_suffix(proposal.suffix)
