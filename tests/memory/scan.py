# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches the whole memory of another process for secrets. Needs root."""

import base64
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

PART = 8
STRIDE = 16


@dataclass(frozen=True)
class Found:
    secret: str
    form: str
    where: str

    def __str__(self):
        return f"{self.secret}, {self.form}, in {self.where}"


@dataclass
class Secret:
    """One secret, and the forms that it may have in memory. `text` is for entered or shown secrets,
    `raw` for derived ones. `groups`: it is also written in groups of that many characters."""

    name: str
    text: str = ""
    raw: bytes = b""
    groups: int = 0
    forms: list = field(init=False)

    def __post_init__(self):
        forms = self._text_forms() if self.text else self._raw_forms()
        self.forms = list({pattern: form for form, pattern in forms}.items())

    def _spellings(self):
        spellings = {self.text}
        if self.groups:
            spellings |= {self.text.upper(), self.text.lower()}
            for spelling in list(spellings):
                parts = [spelling[i:i + self.groups] for i in range(0, len(spelling), self.groups)]
                spellings |= {" ".join(parts), "-".join(parts)}
        return sorted(spellings)

    # Only parts are searched for, because a complete copy contains all parts.

    def _text_forms(self):
        for text in self._spellings():
            for encoding in ("utf-8", "utf-16-le"):
                for start in range(0, max(1, len(text) - PART + 1), PART):
                    yield (f"{encoding}, characters {start} to {start + PART}",
                           text[start:start + PART].encode(encoding))
        yield from self._encoded(self.text.encode())

    def _raw_forms(self):
        for start in range(0, len(self.raw) - PART + 1, PART):
            yield f"raw, bytes {start} to {start + PART}", self.raw[start:start + PART]
        yield from self._encoded(self.raw)

    @staticmethod
    def _encoded(raw):
        if len(raw) < PART:
            return
        for form, text in (("hex", raw.hex()), ("HEX", raw.hex().upper()),
                           ("base64", base64.b64encode(raw).decode().rstrip("=")),
                           ("base64url", base64.urlsafe_b64encode(raw).decode().rstrip("="))):
            # The first part is enough.
            yield form, text[:2 * PART].encode()
            yield form + " in UTF-16", text[:2 * PART].encode("utf-16-le")

    @property
    def strided(self):
        """The text with one character every 16 bytes, as in lists of single characters."""
        return self.text.encode("latin-1", "ignore") if len(self.text) >= PART else b""


class Memory:
    """The memory of one process; `scanner` is the program built from scan.cpp."""

    def __init__(self, pid, scanner):
        self.pid = pid
        self.scanner = scanner

    def find(self, secrets):
        """Searches for all forms of all secrets; each place counts once per form."""
        patterns = [(f"whole {pattern.hex()}", secret.name, form)
                    for secret in secrets for pattern, form in secret.forms]
        patterns += [(f"strided {secret.strided[:PART].hex()}", secret.name,
                      f"a character every {STRIDE} bytes") for secret in secrets if secret.strided]
        done = subprocess.run([str(self.scanner), str(self.pid), str(STRIDE)], check=True,
                              input="\n".join(line for line, _, _ in patterns),
                              capture_output=True, text=True)
        found = []
        for line in done.stdout.splitlines():
            number, address, name = line.split(" ", 2)
            _, secret, form = patterns[int(number)]
            found.append(Found(secret, form, f"{name} at 0x{address}"))
        return found

    def _heap(self):
        for line in Path(f"/proc/{self.pid}/maps").read_text().splitlines():
            if line.endswith("[heap]"):
                begin, end = line.split()[0].split("-")
                return int(begin, 16), int(end, 16)
        raise RuntimeError("the process has no heap")

    def plant(self, content):
        """Writes `content` into an unused part of the heap; returns the address."""
        begin, end = self._heap()
        with open(f"/proc/{self.pid}/mem", "r+b", buffering=0) as memory:
            memory.seek(begin)
            at = memory.read(end - begin).find(bytes(len(content) + 8192))
            if at < 0:
                raise RuntimeError("no room to plant anything")
            memory.seek(begin + at + 4096)
            memory.write(content)
            return begin + at + 4096

    def take_away(self, where, size):
        with open(f"/proc/{self.pid}/mem", "r+b", buffering=0) as memory:
            memory.seek(where)
            memory.write(bytes(size))


def may_read(pid):
    return os.geteuid() == 0 and os.access(f"/proc/{pid}/mem", os.R_OK)
