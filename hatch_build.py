"""What the wheel carries besides its sources: the add-in and the extension, made while it is made.

They come from the sources beside this file, with the libraries that pyproject.toml names under
build-system alone. An editable install carries nothing: it finds them in build/addin, and makes
them anew where pyOpenVBA is installed (addin/install/addin_files.py).
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface[Any]):
    """Makes the files in build/addin, and puts them into the package addin."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before the wheel is put together; `version` says standard or editable."""
        sys.path.insert(0, self.root)
        from addin.install.addin_files import make  # noqa: PLC0415 - found on the path of the line above

        for path in make(Path(self.root, "build", "addin"), self.metadata.version):
            if version != "editable":
                build_data["force_include"][str(path)] = f"addin/install/{path.name}"
        sys.path.remove(self.root)
