# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy over the program's own sources: tidy.py BUILD-TREE WORK-FOLDER

Leaves out the tests, which would double the time of several minutes. Uses the commands of
BUILD-TREE/compile_commands.json. A source that passed is checked again only after a change of the
source, a header of the program, its command or .clang-tidy; WORK-FOLDER stores which passed.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

TIDY = "clang-tidy-19"
ROOT = Path(__file__).resolve().parents[2]
OWN = ("app", "core", "ui")
HEADERS = f"--header-filter={re.escape(str(ROOT))}/({'|'.join(OWN)})/"
# clang does not know all of g++'s options, and compiler warnings are checked by the build.
NOT_FOR_CLANG = re.compile(r"-fcoroutines|-W[a-z].*|-Wall|-Wextra|-Wpedantic")


def own_files(*suffixes):
    return sorted(
        path for folder in OWN for path in (ROOT / folder).rglob("*") if path.suffix in suffixes
    )


def commands(tree):
    for entry in json.loads((tree / "compile_commands.json").read_text()):
        source = Path(entry["file"])
        if source.is_relative_to(tree) or not any(source.is_relative_to(ROOT / folder)
                                                  for folder in OWN):
            continue
        arguments = [
            argument
            for argument in shlex.split(entry["command"])
            if argument.startswith("-Wl,") or not NOT_FOR_CLANG.fullmatch(argument)
        ]
        if Path(arguments[0]).name == "ccache":
            arguments = arguments[1:]
        yield {"directory": entry["directory"], "file": str(source), "arguments": arguments}


def main():
    tree, work = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    clean = work / "clean"
    clean.mkdir(parents=True, exist_ok=True)
    database = {entry["file"]: entry for entry in commands(tree)}
    (work / "compile_commands.json").write_text(json.dumps(list(database.values()), indent=1))

    common = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for header in own_files(".h"):
        common.update(header.read_bytes())

    def key(entry):
        digest = common.copy()
        digest.update(Path(entry["file"]).read_bytes())
        digest.update(json.dumps(entry["arguments"]).encode())
        return digest.hexdigest()

    def look_at(entry):
        mark = clean / key(entry)
        if mark.exists():
            return entry["file"], True, ""
        run = subprocess.run(
            [TIDY, "-p", work, "--quiet", HEADERS, entry["file"]],
            capture_output=True, text=True, check=False)
        if run.returncode == 0:
            mark.touch()
        return entry["file"], run.returncode == 0, run.stdout + run.stderr

    bad = 0
    # Slowest sources first, to keep all cores busy until the end; size is a good estimate.
    queue = sorted(database.values(), key=lambda entry: -os.path.getsize(entry["file"]))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, good, output in pool.map(look_at, queue):
            if not good:
                bad += 1
                print(output.strip() or f"{source}: {TIDY} failed")
    if not database:
        print(f"There is nothing to look at in {tree}.")
    print(f"{len(database)} sources, {bad} with findings")
    return 1 if bad or not database else 0


if __name__ == "__main__":
    sys.exit(main())
