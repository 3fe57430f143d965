"""What the tests of workbooks share."""

from pathlib import Path

import pytest
from written import every_file


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook of each kind from each command, by `department 导入`; not to be changed."""
    return every_file(tmp_path_factory.mktemp("各种工作簿"))
