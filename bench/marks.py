"""What the marks of figures, their manifest and the traces of rows cost on the department's report.

    python bench/marks.py

All in memory and warm: the same values go into the template compiled without markers, with them,
and with the checksums of rows and paragraphs as a report has them. Median of the processor's time
after as many turns of each.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from docgen.manifest.writing import traces_said
from docgen.report.context import figure_sources
from docgen.report.own_functions import filters_of
from docgen.report.report import about_report, context_of
from docgen.template.template import compile_template
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.making.build import build_workbook

TURNS: Final = 101


def main() -> None:
    """Print the three times and what each adds to the first."""
    names = ("bare", "with marks", "with traces too")
    times = medians(works(), TURNS)
    for name, seconds in zip(names, times, strict=True):
        print(f"{name:18}{seconds * 1000:8.2f} ms  +{seconds / times[0] * 100 - 100:.0f}%")


def works() -> Sequence[Callable[[], object]]:
    """The report rendered bare, with marks, and with traces too."""
    kind = find_kind("department")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "填报.xlsx"
        build_workbook(kind.form, kind.rules, kind.sample).save(path)
        values = take_in(path).checked.values
    bare, marked = (
        compile_template(kind.template, filters=filters_of(kind.form), markers=markers)
        for markers in (False, True)
    )
    context, sources = context_of(kind, values), figure_sources(values)
    about = about_report(kind, values, draft=False)
    return (
        lambda: bare.render(context),
        lambda: marked.render(context, sources=sources, about=about),
        lambda: marked.render(context, sources=sources, about=about, closing=traces_said),
    )


def medians(functions: Sequence[Callable[[], object]], turns: int) -> list[float]:
    """The median of each one's processor time, in turns."""
    found: list[list[float]] = [[] for _ in functions]
    for _ in range(turns):
        for function, seconds in zip(functions, found, strict=True):
            start = time.process_time()
            function()
            seconds.append(time.process_time() - start)
    return [sorted(seconds)[turns // 2] for seconds in found]


if __name__ == "__main__":
    main()
