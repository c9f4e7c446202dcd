"""robots.txt of each host, as RFC 9309 has it: what may be fetched, and how often."""

from __future__ import annotations

import http.client
from urllib.robotparser import RobotFileParser

from budgetkg.collecting.connections import Answer, Deadline, Refused, ask, brief, parsed

AGENT = "budgetkg"
_LARGEST = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
_MOST_REDIRECTS = 5
_SECONDS = 30.0
LONGEST_DELAY = 60.0
"""Seconds between requests that a robots.txt may ask for; what asks for more is held to this."""


class Robots:
    """The rules of the hosts that were asked so far."""

    def __init__(self, headers: dict[str, str], *, seconds: float, allow_private: bool) -> None:
        self._headers = headers
        self._seconds = min(seconds, _SECONDS)
        self._allow_private = allow_private
        self._known: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> float:
        """The delay in seconds that the host asks for; raises Refused where the address is not to be fetched.

        Where robots.txt can't be had because the server fails, nothing of the host may be fetched.
        """
        rules = self._rules(url)
        if not rules.can_fetch(AGENT, url):
            raise Refused("fetch-robots", url=brief(url))
        delay = rules.crawl_delay(AGENT)
        return min(float(delay or 0), LONGEST_DELAY)

    def _rules(self, url: str) -> RobotFileParser:
        parts, _, _ = parsed(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if place not in self._known:
            try:
                text = self._text(place)
            except (OSError, http.client.HTTPException) as error:
                raise Refused("fetch-robots-unknown", url=brief(place)) from error
            self._known[place] = _parsed(text.splitlines())
        return self._known[place]

    def _text(self, place: str) -> str:
        deadline = Deadline.after(self._seconds)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = ask(place, self._headers, deadline, allow_private=self._allow_private)
            try:
                if answer.location is None:
                    return _said(answer, deadline)
                place = answer.location
            finally:
                answer.close()
        return ""  # RFC 9309 2.3.1.2: after five redirects it counts as missing


def _parsed(lines: list[str]) -> RobotFileParser:
    """The rules of a text; a line that the parser can't take (brackets, odd digits) leaves the others."""
    try:
        rules = RobotFileParser()
        rules.parse(lines)
    except ValueError:
        rules = RobotFileParser()
        rules.parse([line for line in lines if _is_plain(line)])
    return rules


def _is_plain(line: str) -> bool:
    try:
        RobotFileParser().parse(["User-agent: *", line, ""])
    except ValueError:
        return False
    return True


def _said(answer: Answer, deadline: Deadline) -> str:
    if answer.status >= 500 or answer.status == 429:
        raise Refused("fetch-robots-unknown", url=brief(answer.url))
    if answer.status != 200:
        return ""  # missing: everything may be fetched
    data = b""
    for chunk in answer.chunks(_LARGEST, deadline):
        data += chunk[: _LARGEST - len(data)]
        if len(data) == _LARGEST:
            break
    return data.decode("utf-8", "replace")
