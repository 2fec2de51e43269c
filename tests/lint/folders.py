# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the dependencies between folders match folders.txt. Prints each difference.

A C++ file uses the folder of each header that it includes. A QML file uses the folder of each type
that it names: all types are in one module, so there are no imports to check.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("folders.txt")
PRODUCT = ("app", "core", "ui")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([\w/.]+)"', re.MULTILINE)
QML_ELEMENT = re.compile(r"\bQML_(?:NAMED_)?ELEMENT(?:\((\w+)\))?")
CPP_TYPE = re.compile(r"^(?:class|struct|namespace) (\w+)", re.MULTILINE)
QML_NO_CODE = re.compile(r"""//.*|/\*[\s\S]*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""")
QML_TYPE = re.compile(r"\b[A-Z]\w*")


def sources():
    listing = subprocess.run(["git", "ls-files", "-z", "--", *PRODUCT],
                             cwd=ROOT, capture_output=True, check=True)
    for name in map(Path, filter(None, listing.stdout.decode().split("\0"))):
        if name.suffix in {".cpp", ".h", ".qml"} and (ROOT / name).is_file():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def qml_types(files):
    """The folder of each QML type, whether it is written in QML or in C++."""
    types = {}
    for name, text in files:
        if name.suffix == ".qml":
            types[name.stem] = name.parent
        elif name.suffix == ".h":
            for element in QML_ELEMENT.finditer(text):
                owner = CPP_TYPE.findall(text, 0, element.start())
                types[element[1] or owner[-1]] = name.parent
    return types


def used(files):
    """The folders that each folder uses, with the places of use."""
    types = qml_types(files)
    uses = {str(name.parent): defaultdict(list) for name, _ in files}
    for name, text in files:
        if name.suffix == ".qml":
            found = ((types[match[0]], match[0])
                     for match in QML_TYPE.finditer(QML_NO_CODE.sub(" ", text))
                     if match[0] in types)
        else:
            found = ((Path(path).parent, path) for path in INCLUDE.findall(text)
                     if not path.endswith(".moc"))
        for folder, what in found:
            if folder != name.parent:
                uses[str(name.parent)][str(folder)].append(f"{name} uses {what}")
    return uses


def allowed():
    """The folders that each folder may use, in the order of folders.txt."""
    folders = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):  # else it continues the previous line
            folder, _, line = line.partition(":")
            folders[folder] = []
        folders[folder] += line.split()
    return folders


def differences(uses, folders):
    below = set()
    for folder, others in folders.items():
        if folder not in uses:
            yield f"{folder} has no sources"
        for other in others:
            if other not in below:
                yield f"{folder} may use {other}, which does not stand above it"
            elif other not in uses.get(folder, ()):
                yield f"{folder} does not use {other}"
        below.add(folder)
    for folder, others in uses.items():
        if folder not in folders:
            yield f"{folder} is not in the list"
            continue
        for other, places in others.items():
            if other not in folders[folder]:
                yield f"{folder} may not use {other}: {', '.join(sorted(set(places)))}"


def main():
    uses = used(list(sources()))
    found = list(differences(uses, allowed()))
    for difference in found:
        print(difference)
    print(f"{len(uses)} folders, {len(found)} differences from {LIST.name}")
    return 1 if found or not uses else 0


if __name__ == "__main__":
    sys.exit(main())
