"""The LibreOffice extension gouji.oxt: the ribbon's buttons, and the functions for cells.

A click runs inside LibreOffice's own Python, which knows nothing of Gouji; it takes what is being
typed, opens a named pipe and starts the Python that Gouji is installed in, which works on the book
through it. Functions of their arguments alone are answered inside; for those that need a check the
book is handed to that Python.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from addin.commands import TAB, Command, groups, offered
from addin.extension import functions as functions_calc
from addin.extension.configuration import node, setting, text

IDENTIFIER: Final = "org.gouji.addin"
SERVICE: Final = "org.gouji.Commands"
COMPONENT: Final = "gouji_component.py"
ADDONS: Final = "Addons.xcu"
LINE: Final = "private:separator"
CALC: Final = "com.sun.star.sheet.SpreadsheetDocument"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_SOURCE: Final = Path(__file__).with_name("component.py.txt")

_MANIFEST: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:full-path="Addons.xcu"
  manifest:media-type="application/vnd.sun.star.configuration-data"/>
 <manifest:file-entry manifest:full-path="CalcWindowState.xcu"
  manifest:media-type="application/vnd.sun.star.configuration-data"/>
 <manifest:file-entry manifest:full-path="{COMPONENT}"
  manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
 <manifest:file-entry manifest:full-path="{functions_calc.CONFIGURATION}"
  manifest:media-type="application/vnd.sun.star.configuration-data"/>
 <manifest:file-entry manifest:full-path="{functions_calc.IDL}"
  manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
</manifest:manifest>
"""
_DESCRIPTION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
 <identifier value="{identifier}"/>
 <version value="{version}"/>
 <display-name><name lang="zh-CN">勾稽</name></display-name>
</description>
"""
_ADDONS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="Addons" oor:package="org.openoffice.Office">
 <node oor:name="AddonUI">
  <node oor:name="OfficeMenuBar">
   <node oor:name="{identifier}" oor:op="replace">
    {context}{title}
    <node oor:name="Submenu">{menu}</node>
   </node>
  </node>
  <node oor:name="OfficeToolBar">
   <node oor:name="{identifier}" oor:op="replace">{bar}</node>
  </node>
  <node oor:name="OfficeNotebookBar">
   <node oor:name="{identifier}" oor:op="replace">{bar}</node>
  </node>
 </node>
</oor:component-data>
"""
# Without it LibreOffice calls the toolbar "Add-On 1"; it stands in a row under the program's own.
_WINDOW_STATE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcWindowState"
 oor:package="org.openoffice.Office.UI">
 <node oor:name="UIElements">
  <node oor:name="States">
   <node oor:name="private:resource/toolbar/addon_{identifier}" oor:op="replace">{bar}</node>
  </node>
 </node>
</oor:component-data>
"""


def build_extension(path: Path, python: str, version: str, *, to_author: bool = False) -> None:
    """Write the extension, whose clicks start this `python`; the same bytes for the same values."""
    source = _SOURCE.read_text(encoding="utf-8").replace('"@python"', repr(python))
    members = {
        "META-INF/manifest.xml": _MANIFEST,
        "description.xml": _DESCRIPTION.format(identifier=IDENTIFIER, version=version),
        ADDONS: addons(to_author=to_author),
        "CalcWindowState.xcu": _WINDOW_STATE.format(
            identifier=IDENTIFIER, bar=text("UIName", TAB) + setting("DockPos", "0,3")
        ),
        COMPONENT: source,
        **dict(functions_calc.members()),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content.encode())


def addons(*, to_author: bool = False) -> str:
    """The configuration that puts the buttons there; only an author has those that draw forms."""
    commands = offered(to_author=to_author)
    return _ADDONS.format(
        identifier=IDENTIFIER,
        context=setting("Context", CALC),
        title=text("Title", TAB),
        menu="".join(_menu(to_author=to_author)),
        bar="".join(_entry(number, command) for number, command in enumerate(commands)),
    )


def _menu(*, to_author: bool) -> Iterator[str]:
    """The commands with a line between groups."""
    number = 0
    for position, group in enumerate(groups(to_author=to_author)):
        if position:
            yield node(f"n{number:02}", setting("URL", LINE))
            number += 1
        for command in offered(to_author=to_author):
            if command.group == group:
                yield _entry(number, command)
                number += 1


def _entry(number: int, command: Command) -> str:
    url = f"service:{SERVICE}?{command.name}"
    inner = setting("URL", url) + text("Title", command.label) + setting("Target", "_self")
    return node(f"n{number:02}", inner + setting("Context", CALC))
