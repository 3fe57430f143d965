"""LibreOffice found on this computer, and asked to write documents as files of another kind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from workbook.files.save import OutputError

LONGEST: Final = 180  # seconds that a report may take to print
PAUSE: Final = 0.1  # seconds between two questions whether somebody still waits for it
PROGRAM_FOLDERS: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
)
# A PDF says that its text is in the language of the program's locale. Version 2 is PDF/A-2b. What a
# document links to is not fetched.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export">
<prop oor:name="SelectPdfVersion" oor:op="fuse"><value>2</value></prop>
<prop oor:name="UseTaggedPDF" oor:op="fuse"><value>true</value></prop>
<prop oor:name="ExportNotes" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
# In place of a font that is missing, fontconfig takes one for this language.
_CHINESE: Final = {"FC_LANG": "zh-cn"}


def by_libreoffice(
    sources: Sequence[Path], kind: str, is_over: Callable[[], bool] = lambda: False
) -> None:
    """Write documents of one folder as another kind of file beside them, as PDF/A where it is PDF.

    `kind` is what `--convert-to` takes. Where nobody waits for it any more, since it `is_over`,
    nothing may be written. Raises `OutputError` where there is no LibreOffice, or it fails.
    """
    program = next(_programs(), None)
    if program is None:
        raise OutputError("导出 PDF 要用 Word 或 LibreOffice,这台电脑上都没有找到。")
    folder = sources[0].parent
    profile = folder / "profile"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), *map(str, sources)]
    try:
        _run(command, is_over)
    except (OSError, subprocess.SubprocessError) as error:
        raise OutputError(f"LibreOffice 没能把报告转成 PDF({error})。") from error


def _run(command: Sequence[str], is_over: Callable[[], bool]) -> None:
    """Let it run to its end or to ours."""
    ends_at = time.monotonic() + LONGEST
    with subprocess.Popen(  # noqa: S603 - a program found on this computer, with no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | _CHINESE,
        start_new_session=True,  # so that the program goes with the script that starts it
    ) as process:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PAUSE)
                    break
                if is_over():
                    return
                if time.monotonic() > ends_at:
                    raise subprocess.TimeoutExpired(command, LONGEST)
        finally:
            _end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a LibreOffice that still runs, and not only the script that started it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no shell
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _programs() -> Iterator[str]:
    for name in ("soffice", "libreoffice"):
        for folder in (None, *PROGRAM_FOLDERS):
            if found := shutil.which(name, path=folder):
                yield found
