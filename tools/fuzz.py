"""Spoil workbooks and templates by chance and see that nothing but our own words comes of it.

    python tools/fuzz.py --seed 1 --count 1000 [--template]

Each trial is a workbook of the department, filled, or its template, with a few bytes or a few
things in its XML changed. Of each that ends in an exception that is not our own, or takes more than
ten seconds, the seed and what was changed are printed; of a workbook also the cells that openpyxl
reads as something else.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.fuzzing.spoiled import spoiled  # noqa: E402
from tools.fuzzing.trials import differing, template_trial, workbook_trial  # noqa: E402
from workbook.checking.kinds import find_kind  # noqa: E402
from workbook.making.build import as_bytes  # noqa: E402
from workbook.making.examples_sheet import build_example  # noqa: E402

SLOW = 10.0


def main() -> None:
    """Run the trials and count what came of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--template", action="store_true")
    given = asked.parse_args()
    kind = find_kind("department")
    if given.template:
        whole, trial, name = kind.template.read_bytes(), template_trial, "模板.docx"
    else:
        whole = as_bytes(build_example(kind.form, kind.rules, kind.sample))
        trial, name = workbook_trial, "填报.xlsx"
    broken = slow = others = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        for seed in range(given.seed, given.seed + given.count):
            change, data = spoiled(whole, seed)
            path.write_bytes(data)
            start = time.process_time()
            fault = trial(path)
            took = time.process_time() - start
            broken, slow = broken + bool(fault), slow + (took > SLOW)
            if fault or took > SLOW:
                print(f"seed {seed}, {took:.1f} s: {change}\n{fault}")
            if not given.template and not fault and (found := differing(path)):
                others += 1
                print(f"seed {seed}: {change}\n  {'; '.join(found[:3])}")
    print(f"{given.count} files: {broken} foreign exceptions, {slow} slow, {others} read otherwise")
    sys.exit(bool(broken or slow))


if __name__ == "__main__":
    main()
