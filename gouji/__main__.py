"""Where the command line begins, as `gouji …` and as `python -m gouji …`."""

import gc
import sys

from gouji.interrupts import let_none_be_lost
from gouji.output import be_patient, unwritten
from gouji.own_packages import foreign_package


def main() -> None:
    """Run the command line."""
    be_patient()
    let_none_be_lost()
    if fault := foreign_package():
        sys.stderr.write(f"{fault}\n")
        sys.exit(2)
    try:
        _run()
    except KeyboardInterrupt:  # while the command was still being loaded
        from gouji.command_line.shell import STOPPED

        sys.exit(STOPPED)


def _run() -> None:
    # A command is over in a moment and its memory goes with it: looking for cycles, on the way and
    # once more at the end, costs a quarter of its time and frees nothing that anybody waits for.
    gc.disable()
    from gouji.command_line.app import app
    from gouji.command_line.shell import FAILED, WRONG_USAGE

    try:
        app(prog_name="gouji")
    except Exception:  # noqa: BLE001 - the outermost shell: a user never sees a traceback
        from workbook.files.log import failure_told

        # The command alone: the other words are the clerk's names of files.
        sys.stderr.write(f"{failure_told(' '.join(sys.argv[1:2]))}\n")
        sys.exit(FAILED)
    except SystemExit:
        if fault := unwritten():
            sys.stderr.write(f"{fault}\n")
            sys.exit(WRONG_USAGE)
        raise
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
