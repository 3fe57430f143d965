"""The body of a loop as its first round has it, and as all others have it."""

from collections.abc import Sequence

from docgen.importing.template.tree import Block, End, Node


def holds_end(node: Node) -> bool:
    """Whether a line ends in a node or within it."""
    if isinstance(node, Block):
        return any(holds_end(inner) for _, body in node.branches for inner in body)
    return isinstance(node, End)


def asks_first(body: Sequence[Node]) -> bool:
    """Whether the body of a loop has something for its first round alone."""
    return any(
        isinstance(node, Block)
        and (node.branches[0][0].replace(" ", "") == "ifloop.first" or _nested_first(node))
        for node in body
    )


def _nested_first(block: Block) -> bool:
    return any(asks_first(inner) for _, inner in block.branches)


def of_round(body: Sequence[Node], *, is_first: bool) -> list[Node]:
    """The body of a loop as its first round has it, or as all others have it."""
    made: list[Node] = []
    for node in body:
        if isinstance(node, Block) and node.branches[0][0].replace(" ", "") == "ifloop.first":
            branches = node.branches[:1] if is_first else node.branches[1:2]
            made += [inner for _, inner_body in branches for inner in inner_body]
        else:
            made.append(node)
    return made
