"""How large a stream of a PDF is once it is unpacked, told without unpacking a bomb."""

from __future__ import annotations

import zlib

from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream


def unpacked_size(stream: PDFStream, most: int) -> int:
    """The bytes that a stream unpacks to; what is beyond ``most`` is not unpacked."""
    data: bytes | None = stream.rawdata
    if data is None or stream.decipher is not None:
        return len(stream.get_data())
    for kind, _ in stream.get_filters():
        if kind not in LITERALS_FLATE_DECODE:
            break
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:
            break
        if len(data) > most:
            return len(data)
    return len(stream.get_data())
