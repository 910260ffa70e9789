"""The text in the bytes that an error message was saved to."""

import codecs
from typing import Optional


def decode_pasted(data: bytes) -> str:
    """The text of a file that an error message was saved to: UTF-8, UTF-16 as PowerShell writes it, or GBK."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:4096]
    if len(head) > 3 and head.count(0) > len(head) // 4:  # UTF-16 without a mark: of Latin letters one half is null
        return data.decode("utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be", "replace")
    for encoding in ("utf-8", "gb18030"):
        text = _decoded(data, encoding)
        if text is not None:
            return text
    return data.decode("utf-8", "replace")


def _decoded(data: bytes, encoding: str) -> Optional[str]:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
