"""How a source is printed: who issued it, what, and when, never where it happened to be read."""

from __future__ import annotations

from greenbook.catalog.entries import Source
from greenbook.language import date_text

_LENGTHS = {"year": 4, "month": 7, "day": 10}


def source_words(source: Source, language: str, short: bool = False) -> str:
    """Issuing body, release and date: 国家统计局《…公报》，2025年2月28日发布.

    Where the issuer cannot be told the words begin with 转引 or “as reported”. Any Chinese language gets
    the zh-Hans words. `short` takes the issuer's short name.
    """
    issuer, release = issuer_words(source, language, short), release_words(source, language)
    if not language.startswith("zh"):
        named = f"{issuer}, {release}" if issuer else f"as reported: {release}"
        return f"{named}, {published_words(source, 'en')}"
    if not issuer:
        return f"转引：{release}，{published_words(source, language)}发布"
    mark = "" if release.startswith("《") else "："
    return f"{issuer}{mark}{release}，{published_words(source, language)}发布"


def issuer_words(source: Source, language: str, short: bool = False) -> str:
    """The issuing body's long or short name; empty where it cannot be told."""
    if source.body is None:
        return ""
    suffix = "zh" if language.startswith("zh") else "en"
    return getattr(source.body, f"{'short' if short else 'name'}_{suffix}")


def release_words(source: Source, language: str) -> str:
    """The release: in 《》 where Chinese words are the title as issued, else our description of it."""
    if not language.startswith("zh"):
        return source.release_en
    original = source.title_is_original and "《" not in source.release_zh
    return f"《{source.release_zh}》" if original else source.release_zh


def published_words(source: Source, language: str) -> str:
    """The date of the release to the precision that is known."""
    return date_text(source.published[:_LENGTHS[source.published_precision]], language)
