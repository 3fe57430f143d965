"""Words that stand where a figure is wanted."""


class StandIn(str):
    """Words that stand where a figure is wanted: no calculation or comparison with them fails.

    不适用 divided by 10000, rounded and grouped is 不适用.
    """

    def _itself(self, *_: object) -> "StandIn":
        return self

    def _never(self, _: object) -> bool:
        return False

    def __format__(self, _: str) -> str:
        """The words, for a format of figures says nothing of them."""
        return str(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = __abs__ = __round__ = _itself
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _itself
    normalize = quantize = _itself
    __lt__ = __le__ = __gt__ = __ge__ = _never


def stand_in_of(*values: object) -> StandIn | None:
    """The first of the values that stands for a figure, None for none."""
    return next((one for one in values if isinstance(one, StandIn)), None)
