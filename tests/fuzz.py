"""Damaged documents for as long as asked: ``python -m tests.fuzz [--seconds 60] [--seed N] [--into DIR]``.

Samples of every kind are damaged in their bytes, in the members of their packages and in their cells, and
read. A file may be refused in the way that users are told about; anything else (another error, a character
that ended nowhere, a reading that doesn't end) is a failure: the input is written to a folder, each way of
failing once. A seed and a number make the same input again.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.printers.pdf import Sheet, printed

from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

ROOT = Path(__file__).resolve().parent.parent
SLOW = 60  # seconds; the machine may have other work
MEMORY = 4 << 30
WORDS = (
    "项目支出绩效目标表", "部门整体绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "绩效指标",
    "合计", "总计", "项目名称", "财政拨款", "其他资金", "绩效目标", "产出指标", "数量指标", "满意度指标",
    "单位：万元", "部门名称：", "1、1-产出指标；11-数量指标；名；实施周期指标值:1人；年度指标值:1人。",
    "任务1", "10.00", "-1", "9" * 40, "≥", "%", "２３", "《", "》", "（", "〔2021〕1号", "\t", "\n", "\f",
    "\r", "\x00", "\u3000", "\u200b", "\u202e", "\ufeff", "\ufffd", "𠮷", "é", "<td rowspan=9>",
    "</table>", "<tr>", "<!--", "colspan=70000", "&#x110000;", "2023年", "二〇二四年", "第 1 页",
    "其他需要说明的情况：无。", "年度总体目标",
)  # fmt: skip
NUMBERS = ("0", "-1", "1", "65535", "2147483648", "1e999", "NaN", "9" * 30, "")
ROWS = (
    ("项目名称（资金使用单位）", "总计", "财政拨款", "绩效目标", "绩效指标"),
    ("合计", "10.00", "10.00", "", ""),
    ("甲中心", "10.00", "10.00", "", ""),
    ("巡展经费", "10.00", "10.00", "办展。",
     "1、1-产出指标；11-数量指标；场次；\n实施周期指标值:4场；年度指标值:4场。"),
)  # fmt: skip
TIERS = (
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "场次", "≥4场"),
    ("", "质量指标", "合格率", "100%"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%"),
)


def pages(chance: random.Random, damaged: bool) -> bytes:
    """A PDF of one page or a few, its cells, its rules and its order damaged or not."""
    sheets = []
    for number in range(chance.randint(1, 3) if damaged else 2):
        sheet = Sheet(rotate=chance.choice((0, 0, 90, 180)) if damaged else 0)
        rows = [list(row) for row in chance.choice((ROWS, TIERS))]
        if damaged:
            _shuffled(chance, rows)
        if not number:
            sheet.text(200, 40, chance.choice(("2024年项目支出绩效目标表", "2023年部门整体绩效目标表")))
            sheet.text(40, 60, "部门名称：中共广州市黄埔区委员会宣传部   单位：万元")
        xs = [40, 150, 210, 270, 350, 560]
        sheet.table(xs, 90, rows, rules=not damaged or chance.random() < 0.7)
        if damaged:
            for _ in range(chance.randint(0, 3)):
                del sheet.drawn[chance.randrange(len(sheet.drawn))]
            place = (chance.uniform(-50, 650), chance.uniform(-50, 900))
            face = chance.choice(("F1", "F2", "F3"))
            sheet.text(*place, chance.choice(WORDS), chance.uniform(0, 90), font=face)
        sheets.append(sheet)
    return printed(*sheets)


def _shuffled(chance: random.Random, rows: list[list[str]]) -> None:
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(rows)
        place = chance.randrange(len(row))
        match chance.randrange(5):
            case 0:
                row[place] = chance.choice(WORDS)
            case 1:
                row[place] += chance.choice(WORDS)
            case 2:
                row[place] = ""
            case 3:
                rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
            case _:
                chance.shuffle(row)


def samples() -> list[bytes]:
    """Whole documents of every kind."""
    files = [*sorted(ROOT.glob("examples/*.txt")), *sorted(ROOT.glob("examples/formats/*.*"))]
    return [*(file.read_bytes() for file in files), pages(random.Random(0), False)]


def damaged(chance: random.Random, corpus: list[bytes]) -> bytes:
    """One damaged document."""
    if chance.random() < 0.2:
        data = pages(chance, True)
        return data if chance.random() < 0.7 else _bytes(chance, data, corpus)
    data = chance.choice(corpus)
    if data.startswith(b"PK") and chance.random() < 0.9:
        return _package(chance, data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _bytes(chance, data, corpus)
    if chance.random() < 0.2:
        return _bytes(chance, data, corpus)
    text = _cells(chance, text)
    coding = chance.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le"))
    return text.encode(coding, "replace")


def _bytes(chance: random.Random, data: bytes, corpus: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 2, 8, 100, 3000))
        match chance.randrange(6):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                other = chance.choice(corpus)
                begin = chance.randrange(len(other))
                out[at:at] = other[begin : begin + length]
            case 4:
                out[at:at] = chance.choice(NUMBERS).encode()
            case _:
                out = out[:at] if chance.random() < 0.3 else out
    return bytes(out)


def _cells(chance: random.Random, text: str) -> str:
    for _ in range(chance.choice((1, 2, 4, 10))):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines[at:at] = lines[at : at + chance.randint(1, 8)]
            case 1:
                del lines[at : at + chance.randint(1, 4)]
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                words = chance.choice(WORDS) * chance.choice((1, 1, 1, 40))
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + words + lines[at][place:]
            case 4:
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + lines[at][place + chance.randint(1, 5) :]
            case 5:
                lines[at] = lines[at].replace(" ", "\t") if chance.random() < 0.5 else chance.choice(WORDS)
            case _:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
        text = "\n".join(lines)
    return text


def _package(chance: random.Random, data: bytes) -> bytes:
    """Damage the text of a package's members, so that it is still a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as written:
        members = package.infolist()
        bodies = [member for member in members if "sheet" in member.filename or "document" in member.filename]
        hit = chance.choice(bodies if chance.random() < 0.7 else members)
        for member in members:
            content = package.read(member)
            if member is hit:
                content = _markup(chance, content.decode("utf-8", "replace")).encode("utf-8", "replace")
            if member is not hit or chance.random() < 0.97:
                written.writestr(member, content)
    return out.getvalue()


def _markup(chance: random.Random, text: str) -> str:
    """Damage markup at its seams: elements repeated and left out, attributes and texts exchanged."""
    for _ in range(chance.choice((1, 2, 5))):
        parts = text.split("<")
        at = chance.randrange(len(parts))
        match chance.randrange(6):
            case 0:
                parts[at:at] = parts[at : at + chance.choice((1, 2, 8))]
            case 1:
                del parts[at : at + chance.choice((1, 2, 8))]
            case 2:
                head, mark, _ = parts[at].partition(">")
                parts[at] = head + mark + chance.choice(WORDS).replace("<", "&lt;")
            case 3:
                value = chance.choice((*NUMBERS, "A1:XFD1048576", "ZZZ9", "inlineStr", "s", "rId99", "../x"))
                pieces = parts[at].split('"')
                if len(pieces) > 2:
                    pieces[chance.randrange(1, len(pieces), 2)] = value
                parts[at] = '"'.join(pieces)
            case 4:
                other = chance.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
            case _:
                place = chance.randrange(len(text) + 1)
                parts = (text[:place] + text[place + 1 :]).split("<")
        text = "<".join(parts)
    return text


def fault(data: bytes) -> tuple[str, str] | None:
    """How reading some bytes fails, and where it did: ``None`` where it goes as it should."""
    signal.alarm(SLOW)
    try:
        for record in parse_document(data, "fuzz"):
            document_json(record)
            if record.account.remainder:
                return f"{record.account.remainder} characters ended nowhere", ""
    except BudgetkgError:
        return None
    except Exception as error:  # noqa: BLE001 - what this program looks for
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "budgetkg" in frame.filename] or frames
        place = f"{Path(own[-1].filename).name}:{own[-1].name}"
        return f"{type(error).__name__} in {place}", traceback.format_exc()
    finally:
        signal.alarm(0)
    return None


def _too_slow(number: int, frame: object) -> None:
    raise TimeoutError(f"not read within {SLOW} seconds")


def inputs(seed: int, seconds: float) -> Iterator[tuple[int, bytes]]:
    """Numbered inputs until the time is over."""
    corpus = samples()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        yield number, damaged(random.Random(f"{seed}-{number}"), corpus)


def main(arguments: list[str]) -> int:
    """Look for failures; 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--into", type=Path, default=ROOT / "out" / "fuzz")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGALRM, _too_slow)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print(f"seed {chosen.seed}, {chosen.seconds:g} seconds", flush=True)
    failures: dict[str, Path] = {}
    number = 0
    for number, data in inputs(chosen.seed, chosen.seconds):
        found = fault(data)
        if found is None or found[0] in failures:
            continue
        chosen.into.mkdir(parents=True, exist_ok=True)
        path = chosen.into / f"{hashlib.sha256(data).hexdigest()[:16]}.bin"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(f"seed {chosen.seed}, input {number}: {found[0]}\n{found[1]}")
        failures[found[0]] = path
        print(f"input {number}: {found[0]}: {path}", flush=True)
    print(f"{number} inputs, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
