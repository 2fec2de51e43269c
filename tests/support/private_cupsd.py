#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a private CUPS server with one printer that writes to a file.

Usage: private_cupsd.py [--printer NAME] [--output FILE]

Prints these lines when the server answers:

    CUPS_SERVER=<socket>      for the environment of the program that prints
    OUTPUT=<file>             the last printed document
    SPOOL=<folder>            where the server keeps the jobs' documents
    PRINTER=<name>
    READY

Then it reads one command per line from its standard input and answers "OK" or "ERROR <why>":

    reject | accept           the printer refuses or accepts jobs
    pause | resume            jobs wait, or are printed
    remove | add              the printer is removed, or added again
    stop                      ends the server; this program runs until its input is closed

When its input is closed, the server ends and all files are deleted. The server listens only on a
socket in a private folder. Works for root and for a normal user.
"""

import argparse
import os
import pathlib
import pwd
import grp
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CUPSD = "/usr/sbin/cupsd"
PPD = "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd"


class Server:
    def __init__(self, printer, output):
        # Short, because the path of a Unix socket may have at most 107 characters.
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))
        self.printer = printer
        self.output = pathlib.Path(output) if output else self.root / "printed.pdf"
        self.socket = self.root / "socket"
        self.process = None

    def write_configuration(self):
        as_root = os.geteuid() == 0
        # If the server runs as root, filters run as this user and need access to these folders.
        user = "lp" if as_root else pwd.getpwuid(os.geteuid()).pw_name
        group = "lp" if as_root else grp.getgrgid(os.getegid()).gr_name
        self.root.chmod(0o755)
        for name in ("etc", "spool", "spool/tmp", "cache", "state", "state/certs", "log"):
            folder = self.root / name
            folder.mkdir(parents=True)
            if as_root and name.startswith(("spool", "cache")):
                shutil.chown(folder, user, group)
        self.output.parent.mkdir(parents=True, exist_ok=True)
        (self.root / "etc/cups-files.conf").write_text(
            f"""FileDevice Yes
User {user}
Group {group}
SystemGroup {"root lpadmin" if as_root else group}
ServerRoot {self.root}/etc
RequestRoot {self.root}/spool
TempDir {self.root}/spool/tmp
CacheDir {self.root}/cache
StateDir {self.root}/state
ServerKeychain {self.root}/etc/ssl
AccessLog {self.root}/log/access
ErrorLog {self.root}/log/error
PageLog {self.root}/log/page
DataDir /usr/share/cups
DocumentRoot /usr/share/cups/doc-root
ServerBin /usr/lib/cups
""")
        (self.root / "etc/cupsd.conf").write_text(
            f"""Listen {self.socket}
LogLevel info
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobFiles Yes
PreserveJobHistory Yes
DirtyCleanInterval 0
MultipleOperationTimeout 30
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
""")

    def environment(self):
        return {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}

    def run(self, *command):
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True,
                              timeout=30, check=False)
        if done.returncode != 0:
            raise RuntimeError((done.stderr or done.stdout).strip().replace("\n", " "))

    def start(self):
        self.write_configuration()
        self.process = subprocess.Popen(
            [CUPSD, "-f", "-c", str(self.root / "etc/cupsd.conf"),
             "-s", str(self.root / "etc/cups-files.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            if self.process.poll() is not None:
                raise RuntimeError("cupsd ended: " + self.log())
            if self.socket.exists():
                try:
                    self.run("/usr/bin/lpstat", "-r")
                    break
                except RuntimeError:
                    pass
            if time.monotonic() > deadline:
                raise RuntimeError("cupsd does not answer: " + self.log())
            time.sleep(0.05)
        self.add()

    def log(self):
        path = self.root / "log/error"
        return path.read_text(errors="replace")[-2000:] if path.exists() else "no log"

    def add(self):
        # With a PPD file, so that CUPS does not have to list all models first.
        self.run("/usr/sbin/lpadmin", "-p", self.printer, "-E", "-v", f"file:{self.output}",
                 "-P", PPD, "-D", "Paper in a file", "-L", "Test bench")
        self.run("/usr/sbin/lpadmin", "-d", self.printer)

    def remove(self):
        self.run("/usr/sbin/lpadmin", "-x", self.printer)

    def stop(self):
        if not self.process or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def command(self, word):
        simple = {
            "reject": "/usr/sbin/cupsreject",
            "accept": "/usr/sbin/cupsaccept",
            "pause": "/usr/sbin/cupsdisable",
            "resume": "/usr/sbin/cupsenable",
        }
        if word in simple:
            self.run(simple[word], self.printer)
        elif word == "remove":
            self.remove()
        elif word == "add":
            self.add()
        elif word == "stop":
            self.stop()
        else:
            raise RuntimeError("unknown command")


def end(_signal, _frame):
    sys.exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--printer", default="sheet")
    parser.add_argument("--output")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)

    server = Server(options.printer, options.output)
    try:
        server.start()
        print(f"CUPS_SERVER={server.socket}\nOUTPUT={server.output}\n"
              f"SPOOL={server.root}/spool\nPRINTER={server.printer}\nREADY", flush=True)
        for line in sys.stdin:
            try:
                server.command(line.strip())
                print("OK", flush=True)
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                print(f"ERROR {error}", flush=True)
    except RuntimeError as error:
        print(f"ERROR {error}", flush=True)
        sys.exit(1)
    finally:
        server.stop()
        shutil.rmtree(server.root, ignore_errors=True)


if __name__ == "__main__":
    main()
