# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks house rules that no compiler checks, in all tracked files. Prints each breach."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = {".cpp", ".h", ".qml", ".py", ".js", ".cmake", ".sh"}
SOURCE_NAMES = {"CMakeLists.txt", "dev", "run", ".clang-tidy", "pre-commit", "commit-msg"}
SPDX = re.compile(
    r"SPDX-FileCopyrightText: The Sparekey developers\n.*SPDX-License-Identifier: GPL-3\.0-or-later")
HEX_COLOR = re.compile(r"""["']#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})["']""")
# Paths of one machine do not belong in the project.
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|home|root|Users)/")
PRODUCT = {"app", "core", "ui"}
# A longer file probably has more than one concept, or says at its top why it has not.
MAX_LINES = 400
WHY_LONG = re.compile(r"^// Over 400 lines: \S", re.MULTILINE)
# Types at namespace scope in a header, with the preceding line.
TYPE = re.compile(
    r"^(?P<before>.*)\n(?:template ?<.*>\n)?(?:class|struct|enum class|enum) (?P<name>\w+)[^;]*?\{",
    re.MULTILINE)


def tracked():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in listing.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            yield Path(name)


def line_of(text, match):
    return text.count("\n", 0, match.start()) + 1


def breaches(name, text):
    layer = name.parts[0]
    if (name.suffix in SOURCE or name.name in SOURCE_NAMES) and not SPDX.search(text[:400]):
        yield 1, "the two SPDX lines are missing at the top"
    if name.suffix == ".qml" and name.parts[:2] != ("ui", "theme"):
        for match in HEX_COLOR.finditer(text):
            yield line_of(text, match), f"the color {match[0]} belongs into ui/theme"
    for match in MACHINE_PATH.finditer(text):
        yield line_of(text, match), "a folder of one machine is named"
    if layer in PRODUCT and name.suffix in {".cpp", ".h", ".qml"}:
        length = text.count("\n")
        if length > MAX_LINES and not WHY_LONG.search("\n".join(text.splitlines()[:10])):
            yield 1, f"{length} lines, and no line at the top that says why"
    if layer == "core" and name.suffix == ".h":
        for match in TYPE.finditer(text):
            if not match["before"].startswith("///"):
                yield line_of(text, match) + 1, f"{match['name']} has no comment that documents it"
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip() and name.suffix in SOURCE:
            yield number, "the line ends in blanks"
        if "\t" in line and name.suffix in SOURCE:
            yield number, "there is a tab"


def main():
    count, bad = 0, 0
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        count += 1
        if name == Path(__file__).resolve().relative_to(ROOT):
            continue
        for line, message in breaches(name, text):
            bad += 1
            print(f"{name}:{line}: {message}")
    print(f"{count} files, {bad} breaches")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
