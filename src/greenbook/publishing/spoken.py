"""A formula in words, for those who hear the book, where its author gave none."""

from __future__ import annotations

import re

_WORDS = {
    "en": {"frac": "{0} over {1}", "sqrt": "square root of {0}", "sum": " sum ", "prod": " product ", "cdot": " times ",
           "times": " times ", "le": " at most ", "leq": " at most ", "ge": " at least ", "geq": " at least ",
           "ne": " not equal to ", "neq": " not equal to ", "approx": " about ", "pm": " plus or minus ",
           "infty": " infinity ", "ln": " natural logarithm of ", "log": " logarithm of ", "exp": " exponential of ",
           "partial": " partial ", "in": " in ", "to": " to ", "div": " divided by ",
           "_": " sub ", "^": " to the power ", "=": " equals ", "+": " plus ", "-": " minus ", "/": " over "},
    "zh": {"frac": "{1}分之{0}", "sqrt": "根号{0}", "sum": "求和", "prod": "连乘", "cdot": "乘", "times": "乘",
           "le": "小于等于", "leq": "小于等于", "ge": "大于等于", "geq": "大于等于", "ne": "不等于", "neq": "不等于",
           "approx": "约等于", "pm": "正负", "infty": "无穷", "ln": "自然对数", "log": "对数", "exp": "指数函数",
           "partial": "偏", "in": "属于", "to": "趋于", "div": "除以",
           "_": "下标", "^": "的幂次", "=": "等于", "+": "加", "-": "减", "/": "除以"},
}
_TRADITIONAL = str.maketrans("号连乘于约无穷对数减趋", "號連乘於約無窮對數減趨")


def spoken(tex: str, language: str) -> str:
    """`tex` in words of `language`: \\frac{a}{b} is “a over b”, b分之a; a plain reading, not a mathematician's."""
    words = _WORDS["en" if language == "en" else "zh"]
    text = re.sub(r"\\(?:text|mathrm|mathit|mathbf|operatorname|mbox)\s*\{([^{}]*)\}", r"\1", tex)
    text = re.sub(r"\\(?:left|right|quad|qquad|displaystyle|limits|[,;:!])", " ", text)
    for _ in range(text.count("{")):
        fresh = _groups(text, words)
        if fresh == text:
            break
        text = fresh
    text = re.sub(r"\\([A-Za-z]+)", lambda match: words.get(match[1], f" {match[1]} "), text)
    text = re.sub(r"[_^=+/-]", lambda match: words[match[0]], text)
    text = " ".join(re.sub(r"[\\{}$&]", " ", text).split())
    return text.translate(_TRADITIONAL) if language == "zh-Hant" else text


def _groups(text: str, words: dict[str, str]) -> str:
    """Reads the innermost fractions and roots; other groups lose their braces."""
    text = re.sub(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}",
                  lambda match: f" {words['frac'].format(match[1], match[2])} ", text)
    text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", lambda match: f" {words['sqrt'].format(match[1])} ", text)
    return re.sub(r"([_^])\s*\{([^{}]*)\}", lambda match: f"{words[match[1]]}{match[2]} ", text)
