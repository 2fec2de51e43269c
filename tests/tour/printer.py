# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private print service with one printer that writes to a file."""

import subprocess
from pathlib import Path

HELPER = Path(__file__).resolve().parents[1] / "support" / "private_cupsd.py"


class Printer:
    def __init__(self, desktop, output):
        self.process = desktop.start(
            "printer", ["/usr/bin/python3", str(HELPER), "--output", str(output)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = {}
        for line in self.process.child.stdout:
            if line.strip() == "READY":
                break
            key, _, value = line.strip().partition("=")
            told[key] = value
        else:
            raise RuntimeError(f"the print service did not start: {told}")
        self.server = told["CUPS_SERVER"]
        self.output = Path(told["OUTPUT"])
        self.spool = Path(told["SPOOL"])

    def say(self, command):
        """Sends a command such as "reject" or "remove"; see private_cupsd.py."""
        self.process.child.stdin.write(command + "\n")
        self.process.child.stdin.flush()
        answer = self.process.child.stdout.readline().strip()
        if answer != "OK":
            raise RuntimeError(f"the print service: {command}: {answer}")

    def documents(self):
        """The documents that are still in the print queue."""
        return sorted(path for path in self.spool.glob("d*") if path.is_file())

    def printed_pdf(self):
        """The printed PDF without the printer's own lines around it; empty if there is none yet."""
        job = self.output.read_bytes() if self.output.exists() else b""
        begin, end = job.find(b"%PDF-"), job.rfind(b"%%EOF")
        return job[begin:end + 6] if 0 <= begin < end else b""
