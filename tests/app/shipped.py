#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks programs that ship for what an attacker could use.

    shipped.py paths PROGRAM…        no RPATH and no RUNPATH
    shipped.py release BUILD-TREE    installs that tree into a scratch folder and checks each program
                                     there: also hardened, stripped, and without the demo

Prints each breach; the status is 1 if there is one.
"""

import json
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO = 2, 0x6474E551, 0x6474E552
SHT_SYMTAB = 2
DT_STRTAB, DT_STRSZ, DT_RPATH, DT_RUNPATH, DT_FLAGS, DT_FLAGS_1 = 5, 10, 15, 29, 30, 0x6FFFFFFB
DF_BIND_NOW, DF_1_PIE = 0x8, 0x08000000
# What only the demo says, in any of the ways in which Qt keeps texts.
DEMO_WORDS = ("demo-details", "demo.conf", "simulatedKeys", "demo account")
# Hardening that leaves no mark in an ELF file can be seen in the commands alone.
FLAGS = ("-fstack-protector-strong", "-fstack-clash-protection", "-D_FORTIFY_SOURCE=3")
CET = "-fcf-protection=full"
ENDBR64 = b"\xf3\x0f\x1e\xfa"


class Elf:
    """A 64-bit little-endian ELF file (System V gABI, chapters 4 and 5)."""

    def __init__(self, path):
        self.bytes = Path(path).read_bytes()
        if self.bytes[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path} is no 64-bit little-endian ELF file")
        (self.machine,) = struct.unpack_from("<H", self.bytes, 18)
        program_offset, section_offset = struct.unpack_from("<QQ", self.bytes, 32)
        program_size, programs, section_size, sections = struct.unpack_from("<HHHH", self.bytes, 54)
        # type, flags, offset, address, physical address, size in the file
        self.segments = [struct.unpack_from("<IIQQQQ", self.bytes, program_offset + i * program_size)
                         for i in range(programs)]
        self.section_types = [
            struct.unpack_from("<I", self.bytes, section_offset + i * section_size + 4)[0]
            for i in range(sections)]
        self.dynamic = list(self._dynamic())

    def _dynamic(self):
        for kind, _, offset, _, _, size in self.segments:
            if kind == PT_DYNAMIC:
                yield from struct.iter_unpack("<qQ", self.bytes[offset:offset + size])

    def _offset_of(self, address):
        for kind, _, offset, start, _, size in self.segments:
            if kind == 1 and start <= address < start + size:
                return offset + address - start
        raise ValueError("an address outside of the file")

    def dynamic_value(self, tag):
        return next((value for found, value in self.dynamic if found == tag), None)

    def dynamic_strings(self):
        start = self._offset_of(self.dynamic_value(DT_STRTAB))
        return self.bytes[start:start + self.dynamic_value(DT_STRSZ)].split(b"\0")

    def search_paths(self):
        """The texts of RPATH and RUNPATH; an empty text is one as well."""
        start = self._offset_of(self.dynamic_value(DT_STRTAB))
        for tag, value in self.dynamic:
            if tag in (DT_RPATH, DT_RUNPATH):
                end = self.bytes.index(b"\0", start + value)
                yield self.bytes[start + value:end].decode()


def path_breaches(path):
    for found in Elf(path).search_paths():
        yield f"it looks for libraries in {found!r}"


def hardening_breaches(path):
    elf = Elf(path)
    if SHT_SYMTAB in elf.section_types:
        yield "it is not stripped"
    if not (elf.dynamic_value(DT_FLAGS) or 0) & DF_BIND_NOW:
        yield "it resolves symbols lazily (no -z now)"
    if not (elf.dynamic_value(DT_FLAGS_1) or 0) & DF_1_PIE:
        yield "it has a fixed address (no PIE)"
    kinds = {kind: flags for kind, flags, *_ in elf.segments}
    if PT_GNU_RELRO not in kinds:
        yield "its relocations stay writable (no -z relro)"
    if kinds.get(PT_GNU_STACK, 1) & 1:
        yield "its stack is executable"
    strings = elf.dynamic_strings()
    if not any(re.fullmatch(rb"__\w+_chk", text) and text != b"__stack_chk_fail"
               for text in strings):
        yield "it calls no fortified function (no _FORTIFY_SOURCE)"
    if b"__stack_chk_fail" not in strings:
        yield "its stack has no guard"
    # Each function that can be called through a pointer begins with this instruction.
    if elf.machine == 62 and elf.bytes.count(ENDBR64) < 500:
        yield "it has no marks for indirect branches (no -fcf-protection)"
    for word in DEMO_WORDS:
        if word.encode() in elf.bytes or word.encode("utf-16-le") in elf.bytes \
                or word.encode("utf-16-be") in elf.bytes:
            yield f"it has the demo's words {word!r}"


def command_breaches(tree):
    own = [entry for entry in json.loads((tree / "compile_commands.json").read_text())
           if re.search(r"/(app|core|ui)/[^/]+(/[^/]+)?\.cpp$", entry["file"])
           and "autogen" not in entry["file"]]
    if not own:
        yield "no source of the program is compiled"
    x86 = any(CET in entry["command"] for entry in own)
    for entry in own:
        for flag in (*FLAGS, *((CET,) if x86 else ())):
            if flag not in entry["command"].split():
                yield f"{entry['file']} is compiled without {flag}"


def installed(tree, folder):
    subprocess.run(["cmake", "--install", tree, "--prefix", folder, "--strip"], check=True,
                   stdout=subprocess.DEVNULL)
    return [path for path in folder.rglob("*")
            if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]


def main():
    breaches = []
    if sys.argv[1] == "paths":
        programs = [Path(name) for name in sys.argv[2:]]
        breaches += [(path, found) for path in programs for found in path_breaches(path)]
    else:
        tree = Path(sys.argv[2]).resolve()
        with tempfile.TemporaryDirectory() as scratch:
            programs = installed(tree, Path(scratch))
            for path in programs:
                breaches += [(path.name, found) for found in path_breaches(path)]
                breaches += [(path.name, found) for found in hardening_breaches(path)]
        breaches += [(tree.name, found) for found in command_breaches(tree)]
    if not programs:
        breaches.append(("", "no program was found"))
    for where, found in breaches:
        print(f"{where}: {found}")
    print(f"{len(programs)} programs, {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
