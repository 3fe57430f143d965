"""What comes out opens in LibreOffice: every example and every case at once, printed as PDF."""

from gallery import GALLERY, made
from printed import page_texts
from test_template_valid import CASES

from docgen.template import render


def test_every_output_opens_in_libreoffice(convert, word, tmp_path):
    outputs = []
    for number, (blocks, values) in enumerate(CASES.values()):
        outputs.append(tmp_path / f"case{number}.docx")
        render(word.template(*blocks), values, outputs[-1])
    for name in GALLERY:
        _, out = made(word, name)
        outputs.append(tmp_path / f"{name}.docx")
        outputs[-1].write_bytes(out.read_bytes())
    assert all(page_texts(convert(out, "pdf", tmp_path)) for out in outputs)
    assert page_texts(tmp_path / "values.pdf")[0].split() == [
        "县教育局本年支出", "201.7", "万元,超出预算。", "项目:校舍维修、设备购置。",
    ]  # fmt: skip
