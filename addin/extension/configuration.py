"""Pieces of LibreOffice's configuration files (.xcu)."""

from xml.sax.saxutils import escape, quoteattr


def text(name: str, words: str) -> str:
    """A property that is shown; LibreOffice may speak either language, Gouji speaks Chinese."""
    values = "".join(
        f'<value xml:lang="{language}">{escape(words)}</value>' for language in ("en-US", "zh-CN")
    )
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:string">{values}</prop>'


def setting(name: str, value: str) -> str:
    """A property that is the same in every language."""
    inner = f"<value>{escape(value)}</value>"
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:string">{inner}</prop>'


def node(name: str, inner: str) -> str:
    """An entry of a list, in the place of one that is there under this name."""
    return f'<node oor:name={quoteattr(name)} oor:op="replace">{inner}</node>'
