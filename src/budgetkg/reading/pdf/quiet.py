"""pdfminer's loggers without what they are told of every token: a tenth of a document's time."""

from __future__ import annotations

import logging

# Those that are told most: the reader of tokens and the interpreter of pages.
_TALKATIVE = ("pdfminer.psparser", "pdfminer.pdfinterp")


def hush() -> None:
    """Have not said what nobody listens to: who wants to hear of tokens turns it on before this is loaded."""
    # What pdfminer warns of is either reported as a finding, or of no use to a reader of forms.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if not logger.isEnabledFor(logging.DEBUG):
            vars(logger)["debug"] = _say_nothing


def _say_nothing(*_: object, **__: object) -> None: ...
