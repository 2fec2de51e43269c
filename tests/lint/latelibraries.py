#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the libraries loaded at first use have all functions that core calls, on this system.

    latelibraries.py SPAREKEY_CUPS_VERSION=2 …

For all other libraries, the linker checks this.
"""

import ctypes
import re
import sys
from pathlib import Path

CORE = Path(__file__).resolve().parent.parent.parent / "core"
LIBRARY = re.compile(r'LateLibrary\s+(\w+)\(\s*"(\w+)",\s*(\w+)\)')
FUNCTION = re.compile(r'LateFunction<[^;]*?>\s*\w+\(\s*(\w+),\s*"(\w+)"\)')


def problems(header, text, versions):
    """What the libraries of one header lack, and how many functions the header names."""
    missing = []
    libraries = {}
    for variable, name, version in LIBRARY.findall(text):
        file = f"lib{name}.so.{versions[version]}"
        try:
            libraries[variable] = ctypes.CDLL(file)
        except OSError as error:
            missing.append(f"{header}: {file} cannot be loaded: {error}")
    functions = FUNCTION.findall(text)
    for variable, function in functions:
        if variable in libraries and not hasattr(libraries[variable], function):
            missing.append(f"{header}: there is no function {function}")
    if len(functions) != len(re.findall(r"const LateFunction<", text)):
        missing.append(f"{header}: not every function is understood")
    return missing, len(functions)


def main():
    versions = dict(argument.split("=") for argument in sys.argv[1:])
    missing = []
    count = 0
    for header in sorted(CORE.rglob("*.h")):
        text = header.read_text()
        if "inline constexpr LateLibrary" not in text:
            continue
        found, functions = problems(header.relative_to(CORE.parent), text, versions)
        missing += found
        count += functions
    if not count:
        missing.append("no function was found")
    for line in missing:
        print(line)
    print(f"{count} functions, {len(missing)} problems")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
