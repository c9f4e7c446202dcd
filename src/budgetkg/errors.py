"""The one root of every error that budgetkg raises on purpose.

An error is raised by the code of its message: ``StoreError("build-running", directory=place)``. Its
text is the English sentence of the catalogue (:mod:`budgetkg.messages`); ``code`` and ``params`` are
for programs, and for saying it in another language.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from typing import Any

from budgetkg.messages import Message, message, said

_MOST_CHOICES = 12  # names that a line can take before it is a list nobody reads
_EXAMPLES = 5  # names of a longer list
_REASONS = {
    errno.ENOENT: "no-such-file-or-directory",
    errno.EACCES: "permission-denied",
    errno.EPERM: "permission-denied",
    errno.EISDIR: "is-a-directory",
    errno.ENOTDIR: "not-a-directory",
    errno.ENOSPC: "no-space-left",
    errno.EFBIG: "file-too-large",
    errno.EROFS: "read-only-file-system",
    errno.EEXIST: "file-exists",
    errno.EMFILE: "too-many-open-files",
    errno.ENFILE: "too-many-open-files-in-system",
    errno.EIO: "input-output-error",
    errno.ELOOP: "too-many-links",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ESTALE: "stale-file-handle",
    errno.EDQUOT: "quota-exceeded",
}


class BudgetkgError(Exception):
    """Something a user can act on: one line that names the file, the place and the reason."""

    def __init__(self, code: str, /, **params: Any) -> None:
        """Raised by a code and what fills its message; a message that is made already is taken as it is."""
        self.message = message(code, **params)
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """What went wrong, in one word of the catalogue."""
        return self.message.code

    @property
    def params(self) -> Mapping[str, Any]:
        """What fills the message: paths, names, numbers."""
        return self.message.params

    def said(self, language: str) -> str:
        """The whole line in ``en`` or ``zh``."""
        return self.message.said(language)


class UnreadableDocument(BudgetkgError):
    """A source from which no record can be taken.

    ``place`` is the page where reading ended, as a number or in words; ``reason`` is the message.
    """

    def __init__(self, source: str, code: str, /, place: str | int | None = None, **params: Any) -> None:
        super().__init__(code, **params)
        self.source = source
        self.place = f"page {place}" if isinstance(place, int) else place
        self._page = place if isinstance(place, int) else None
        # What a copy in another process is made of.
        self.args = (source, self.message, place)

    @property
    def reason(self) -> Message:
        """Why, without the name of the source."""
        return self.message

    @property
    def cause(self) -> Message:
        """Why, with the page where there is one: what is said behind the name of the source."""
        if self._page is not None:
            return Message("on-page", number=self._page, reason=self.message)
        return Message("at-path", path=self.place, reason=self.message) if self.place else self.message

    def said(self, language: str) -> str:
        """The whole line in ``en`` or ``zh``."""
        return f"{self.source}: {said(self.cause, language)}"

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        return f"{self.source}{where}: {self.message}"


class UnknownName(BudgetkgError):
    """A question, parameter, format or document that does not exist."""


class StoreError(BudgetkgError):
    """A store that is missing, locked, damaged or out of reach."""


class EndpointBusy(StoreError):
    """An endpoint that may answer later: busy, out of reach behind its gateway, or too slow."""


class CrewBusy(StoreError):
    """Every process that answers queries is busy; later there may be a free one."""


class QueryError(BudgetkgError):
    """A query that is malformed, refused or that the endpoint could not answer."""


class QueryTimeout(QueryError):
    """A query that took longer than it may, and was ended."""


def choices(word: str, known: Iterable[str], listing: str = "") -> Message:
    """What a user may have meant by a word that nothing goes by, else what there is.

    Of a long list only a few are said, and ``listing``, the message with the command that prints all.
    """
    from difflib import get_close_matches
    from functools import reduce

    names = sorted(known)
    near = get_close_matches(word.casefold(), names, n=3, cutoff=0.6)
    if near:
        either = reduce(lambda first, second: Message("either", first=first, second=second), near)
        return Message("did-you-mean", names=either)
    if len(names) <= _MOST_CHOICES:
        return Message("there-are", names=tuple(names)) if names else Message("there-are-none")
    nearest = tuple(get_close_matches(word.casefold(), names, n=_EXAMPLES, cutoff=0.0))
    many = Message("there-are-many", count=len(names), names=nearest)
    return Message("there-are-listed", many=many, listing=Message(listing)) if listing else many


def why(error: OSError) -> Message:
    """The reason that the system gives, in words that can be said in both languages."""
    if error.args and isinstance(error.args[0], list):  # shutil.Error: from, to and why of each file
        return Message("text", text=str(error.args[0][0][-1]))
    if isinstance(error.strerror, Message):  # one that we raised
        return error.strerror
    code = _REASONS.get(error.errno or 0)
    if code is not None and error.strerror == Message(code):
        return Message(code)
    return Message("text", text=error.strerror or str(error) or type(error).__name__)
