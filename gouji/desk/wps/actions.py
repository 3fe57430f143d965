"""What each button does with the posted book, in the words of the command line and of Excel's ribbon."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from addin.ribbon import manual as _manual_room
