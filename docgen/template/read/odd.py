"""What is to be done with a package that is not an ordinary one, before its parts are filled."""

from docgen.template.model.errors import TemplateFault
from docgen.template.read.closed import closed_faults
from docgen.template.read.links import Links, taken_links
from docgen.template.word.ordinary import ordinary
from docgen.template.word.package import Package


def set_right(package: Package) -> tuple[Package, dict[str, Links], list[TemplateFault]]:
    """An ordinary package without the addresses that hold tags, these by part, and its faults."""
    package, links, faults = taken_links(ordinary(package))
    return package, links, [*faults, *closed_faults(package)]
