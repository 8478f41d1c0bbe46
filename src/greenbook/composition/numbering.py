"""Numbers of chapters, figures and tables, the same in every format: 第三章, 图3-1; Chapter 3, Figure 3-1.

A figure of an unnumbered chapter takes a letter of its slug (图O-1); a table of an annex takes A and the annex's
number (表A1-1), as the editorial brief, section 4, has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenbook.composition.book import Numbered
from greenbook.outline import ChapterEntry

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals: 三, 十, 十二, 二十二."""
    tens, units = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[units] if units or not tens else "")


def roman(number: int) -> str:
    """1 to 89 in Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def ordinal(words: Mapping[str, str], key: str, number: int, language: str) -> str:
    """The words of `key` (chapter, part) with the number in the numerals of the language."""
    if language.startswith("zh"):
        return words[key].format(chinese(number))
    return words[key].format(roman(number) if key == "part" else number)


def letters(entries: Iterable[ChapterEntry]) -> dict[str, str]:
    """A letter for each unnumbered chapter, from its slug; A stays with the annexes."""
    taken = {"A"}
    result = {}
    for entry in entries:
        free = [letter for letter in entry.slug.upper() if letter.isalpha() and letter not in taken]
        result[entry.slug] = free[0] if free else entry.slug.upper()
        taken.add(result[entry.slug])
    return result


def numbered(section: str, prefix: str, objects: Iterable[tuple[str, str]], titles: Mapping[str, str],
             words: Mapping[str, str]) -> dict[str, Numbered]:
    """The figures and tables of one section, `objects` being (kind, id) in reading order."""
    counts = {"figure": 0, "table": 0}
    result = {}
    for kind, name in objects:
        counts[kind] += 1
        number = f"{prefix}-{counts[kind]}"
        result[name] = Numbered(name, kind, number, words[kind].format(number), titles.get(name, ""), section)
    return result
