"""Power cuts: what the disk holds then is what was synced, and by chance some of what was not."""

from __future__ import annotations

import random
import shutil
import stat
from pathlib import Path

from tests.torture import shim
from tests.torture.kills import aftermath, command
from tests.torture.scenes import Scene, begun, copied, ended, generation

Entry = tuple[int, str, str]


def cut(scene: Scene, work: Path, chance: random.Random) -> tuple[str, list[str]]:
    """One power cut at an operation, sometimes after the last one, and what is wrong afterwards."""
    directory, shadow = work / "dir", work / "shadow"
    copied(scene.before, directory)
    shutil.rmtree(shadow, ignore_errors=True)
    shadow.mkdir()
    kept(directory.parent, shadow, only=directory.name)
    at = chance.choice((0, *[chance.randint(1, scene.operations)] * 6))
    child = begun(command(scene, directory), lambda: shim.arm(directory, shadow, at, True))
    try:
        code = ended(child)
    except AssertionError as error:
        return f"{scene.name} at {at}", [str(error)]
    after = work / "after"
    shutil.rmtree(after, ignore_errors=True)
    how = chance.choice(("synced", "mixed", "mixed", "emptied"))
    lost(directory, shadow, after, chance, how)
    shutil.rmtree(directory, ignore_errors=True)
    if after.exists():
        after.rename(directory)
    wrong = []
    if not at and code == 0 and generation(directory) != scene.end:
        wrong.append("what was reported as done is lost")
    if not directory.exists():
        directory.mkdir()  # never synced: as if it had never begun
    return f"{scene.name} {how} at {at}", wrong + aftermath(scene, directory, "power")


def kept(folder: Path, shadow: Path, only: str = "") -> None:
    """Put what is there before into the shadow: all of it is on the disk."""
    lines = []
    for path in sorted(folder.iterdir()):
        if only and path.name != only:
            continue
        info = path.lstat()
        kind = "d" if stat.S_ISDIR(info.st_mode) else "l" if stat.S_ISLNK(info.st_mode) else "f"
        target = str(path.readlink()) if kind == "l" else ""
        lines.append(f"{path.name}\t{info.st_ino}\t{kind}\t{target}\n")
        if kind == "d":
            kept(path, shadow)
        elif kind == "f":
            shutil.copyfile(path, shadow / str(info.st_ino))
    if not only:
        (shadow / str(folder.stat().st_ino)).write_text("".join(lines), encoding="utf-8")


def lost(now: Path, shadow: Path, after: Path, chance: random.Random, how: str) -> None:
    """Write what a folder is after the power has failed, by what is there and by what was synced."""
    if now.exists():
        _folder(now, now.stat().st_ino, shadow, after, chance, how, _where(now))


def _where(now: Path) -> dict[int, Path]:
    """Where the content of each inode is now."""
    return {path.lstat().st_ino: path for path in (now, *now.rglob("*"))}


def _folder(
    now: Path | None, inode: int, shadow: Path, after: Path, chance: random.Random, how: str,
    where: dict[int, Path],
) -> None:  # fmt: skip
    after.mkdir(parents=True)
    synced, present = _synced(shadow / str(inode)), _present(now)
    for name in sorted(synced.keys() | present.keys()):
        old, new = synced.get(name), present.get(name)
        entry = old if how == "synced" or (old != new and chance.random() < 0.5) else new
        if how == "emptied":  # the names have reached the disk, the contents not
            entry = new or old
        if entry is None:
            continue
        number, kind, target = entry
        place = after / name
        if kind == "d":
            _folder(where.get(number), number, shadow, place, chance, how, where)
        elif kind == "l":
            place.symlink_to(target)
        else:
            place.write_bytes(_content(shadow / str(number), where.get(number), chance, how))


def _synced(listing: Path) -> dict[str, Entry]:
    if not listing.is_file():
        return {}
    rows = (line.split("\t") for line in listing.read_text(encoding="utf-8").splitlines())
    return {name: (int(inode), kind, target) for name, inode, kind, target in rows}


def _present(folder: Path | None) -> dict[str, Entry]:
    if folder is None or not folder.is_dir():
        return {}
    found = {}
    for path in folder.iterdir():
        info = path.lstat()
        kind = "d" if stat.S_ISDIR(info.st_mode) else "l" if stat.S_ISLNK(info.st_mode) else "f"
        found[path.name] = (info.st_ino, kind, str(path.readlink()) if kind == "l" else "")
    return found


def _content(synced: Path, now: Path | None, chance: random.Random, how: str) -> bytes:
    safe = synced.read_bytes() if synced.is_file() else b""
    if how == "synced" or now is None or not now.is_file():
        return safe
    new = now.read_bytes()
    if new == safe:
        return safe
    cut_off = new[: chance.randint(0, len(new))]
    return chance.choice((safe, cut_off, bytes(len(new)), new)) if how == "mixed" else safe
