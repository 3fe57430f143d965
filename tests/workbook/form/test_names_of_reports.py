"""Names that the program keeps for itself, and names in the pattern of a report's file name."""

import msgspec

from workbook.form.faults.form import form_faults
from workbook.form.model import Form

FORM = """
kind = "试"
version = 1
title = "试"
report_name = "{{ 年度 }}年{{ 单位 }}报告"

[[sheet]]
name = "一"

[[sheet.block]]
type = "fields"
title = "基本"

[[sheet.block.field]]
key = "年度"
type = "integer"

[[sheet.block.field]]
key = "尾差说明"
type = "text"
"""


def test_a_field_cannot_take_the_name_of_the_rounding_note_nor_a_report_one_that_is_not_there():
    form = msgspec.toml.decode(FORM, type=Form)
    assert form_faults(form) == [
        "「尾差说明」不能作 key:程序自己要用这个名字",
        "report_name 里的「单位」不是表单里的字段",
    ]
