"""LibreOffice opens a document that links a picture on loopback: nobody comes for it."""

from __future__ import annotations

import pytest
from tests.listener import listening

from budgetkg.errors import BudgetkgError
from budgetkg.reading import office


@pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(not office._alone(), reason="this system lets no program give up its network")
def test_a_linked_picture_is_not_fetched() -> None:
    with listening() as listener:
        rtf = r"{\rtf1{\field{\*\fldinst INCLUDEPICTURE \"URL\" \\d}{\fldrslt x}}" + (
            r"{\field{\*\fldinst INCLUDETEXT \"URL\"}{\fldrslt y}}\par text}"
        )
        rtf = rtf.replace('\\"', '"').replace("URL", listener.url)
        draw = (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
            'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>text'
            f'<draw:frame><draw:image xlink:href="{listener.url}" xlink:type="simple" xlink:show="embed"/>'
            "</draw:frame></text:p></office:text></office:body></office:document>"
        )
        taken = 0
        for kind, text in (("rtf", rtf), ("fodt", draw)):
            try:
                office.saved_as(text.encode(), f"a.{kind}", kind)
                taken += 1
            except BudgetkgError:
                continue
        assert taken
        assert listener.visits == []
