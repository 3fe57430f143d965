"""Ranges, links and changes that begin or end between the runs of one tag."""

import re

import pytest
from lxml import etree
from test_template_brought import with_body

MARK, END = '<w:bookmarkStart w:id="5" w:name="标"/>', '<w:bookmarkEnd w:id="5"/>'
PERM, PERM_END = '<w:permStart w:id="9" w:edGrp="everyone"/>', '<w:permEnd w:id="9"/>'
LINK = '<w:hyperlink w:anchor="标">'
CONTROL, CONTROL_END = "<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"


def runs(text):
    return re.sub(r"\[(.*?)\]", r"<w:r><w:t>\1</w:t></w:r>", text)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (f"[共{{{{ 户]{MARK}[数 ]{END}[}}}}户]", f"[共]{MARK}[12]{END}[户]"),
        (f"[共{{{{ 户]{MARK}[数 ][}}}}户]{END}", f"[共]{MARK}[12][户]{END}"),
        (f"{MARK}[共{{{{ 户]{END}[数 }}}}户]", f"{MARK}[共12]{END}[户]"),
        (f"{CONTROL}[{{{{ 户]{MARK}[数 ]{END}[}}}}]{CONTROL_END}",
         f"{CONTROL}{MARK}[12]{END}{CONTROL_END}"),
        (f"{CONTROL}[{{{{ 户]{MARK}[数 }}}}]{CONTROL_END}{END}[后]",
         f"{CONTROL}{MARK}[12]{CONTROL_END}{END}[后]"),
        (f"[{{{{ ]{PERM}[户数 }}}}尾]{PERM_END}", f"{PERM}[12][尾]{PERM_END}"),
        (f"[{{{{ ]{MARK}[户数 }}}}和{{{{ 户]{END}[数 }}}}]", f"{MARK}[12][和12]{END}"),
        (f"[{{{{ ]{LINK}[户数]</w:hyperlink>[ }}}}尾]", f"{LINK}[12]</w:hyperlink>[尾]"),
        (f"[{{{{ 户]{LINK}[数 }}}}链]</w:hyperlink>[尾]", f"[12]{LINK}[链]</w:hyperlink>[尾]"),
        ('<w:ins w:id="7" w:author="x">[新{{ 户]</w:ins>[数 }}户]',
         '<w:ins w:id="7" w:author="x">[新12]</w:ins>[户]'),
        ('[{{ ]<w:proofErr w:type="spellStart"/>[户数]<w:proofErr w:type="spellEnd"/>[ }}尾]',
         "[12][尾]"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("options", [{}, {"markers": True}])
def test_nothing_that_begins_within_a_tag_is_lost(word, said, printed, options):
    path = word.save(with_body(f"<w:p>{runs(said)}</w:p>"))
    made = word.document(path, options, 户数=12)
    xml = etree.tostring(made.element.body[0], encoding="unicode")
    xml = re.sub(r' xmlns:\w+="[^"]*"| xml:space="preserve"', "", xml)
    ours = r'<w:bookmarkStart w:id="(\d{7})" w:name="_gj\w+"/>(.*?)<w:bookmarkEnd w:id="\1"/>'
    cut = "</w:t></w:r><w:r><w:t>"  # between runs, of which a mark makes more
    expected = f"<w:p>{runs(printed)}</w:p>"
    assert re.sub(ours, r"\2", xml).replace(cut, "") == expected.replace(cut, "")
