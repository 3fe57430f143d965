"""Rates that cannot exceed 100%: who is content, what is fit, the points that are won."""

import re
from typing import Final

from workbook.proof.model import Severity, Slip, Spot, Words
from workbook.proof.ratios.rates import COMPLETION
from workbook.stated.clauses import Said

# 参保率 and 毛入学率 are published with more, 完成率 and 到位率 as well.
_BOUNDED: Final = re.compile(
    r"(?:满意|合格|准确|及格|优良|得分|知晓|回收|有效|可用|完好|出勤|到课|达标|办结|答复|回复|公开|验收|整改|处理)"
    r"[率度](?:为|达到?|是|仅|保持在|稳定在)?$"
)
_COMPARED: Final = re.compile(r"增|减|升|降|提高|[比较]")


def over_whole(rate: Said, spot: Spot) -> Slip | None:
    """A rate of more than 100% whose name lets it be no more: 满意度953%."""
    if rate.value <= 100 or not _BOUNDED.search(rate.clause) or _COMPARED.search(rate.clause):
        return None
    words = Words(f"{rate.clause[-16:]}{rate}", "不超过100%", f"{rate} > 100%")
    return spot.slip(COMPLETION, Severity.ERROR, (rate,), words)
