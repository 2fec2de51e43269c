# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in the whole memory of another process. Wants root."""

import base64
import os
import re
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
    """One secret, and the forms that it may lie in memory in. `text` for what is entered or shown,
    `raw` for what is derived. `groups`: it is also written in groups of so many characters."""

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

    # A whole copy has all its parts, so that only the parts are looked for.

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
            # A part of it is enough, and says which.
            yield form, text[:2 * PART].encode()
            yield form + " in UTF-16", text[:2 * PART].encode("utf-16-le")

    @property
    def strided(self):
        """A text with one character every 16 bytes, as lists of single characters have it."""
        return self.text.encode("latin-1", "ignore") if len(self.text) >= PART else b""


class Memory:
    """Of one process. What is only read from a file that nobody has changed is left out."""

    def __init__(self, pid):
        self.pid = pid

    def ranges(self):
        for line in Path(f"/proc/{self.pid}/maps").read_text().splitlines():
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) (....) \S+ \S+ (\d+)\s*(.*)", line)
            begin, end, rights, inode, name = match.groups()
            unchanged = inode != "0" and "w" not in rights
            if rights[0] == "r" and not unchanged and name not in ("[vvar]", "[vsyscall]"):
                yield int(begin, 16), int(end, 16), name or "memory without a name"

    def _blocks(self):
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:
            for begin, end, name in self.ranges():
                try:
                    memory.seek(begin)
                    data = memory.read(end - begin)
                    while len(data) < end - begin:
                        more = memory.read(end - begin - len(data))
                        if not more:
                            break
                        data += more
                except (OSError, OverflowError):
                    continue  # gone since it was listed, or of a device
                if data.strip(b"\0"):
                    yield begin, name, data

    def find(self, secrets):
        """Every form of every secret; each place counts once for each form."""
        found = []
        for begin, name, data in self._blocks():
            columns = [data[i::STRIDE] for i in range(STRIDE)]
            for secret in secrets:
                for pattern, form in secret.forms:
                    for at in places(data, pattern):
                        found.append(Found(secret.name, form, f"{name} at {begin + at:#x}"))
                if secret.strided:
                    for offset, column in enumerate(columns):
                        for at in places(column, secret.strided[:PART]):
                            found.append(Found(secret.name, "a character every 16 bytes",
                                               f"{name} at {begin + at * STRIDE + offset:#x}"))
        return found

    def plant(self, content):
        """Puts `content` where the process has zeros; gives back how to take it away again."""
        with open(f"/proc/{self.pid}/mem", "r+b", buffering=0) as memory:
            for begin, end, name in self.ranges():
                if name != "[heap]":
                    continue
                memory.seek(begin)
                data = memory.read(end - begin)
                at = data.find(bytes(len(content) + 8192))
                if at < 0:
                    continue
                memory.seek(begin + at + 4096)
                memory.write(content)
                return begin + at + 4096
        raise RuntimeError("no room to plant anything")

    def take_away(self, where, size):
        with open(f"/proc/{self.pid}/mem", "r+b", buffering=0) as memory:
            memory.seek(where)
            memory.write(bytes(size))


def places(data, pattern):
    at = data.find(pattern)
    while at >= 0:
        yield at
        at = data.find(pattern, at + 1)


def may_read(pid):
    return os.geteuid() == 0 and os.access(f"/proc/{pid}/mem", os.R_OK)
