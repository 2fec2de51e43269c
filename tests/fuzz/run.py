#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs all fuzzers for a bounded time and prints what they did.

    run.py BUILD-TREE SECONDS [--keep]

The time is shared out evenly, and each processor runs one fuzzer at a time. What they find that
reaches new code stays in the build tree for the next run; with --keep the smallest set of it that
reaches as much goes to tests/fuzz/seeds.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SEEDS = Path(__file__).resolve().parent / "seeds"
LIMITS = ["-timeout=5", "-rss_limit_mb=2048", "-max_len=4096"]
# libcbor asks for room for as many members as a key claims to send.
ENVIRONMENT = {**os.environ,
               "ASAN_OPTIONS": "allocator_may_return_null=1:max_allocation_size_mb=512"}


def run(program, seconds):
    name = program.name.removeprefix("fuzz_")
    found = program.parent / f"{name}-found"
    found.mkdir(exist_ok=True)
    done = subprocess.run(
        [program, *LIMITS, f"-max_total_time={seconds}", "-print_final_stats=1",
         f"-artifact_prefix={found}/", found, SEEDS / name],
        capture_output=True, text=True, errors="replace", env=ENVIRONMENT, check=False)
    count = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    return (name, int(count[1]) if count else 0, int(covered[-1]) if covered else 0, done)


def keep(program):
    name = program.name.removeprefix("fuzz_")
    subprocess.run([program, "-merge=1", *LIMITS, SEEDS / name, program.parent / f"{name}-found"],
                   env=ENVIRONMENT, check=True, capture_output=True)


def main():
    tree, seconds = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    programs = sorted(path for path in (tree / "tests/fuzz").glob("fuzz_*") if path.is_file())
    if not programs:
        print("No fuzzer is built.")
        return 1
    jobs = min(os.cpu_count() or 1, len(programs))
    each = max(1, seconds * jobs // len(programs))
    started = time.monotonic()
    failed = total = 0
    print(f"{'fuzzer':<16}{'executions':>14}{'a second':>10}{'covered':>10}")
    with ThreadPoolExecutor(jobs) as pool:
        for name, count, covered, done in pool.map(lambda program: run(program, each), programs):
            total += count
            failed += done.returncode != 0
            print(f"{name:<16}{count:>14,}{count // each:>10,}{covered:>10,}"
                  + ("" if done.returncode == 0 else "   FAILED"), flush=True)
            if done.returncode != 0:
                print(done.stderr[-3000:])
    if "--keep" in sys.argv:
        for program in programs:
            keep(program)
    print(f"{total:,} executions in {time.monotonic() - started:.0f} s")
    print(f"{len(programs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
