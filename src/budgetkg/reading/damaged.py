"""What is raised where a zip archive isn't whole, by whichever way it is packed."""

from __future__ import annotations

import lzma
import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)
