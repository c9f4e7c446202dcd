"""Web pages saved as one file (mht, mhtml: RFC 2557): the first page of HTML in the mail that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from budgetkg.errors import UnreadableDocument

if TYPE_CHECKING:
    from email.message import EmailMessage

MEDIA_TYPE = "multipart/related"
_HEADER = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/", re.I)


def is_mht(head: bytes) -> bool:
    """Whether a file begins like a mail of several parts."""
    return _HEADER.match(head) is not None


def page_of(data: bytes, name: str) -> bytes:
    """The HTML page of an archive, in the page's own encoding; nothing else of the archive is looked at.

    Raises UnreadableDocument where it holds no page. The page's ``charset`` is the part's where the page
    itself names none, so it is put before the page.
    """
    try:
        page = next(_pages(data), None)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        # Parts nested a thousand deep, or heads that the parser of mails doesn't foresee.
        raise UnreadableDocument(name, "mht-damaged", error=type(error).__name__) from error
    if page is None:
        raise UnreadableDocument(name, "mht-without-page")
    return page


def _pages(data: bytes) -> Iterator[bytes]:
    import email.policy  # whether a file is such an archive is asked of every text
    from email.message import EmailMessage

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                yield _charset(part) + page


def _charset(part: EmailMessage) -> bytes:
    said = part.get_content_charset()
    return f'<meta charset="{said}">'.encode("ascii", "ignore") if said else b""
