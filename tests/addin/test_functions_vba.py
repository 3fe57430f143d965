"""The VBA of the cell functions agrees with their Python."""

import inspect
import re

from addin import functions
from addin.functions_vba import HELP, VOLATILE, functions_module, spelled


def test_every_function_has_a_wrapper_and_help_for_each_argument():
    named = [name for name in dir(functions) if name.startswith("GJ_")]
    assert sorted(HELP) == named
    for name, texts in HELP.items():
        parameters = inspect.signature(getattr(functions, name)).parameters
        wanted = [one for one in parameters if one != "caller"]
        assert len(texts) == len(wanted), name
        (declared,) = re.findall(rf"^Function {name}\((.*)\)$", functions_module(), re.M)
        assert [one.split()[-1] for one in declared.split(", ") if one] == wanted


def test_the_module_is_ascii_with_lines_that_vba_takes():
    lines = functions_module().split("\n")
    assert all(line.isascii() and len(line) < 1_023 for line in lines)


def test_a_text_is_spelled_out():
    assert spelled("人民币 GJ") == 'ChrW(20154) & ChrW(27665) & ChrW(24065) & " GJ"'
    assert spelled('"') == "ChrW(34)"
    assert spelled("") == '""'


def test_only_what_reads_other_cells_is_volatile():
    module = functions_module()
    volatile = re.findall(r"Function (\w+)\(.*\)\n    Application.Volatile", module)
    assert sorted(volatile) == sorted(VOLATILE)
