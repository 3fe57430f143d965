"""Scoring methods as their authors write them, after published 指标表."""

import tomllib
from decimal import Decimal
from typing import Any

import msgspec

from workbook.form.scoring import Method

STAFF = """
method = "steps"
bound = 100
direction = "above"
step = 1
points = 0.5
"""
BUDGET_DONE = """
method = "steps"
bound = 100
direction = "below"
step = 5
points = 2
step_unit = "%"
"""
BUDGET_KEPT = """
method = "tiers"
compare = "<="
tier = [
    { limit = 0, points = 5 },
    { limit = 10, points = 4 },
    { limit = 20, points = 3 },
    { limit = 30, points = 2 },
]
"""
KEY_SPENDING = """
method = "tiers"
compare = ">="
tier = [
    { limit = 90, points = 5 },
    { limit = 80, points = 4 },
    { limit = 70, points = 3 },
    { limit = 60, points = 2 },
]
otherwise = 0
"""
QUALITY = """
method = "bands"
band = [
    { word = "达成", from = 100, to = 80 },
    { word = "部分达成", from = 80, to = 60 },
    { word = "未达成", from = 60, to = 0 },
]
"""
GRADES = """
grade = [{ word = "优", from = 90 }, { word = "良", from = 80 }, { word = "中", from = 60 }]
otherwise = "差"
"""


def read(toml: str, shape: Any = Method) -> Any:
    """The method, or what else `shape` is, that a kind's data says."""
    return msgspec.convert(tomllib.loads(toml, parse_float=Decimal), shape, strict=True)
