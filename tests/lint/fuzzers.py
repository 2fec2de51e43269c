#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that each function that parses untrusted bytes has a fuzzer: the fuzzers named in
tests/fuzz/parsers.txt call their functions, and the file lists all functions of core that look like
parsers."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUZZ = ROOT / "tests/fuzz"

# A function that parses an answer, bytes or text, recognized by its name and parameter type.
READER = re.compile(
    r"\b(\w+From|\w+FromJson|parse\w+|read\w+)\("
    r"(?=const (?:Result<HttpAnswer>|HttpAnswer|SecureBuffer|QByteArray|JsonFields)\s*&|QByteArrayView)")


def listed():
    pairs = {}
    for line in (FUZZ / "parsers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            function, fuzzer = line.split()
            pairs.setdefault(function, set()).add(fuzzer)
    return pairs


def main():
    faults = []
    pairs = listed()
    for function, fuzzers in pairs.items():
        for fuzzer in fuzzers:
            source = FUZZ / f"fuzz_{fuzzer}.cpp"
            if not source.exists():
                faults.append(f"{source.relative_to(ROOT)} does not exist")
            elif not re.search(rf"\b{function}\b", source.read_text()):
                faults.append(f"{source.relative_to(ROOT)} does not call {function}")
            elif f"sparekey_fuzzer({fuzzer})" not in (FUZZ / "CMakeLists.txt").read_text():
                faults.append(f"the fuzzer {fuzzer} is not built")
            if not any((FUZZ / "seeds" / fuzzer).glob("*")):
                faults.append(f"the fuzzer {fuzzer} has no seeds")
    for header in sorted((ROOT / "core").rglob("*.h")):
        for function in READER.findall(header.read_text()):
            if function not in pairs:
                faults.append(f"{header.relative_to(ROOT)}: {function} is not in"
                              " tests/fuzz/parsers.txt")
    for fault in faults:
        print(fault)
    print(f"{len(pairs)} functions have a fuzzer" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
