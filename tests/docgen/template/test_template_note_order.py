"""Notes stand in the order in which the text refers to them: LibreOffice goes by nothing else."""

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from lxml import etree
from test_template_brought import REFERENCE, inserted, noted, notes_of, referred

from docgen.template import render

ROWS = [{"名": "甲", "注": "一"}, {"名": "乙", "注": "二"}, {"名": "丙", "注": "三"}]
KINDS = ("footnote", "endnote")
LINES = "".join(
    f'<w:{{0}} w:type="{line}" w:id="{number}"><w:p><w:r><w:{line}/></w:r></w:p></w:{{0}}>'
    for number, line in ((-1, "separator"), (0, "continuationSeparator"))
)
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def text(said: str, kind: str, number: int = 0) -> str:
    return f"<w:p>[{said}]{REFERENCE.format(kind, number) if number else ''}</w:p>"


def template(word, kind: str, body: str, notes: dict[int, str]):
    """A template as Word writes it, with the lines above notes."""
    document = noted(body, **{kind: notes})
    part = document.part.part_related_by(getattr(RT, f"{kind}s".upper()))
    begun = part.blob.index(b">") + 1
    part._blob = part.blob[:begun] + LINES.format(kind).encode() + part.blob[begun:]
    return word.save(document)


def shown(path) -> list[tuple[str, str]]:
    """The paragraphs of LibreOffice's own file, each with the note that it shows there."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("content.xml"))
    found = []
    for note in root.iter(f"{TEXT}note"):
        body = "".join(note.find(f"{TEXT}note-body").itertext()).strip()
        before = note.getparent().xpath("string(.)")
        found.append((before[: len(before) - len("".join(note.itertext()))], body))
    return found


def by_ids(path, kind: str) -> list[tuple[str, str]]:
    """The paragraphs of a document, each with the note whose id it says, as Word shows them."""
    document = docx.Document(io.BytesIO(path.read_bytes()))
    notes = notes_of(document, kind)
    return [
        (paragraph.text, notes[one.get(qn("w:id"))][0])
        for paragraph in document.paragraphs
        for one in paragraph._p.iter(qn(f"w:{kind}Reference"))
    ]


def bodies(kind: str) -> dict[str, tuple[str, dict[int, str], list[tuple[str, str]]]]:
    loop = (
        text("{%p for x in xs %}", kind), text("{{ x.名 }}", kind, 2), text("{%p endfor %}", kind),
    )  # fmt: skip
    kept = (
        text("{%p set t %}", kind), text("句", kind, 2), text("{%p endset %}", kind),
        text("{{p t }}", kind), text("{{p t }}", kind),
    )  # fmt: skip
    gone = (text("{%p if 无 %}", kind), text("句", kind, 2), text("{%p endif %}", kind))
    front, back = text("前文", kind, 1), text("后文", kind, 3)
    notes = {1: "前注", 2: "注{{ x.注 }}", 3: "末注"}
    same = notes | {2: "定{{ xs|length }}"}
    ends = ("前文", "前注"), ("后文", "末注")
    each = [("甲", "注一"), ("乙", "注二"), ("丙", "注三")]
    return {
        "loop": ("".join((front, *loop, back)), notes, [ends[0], *each, ends[1]]),
        "twice": ("".join((front, *kept, back)), same, [ends[0], *[("句", "定3")] * 2, ends[1]]),
        "gaps": (front + text("句", kind, 7), {1: "前注", 7: "注"}, [ends[0], ("句", "注")]),
        "left out": ("".join((front, *gone, back)), same, [*ends]),
        "other order": (
            "".join((front, back, text("句", kind, 2))), same, [*ends, ("句", "定3")],
        ),
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["loop", "twice", "gaps", "left out", "other order"])
def test_libreoffice_shows_the_notes_at_their_words(word, convert, kind, name):
    body, notes, expected = bodies(kind)[name]
    out = word.folder / "out.docx"
    render(template(word, kind, body, notes), {"xs": ROWS, "无": False}, out)
    assert by_ids(out, kind) == expected
    assert shown(convert(out, "odt", word.folder)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_that_comes_with_another_document_stands_in_its_place(word, convert, kind):
    body = text("前文", kind, 1) + text("{{p 文 }}", kind) + text("后文", kind, 3)
    out = word.folder / "out.docx"
    render(template(word, kind, body, {1: "前注", 3: "末注"}), {"文": inserted(kind)}, out)
    expected = [("前文", "前注"), ("", "注"), ("后文", "末注")]
    assert by_ids(out, kind) == expected
    assert shown(convert(out, "odt", word.folder)) == expected


def test_the_lines_above_notes_stand_first_and_what_is_not_referred_to_last(word):
    body, notes, _ = bodies("footnote")["left out"]
    out = word.folder / "out.docx"
    render(template(word, "footnote", body, notes), {"xs": ROWS, "无": False}, out)
    document = docx.Document(io.BytesIO(out.read_bytes()))
    part = document.part.part_related_by(RT.FOOTNOTES)
    ids = [note.get(qn("w:id")) for note in etree.fromstring(part.blob)]
    texts = [text for text, *_ in notes_of(document, "footnote").values()]
    assert (ids, texts) == (["-1", "0", "1", "2", "3"], ["", "", "前注", "末注", "定3"])
    assert referred(document, "footnote") == ["1", "2"]


def test_a_copy_of_a_note_has_an_id_of_its_own_and_no_marks(word):
    body, notes, _ = bodies("footnote")["twice"]
    out = word.folder / "out.docx"
    render(template(word, "footnote", body, notes), {"xs": ROWS}, out, markers=True)
    document = docx.Document(io.BytesIO(out.read_bytes()))
    ids = referred(document, "footnote")
    assert ids == ["1", "2", "3", "4"]
    root = etree.fromstring(document.part.part_related_by(RT.FOOTNOTES).blob)
    names = [one.get(qn("w:name")) for one in root.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == 1
