"""A process that gives up the network for good: Linux refuses it every socket from then on.

The SPARQL engine brings its own HTTP client and no switch to turn it off. A filter of system calls
(seccomp) holds for code in any language, needs no right and no namespace, and can't be taken back.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass

_NO_NEW_PRIVILEGES = 38  # prctl(2)
_SET_FILTER, _ALL_THREADS = 1, 1  # seccomp(2): SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_OTHER_NUMBERING = 0x40000000  # x32: the same calls under other numbers


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers that a kind of processor gives its system calls."""

    audit: int
    seccomp: int
    refused: tuple[int, ...]


# Refused: socket, connect, and io_uring_setup, which could make a socket past the filter.
_MACHINES = {
    "x86_64": _Machine(0xC000003E, 317, (41, 42, 425)),
    "aarch64": _Machine(0xC00000B7, 277, (198, 203, 425)),
}


def can_give_up_network() -> bool:
    """Whether this system has the filter that :func:`give_up_network` sets."""
    return sys.platform == "linux" and platform.machine() in _MACHINES and sys.maxsize > 2**32


def give_up_network() -> bool:
    """Refuse this process every new socket and connection, in all threads, until it ends.

    Returns whether that holds. Pipes and files that are open already stay usable.
    """
    if not can_give_up_network():
        return False
    machine = _MACHINES[platform.machine()]
    program = _program(machine)
    steps = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    given = Program(len(program) // 8, ctypes.addressof(steps))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.syscall(machine.seccomp, _SET_FILTER, _ALL_THREADS, ctypes.byref(given)) == 0)


def _program(machine: _Machine) -> bytes:
    """The filter: a call of another numbering and the refused ones fail with EACCES, all others pass."""
    tests = [(_AT_LEAST, _OTHER_NUMBERING), *((_EQUAL, number) for number in machine.refused)]
    last = len(tests) + 1  # steps from the first test to the one that refuses
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, last + 1, machine.audit),
        (_LOAD, 0, 0, _NUMBER),
        *((code, last - place - 1, 0, value) for place, (code, value) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
