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


# A header with many functions of one library defines a macro for them, which it undefines again.
MACRO = re.compile(
    r"#define (\w+)\(function\)[\s\\]+inline const LateFunction<[^;]*?>\s*function\((\w+), #function\)")


def load(header, text, versions, libraries):
    """Loads the libraries that a header names; returns those that cannot be loaded."""
    missing = []
    for variable, name, version in LIBRARY.findall(text):
        file = f"lib{name}.so.{versions[version]}"
        try:
            libraries[variable] = ctypes.CDLL(file)
        except OSError as error:
            missing.append(f"{header}: {file} cannot be loaded: {error}")
    return missing


def functions_of(header, text):
    """The library and the name of each function that a header names."""
    functions = FUNCTION.findall(text)
    understood = len(functions)
    for macro, variable in MACRO.findall(text):
        understood += 1
        functions += [(variable, name) for name in re.findall(rf"^{macro}\((\w+)\);", text, re.M)]
    if understood != len(re.findall(r"const LateFunction<", text)):
        raise SystemExit(f"{header}: not every function is understood")
    return functions


def main():
    versions = dict(argument.split("=") for argument in sys.argv[1:])
    headers = {header.relative_to(CORE.parent): header.read_text()
               for header in sorted(CORE.rglob("*.h"))
               if header.parent.name != "latelibrary"}
    missing, libraries, count = [], {}, 0
    for header, text in headers.items():
        missing += load(header, text, versions, libraries)
    for header, text in headers.items():
        for variable, function in functions_of(header, text):
            count += 1
            if variable in libraries and not hasattr(libraries[variable], function):
                missing.append(f"{header}: there is no function {function}")
    for line in missing:
        print(line)
    print(f"{count} functions, {len(missing)} missing")
    return 1 if missing or not count else 0


if __name__ == "__main__":
    sys.exit(main())
