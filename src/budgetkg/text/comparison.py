"""Two prints of one text, made equal: the comparison key, and two foldings that move no character.

The foldings keep the length of a text, so that an offset in the folded text is an offset in the text as
printed. The key doesn't: it is for looking up and comparing, never for quoting.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Radicals and the ideographs that look like them (Unicode's EquivalentUnifiedIdeograph); NFKC knows those
# of the Kangxi block, but gives the older form of one: ⼾ stands where mainland fonts draw 户.
_SUPPLEMENT = (
    "⺁厂⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺴冗⺶羊"
    "⺹耂⺺肀⺻聿⺼肉⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_UNIFIED = {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))
    for code in block
}
_UNIFIED |= dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)) | {0x2F3E: "户"}
_FOLD: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= _UNIFIED
_FOLD |= {0x3000: 0x20, 0xA0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x202F: 0x20, 0xFEFF: 0x20}
# Marks of other typesettings: small and upright forms, and the ratio sign that stands for a colon.
_COLONS = dict.fromkeys(map(ord, "∶︰︓﹕"), ":")
_SMALL = "﹔;︔;﹐,︐,﹑、﹒.﹙(﹚)︵(︶)﹝〔﹞〕﹢+﹣-﹤<﹥>﹦=﹪%"
_FOLD |= _COLONS | dict(zip(map(ord, _SMALL[::2]), _SMALL[1::2], strict=True))
# Bidirectional controls and zero-width marks print nothing, so they are no part of a word.
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
_INVISIBLE = re.compile(f"[{''.join(sorted(INVISIBLE))}]")
_COLON = re.compile(f"[{''.join(map(chr, _COLONS))}]")

# Most characters of a text stand for themselves, so only those that don't are looked for and exchanged:
# str.translate would look each one up. These are the blocks in which the characters of the tables stand,
# wider than the tables, so that a few ranges are enough.
_UNIFIABLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_FOLDABLE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\uff01-\uff5e\u3000\xa0\u2000-\u202f\ufeff\u2236\ufe10-\ufe6f]"
)
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
# Printed ASCII, unified ideographs, marks that NFKC leaves alone: most names and headers are their own key.
_OWN_KEY = re.compile("[!-~\u4e00-\u9fff。、《》“”]*")
_PLAIN = {chr(code): chr(to) if isinstance(to, int) else to for code, to in _FOLD.items()}
_IDEOGRAPHS = {chr(code): to for code, to in _UNIFIED.items()}
_KEYS_KEPT, _LONGEST_KEPT = 1 << 14, 200
"""How many keys are kept, and the longest text (in characters) whose key is: headers and names come again,
whole goals don't."""


# Nine in ten of the marks to be exchanged in a text are these, and long texts hold dozens.
_MARKS = tuple((mark, _PLAIN[mark]) for mark in "，：；（）")
_LONG = 32
"""Characters from which on they are exchanged first, each at once: 2 µs and not one for each."""


def _folded(found: re.Match[str]) -> str:
    return _PLAIN.get(found[0], found[0])


def _unified(found: re.Match[str]) -> str:
    return _IDEOGRAPHS.get(found[0], found[0])


def fold_width(text: str) -> str:
    """Full-width ASCII, blanks of every width, small and upright marks, and radicals in their plain forms.

    The length stays: ``（１２ 万元）∶`` becomes ``(12 万元):``, and ``。``, ``、``, ``㎡`` stay.
    """
    return text if text.isascii() else _FOLDABLE.sub(_folded, _without_marks(text))


def _without_marks(text: str) -> str:
    """A long text with its commonest full-width marks in their plain forms."""
    if len(text) >= _LONG:
        for mark, plain in _MARKS:
            text = text.replace(mark, plain)
    return text


def unify_ideographs(text: str) -> str:
    """Radicals and compatibility ideographs as the ideographs that they look like.

    The length stays, and so does everything else: ``⽬标，⼾`` becomes ``目标，户``. Programs that print to
    PDF often name a glyph by a radical, because a font draws both alike.
    """
    return _UNIFIABLE.sub(_unified, text)


def comparison_key(text: str) -> str:
    """The form in which two printed texts are compared: NFKC, without white space and invisible marks.

    The length may change: ``总　计`` becomes ``总计``, ``（万元）：`` ``(万元):``, ``㎡`` ``m2``. A key's
    key is itself.
    """
    if text.isascii():  # numbers, codes, IRIs: each stands for itself
        return "".join(text.split())
    return _kept_key(text) if len(text) <= _LONGEST_KEPT else _key(text)


def _key(text: str) -> str:
    if _OWN_KEY.fullmatch(text):
        return text
    # Full-width forms first, one for one: they are what most texts have to normalise.
    plain = _FULL_WIDTH.sub(_folded, _without_marks(_COLON.sub(":", unify_ideographs(text))))
    folded = unicodedata.normalize("NFKC", plain)
    joined = "".join(_INVISIBLE.sub("", folded).split())
    if joined == folded:
        return folded
    return unicodedata.normalize("NFKC", joined)  # an accent may have stood apart, on a blank


_kept_key = lru_cache(maxsize=_KEYS_KEPT)(_key)
