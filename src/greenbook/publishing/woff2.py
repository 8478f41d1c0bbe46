"""A WOFF2 file around the tables of a font: W3C Recommendation "WOFF File Format 2.0", sections 4 and 5.

fontTools writes WOFF2 too, but parses every glyph and always compresses at the highest quality:
one to eight seconds a face. Here the tables stay as they are (the null transform), and the time is Brotli's.
"""

from __future__ import annotations

import struct

KNOWN = (
    "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH "
    "PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc "
    "bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill "
)
TAGS = {KNOWN[start:start + 4]: start // 5 for start in range(0, len(KNOWN), 5)}
UNTRANSFORMED = 3 << 6
HEADER = ">4s4sIHHIIHHIIIII"


def woff2(font: bytes, quality: int) -> bytes:
    """The sfnt `font` as WOFF2, compressed at Brotli's `quality` (0 to 11)."""
    import brotli

    tables = _tables(font)
    directory = b"".join(_entry(tag, len(data)) for tag, data in tables)
    packed = brotli.compress(b"".join(data for _, data in tables), mode=brotli.MODE_FONT, quality=quality)
    length = struct.calcsize(HEADER) + len(directory) + len(packed)
    padding = -length % 4
    plain = 12 + 16 * len(tables) + sum(len(data) + -len(data) % 4 for _, data in tables)
    header = struct.pack(HEADER, b"wOF2", font[:4], length + padding, len(tables), 0, plain, len(packed),
                         1, 0, 0, 0, 0, 0, 0)
    return header + directory + packed + bytes(padding)


def _tables(font: bytes) -> list[tuple[str, bytes]]:
    """The tables of an sfnt by tag; `loca` must follow `glyf`, which the order of tags gives."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = []
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables.append((tag.decode("latin-1"), font[offset:offset + length]))
    return sorted(tables)


def _entry(tag: str, length: int) -> bytes:
    """A row of the table directory: flags, tag where it is not among the known ones, length."""
    known = TAGS.get(tag)
    flags = 63 if known is None else known
    if tag in ("glyf", "loca"):
        flags |= UNTRANSFORMED
    return bytes([flags]) + (tag.encode("latin-1") if known is None else b"") + _base128(length)


def _base128(number: int) -> bytes:
    """The specification's UIntBase128: seven bits a byte, the highest bit says that more follow."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
