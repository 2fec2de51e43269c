# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs all measurements and prints them: bench.py BENCH-TREE DEV-TREE [--json]

Each row has the program's value (`ours`), the value of the plain reference, the median of their
pairwise ratios, and the limit of that ratio. If the reference is a fixed bound, such as 50 ms or 3
requests, the limit of the ratio is 1. A row without a limit is for information only.
"""

import ctypes.util
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tour"))

from accountserver import AccountServer  # noqa: E402
from desktop import Process  # noqa: E402

PAIRS = 9


def row(name, unit, ours, reference, limit):
    """A row with medians; `reference` may be measured values, a fixed bound, or None."""
    if isinstance(reference, list) and reference:
        ratio = statistics.median(a / b for a, b in zip(ours, reference))
        shown = statistics.median(reference)
    elif reference:
        ratio = statistics.median(ours) / reference
        shown = reference
    else:
        ratio = shown = None
    return {"name": name, "ratio": ratio and round(ratio, 3), "limit": limit,
            "ours": round(statistics.median(ours), 2), "reference": shown and round(shown, 2),
            "unit": unit}


class Bench:
    def __init__(self, bench_tree, dev_tree, scratch):
        self.bench_tree = bench_tree
        self.dev_tree = dev_tree
        self.scratch = scratch
        self.home = scratch / "home"
        self.home.mkdir()
        self.env = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.home),
            "XDG_RUNTIME_DIR": os.environ["XDG_RUNTIME_DIR"],
            # The same for both sides. Without a display, the values do not depend on the desktop.
            "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
            # Keeps the user's own keyring out of the measurement.
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }

    def measured(self, program, *arguments):
        """The rows that a bench program prints, one JSON object per line."""
        output = subprocess.run([self.bench_tree / "tests/bench" / program, *arguments],
                                env=self.env, stdout=subprocess.PIPE, check=True, text=True)
        return {line["name"]: line for line in map(json.loads, output.stdout.splitlines())}

    def key_derivation(self):
        found = self.measured("bench_kdf")
        for name, limit in (("pbkdf2-600000", 0.60), ("argon2id-3-64-4", 1.05)):
            yield row(name, "ms", found[name]["ours"], found[name]["reference"], limit)

    def start_once(self, *command, **env):
        """Milliseconds to the first frame and to the first page, and the memory (PSS in MiB)."""
        def until(wanted):
            line = child.stdout.readline()
            if line.strip() != wanted:
                raise RuntimeError(f"{command[0]} did not say {wanted!r} but {line!r}")
            return (time.perf_counter() - started) * 1000

        started = time.perf_counter()
        with subprocess.Popen(command, env=self.env | env, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            first_frame = until(b"first frame")
            ready = until(b"ready")
            time.sleep(0.3)
            rollup = Path(f"/proc/{child.pid}/smaps_rollup").read_text()
            child.stdin.close()
            child.wait(10)
        pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return first_frame, ready, pss / 1024

    def start_and_memory(self):
        sides = {
            "ours": (self.bench_tree / "app/sparekey", "--self-test"),
            "reference": (self.bench_tree / "tests/bench/empty_window/empty_window",),
        }
        seen = {side: [] for side in sides}
        for pair in range(PAIRS + 1):
            for side, command in sides.items():
                found = self.start_once(*command)
                # The first pair fills the disk cache and is not counted.
                if pair:
                    seen[side].append(found)
        # The empty window is ready with its first frame, so the second row has no limit.
        for index, (name, unit, limit) in enumerate((("start-to-first-frame", "ms", 1.40),
                                                     ("start-to-sign-in-page", "ms", None),
                                                     ("memory-pss", "MiB", 1.35))):
            ours, reference = ([run[index] for run in seen[side]] for side in sides)
            yield row(name, unit, ours, reference, limit)

    def late_libraries(self):
        """Compares loading libraries at first use with loading all of them at the start."""
        names = {name for header in (ROOT / "core").rglob("*.h")
                 for name in re.findall(r'LateLibrary \w+\("(\w+)"', header.read_text())}
        libraries = " ".join(sorted(filter(None, map(ctypes.util.find_library, names))))
        late, early = [], []
        for pair in range(PAIRS + 1):
            for seen, env in ((late, {}), (early, {"LD_PRELOAD": libraries})):
                found = self.start_once(self.bench_tree / "app/sparekey", "--self-test", **env)
                if pair:
                    seen.append(found)
        for index, name, unit, limit in ((0, "late-libraries-first-frame", "ms", None),
                                         (2, "late-libraries-memory-pss", "MiB", 0.98)):
            ours, reference = ([run[index] for run in seen] for seen in (late, early))
            yield row(name, unit, ours, reference, limit)

    def sign_in(self):
        """The longest stall of the GUI thread, and the longest chain of sequential requests."""
        processes = []

        def start(name, command, **options):
            process = Process(name, command, self.scratch / f"{name}.log", self.env, **options)
            processes.append(process)
            return process

        try:
            server = AccountServer(
                start, self.dev_tree / "tests/account_server/sparekey_account_server",
                "--rate-limit", "0")
            account = server.accounts["demo"]
            stalls, chains = [], []
            for _ in range(PAIRS):
                server.reset()
                # Long enough that requests sent in parallel overlap.
                server.fault("*", "delay", milliseconds=40)
                run = subprocess.run(
                    [self.bench_tree / "tests/bench/bench_signin"],
                    input=json.dumps({"server": server.url, "email": account["email"],
                                      "password": account["password"]}),
                    env=self.env, stdout=subprocess.PIPE, check=True, text=True)
                found = json.loads(run.stdout)
                stalls.append(found["longestStallMs"])
                chains.append(longest_chain(
                    request for request in server.requests()
                    if request["startUs"] >= found["pressedUs"]
                    and request["startUs"] <= found["shownUs"]))
        finally:
            for process in processes:
                process.end()
        yield row("sign-in-longest-stall", "ms", stalls, 50, 1.0)
        yield row("sign-in-requests-in-a-row", "requests", chains, 3, 1.0)

    def keys(self):
        """The time that the program adds to that of a security key, see bench_keys.cpp."""
        found = self.measured("bench_keys")
        for name in ("key-register", "key-sign-in"):
            yield row(name, "ms", found[name]["ours"], found[name]["reference"], 1.10)
        # Bounds: 5 ms overhead with a key that needs no time itself, 300 ms until a key is listed,
        # and 5 ms of processor time in 5 s of watching.
        for name, bound in (("key-register-overhead", 5), ("key-sign-in-overhead", 5),
                            ("key-list-after-insert", 300), ("key-watch-idle-cpu", 5)):
            yield row(name, "ms", found[name]["ours"], bound, 1.0)

    def library(self):
        """A library of recovery codes, see bench_library.cpp and bench_librarywindow.cpp."""
        file = self.scratch / "codes.kdbx"
        found = self.measured("bench_library", file)
        unlock = found["library-unlock"]
        yield row("library-unlock", "ms", unlock["ours"], unlock["reference"], 1.10)
        # Bounds for 500 entries of ten codes, beside the key derivation.
        for name, bound in (("library-open-500", 50), ("library-save-500", 100)):
            yield row(name, "ms", found[name]["ours"], bound, 1.0)
        # From a key press to the new list; a frame of the screen takes 16 ms.
        search = self.measured("bench_librarywindow", file, "--search")["library-search-500"]
        yield row("library-search-500", "ms", [max(search["ours"])], 16, 1.0)
        window = self.bench_tree / "tests/bench/bench_librarywindow"
        opened, without = [], []
        for pair in range(PAIRS + 1):
            for seen, arguments in ((opened, [file]), (without, [])):
                found = self.start_once(window, *arguments)
                if pair:
                    seen.append(found[2])
        yield row("library-memory-pss", "MiB", opened, without, 1.15)

    def sheet(self):
        found = self.measured("bench_sheet")["sheet-as-pdf"]
        yield row("sheet-as-pdf", "ms", found["ours"], None, None)

    def rows(self):
        for part in (self.key_derivation, self.start_and_memory, self.late_libraries, self.sign_in,
                     self.keys, self.library, self.sheet):
            yield from part()


def longest_chain(requests):
    """The length of the longest chain of requests that each began after the previous one ended."""
    chain, free_at = 0, -1
    for request in sorted(requests, key=lambda request: request["endUs"] or float("inf")):
        if request["startUs"] >= free_at and request["endUs"]:
            chain += 1
            free_at = request["endUs"]
    return chain


def as_table(rows):
    yield f"{'':28}{'ours':>10}{'reference':>11} {'unit':10}{'ratio':>7}{'limit':>7}"
    for entry in rows:
        ratio = "" if entry["ratio"] is None else f"{entry['ratio']:.2f}"
        limit = "" if entry["limit"] is None else f"{entry['limit']:.2f}"
        reference = "" if entry["reference"] is None else f"{entry['reference']:.1f}"
        over = "  over the limit" if is_over(entry) else ""
        yield (f"{entry['name']:28}{entry['ours']:>10.1f}{reference:>11} {entry['unit']:10}"
               f"{ratio:>7}{limit:>7}{over}")


def is_over(entry):
    return entry["limit"] is not None and entry["ratio"] > entry["limit"]


def main():
    bench_tree, dev_tree = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        rows = list(Bench(bench_tree, dev_tree, Path(scratch)).rows())
    if sys.argv[3:] == ["--json"]:
        print(json.dumps(rows, indent=1))
    else:
        print("\n".join(as_table(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
