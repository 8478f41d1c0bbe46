"""Direction words in the clause before or after a bound change, where they can speak of nothing but that change."""

from __future__ import annotations

import re

from greenbook.documents.tree import HIDDEN

_VERBS = {
    "zh-Hans": "增长|下降|提高|上升|减少|增加|降低|回落|上涨|下跌|提升|升高|下滑|扩大|收窄|缩小|缩减|放缓|放慢|减慢|"
               "加快|走高|走低|攀升|回升|反弹",
    "en": "rose|fell|grew|dropped|declined|decreased|increased|shrank|expanded|contracted|widened|narrowed|slowed|"
          "climbed|jumped|surged|soared|plunged|slid|slipped|eased|dipped",
}
_GOING_ON = {
    "zh-Hans": "增长|下降|上升|减少|增加|回落|上涨|下跌|下滑|扩大|收窄|缩小|放缓|加快|走高|走低|攀升|回升",
    "en": "rise|fall|grow|drop|decline|decrease|increase|shrink|expand|contract|widen|narrow|slow|climb|rising|falling|"
          "growing|dropping|declining|decreasing|increasing|shrinking|expanding|contracting|widening|narrowing|slowing|"
          "climbing",
}
# A clause that has no subject of its own, so that it goes on with that of the clause with the number.
_BARE = {
    "zh-Hans": "(?:并|且|但|仍然?|继续|持续|连续|再次|再度|又|进一步|总体|呈现?|有所|略有|小幅|大幅|明显|显著|保持|"
               "处于|在)*",
    "en": r"(?:(?:and|but|yet|still|again|continues?|continued|continuing|to|further|only|thus|a|is|was|has|been|"
          r"\w+ly)\s+)*",
}
_TAIL = {"zh-Hans": "(?:了|之中|的?(?:趋势|态势|势头|走势|通道)|中)?", "en": r"(?:\s+(?:again|further|too|\w+ly))*"}
_LEAD = {
    "zh-Hans": "(?:同比|环比|年均|比上年(?:同期)?|较上年(?:同期)?|比前一年|全年|当年|幅度|为|约|近|仅|达)*",
    "en": r"\s*(?:(?:by|at|to|it|was|is|that|about|some|only|just|nearly|on|average|a|year)\s+)*",
}
_ENDS, _CUTS = {"zh-Hans": "。；！？", "en": ".;!?"}, {"zh-Hans": "，：", "en": ",:—"}
_AGAIN = {
    language: re.compile(rf"\s*{_BARE[language]}({_GOING_ON[language]}){_TAIL[language]}\s*$", re.IGNORECASE)
    for language in _BARE
}
_LEADING = {language: re.compile(rf"{lead}$", re.IGNORECASE) for language, lead in _LEAD.items()}
_CLOSING = {
    language: re.compile(rf"({verbs}){_TAIL[language]}\s*$", re.IGNORECASE) for language, verbs in _VERBS.items()
}


def told_twice(before: str, after: str, language: str) -> str:
    """The direction word of a neighbouring clause that says again what a change between `before` and `after` says, or
    nothing. Other values are hidden; a clause with one of its own, or a subject of its own, is left alone.

    产量回落，同比{{x}} · {{x}}，仍在下降 · Output fell: {{x}} on the year · was {{x}}, still falling
    """
    start = _cut(before, _ENDS[language], last=True)
    clauses = re.split(f"[{_CUTS[language]}]", start)
    alone = len(clauses) > 1 and HIDDEN not in clauses[-2] and _LEADING[language].match(clauses[-1])
    if alone and (match := _CLOSING[language].search(clauses[-2])):
        return match[1]
    later = re.split(f"[{_CUTS[language]}]", _cut(after, _ENDS[language], last=False))
    match = _AGAIN[language].match(later[1]) if len(later) > 1 else None
    return match[1] if match else ""


def _cut(text: str, ends: str, *, last: bool) -> str:
    """The part of `text` that belongs to the sentence: after the last end, or before the first."""
    parts = re.split(rf"[{re.escape(ends)}](?=\s|$)" if "." in ends else f"[{ends}]", text)
    return parts[-1] if last else parts[0]
