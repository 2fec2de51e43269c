# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""with_pcscd.py COMMAND…: runs it beside a pcscd of its own, whose only reader is vpcd.

The daemon has one fixed socket and the reader one fixed port, so both live in namespaces of their
own: nothing of this computer's readers is seen or touched. Where the system refuses that, or the
packages are missing, nothing is run and the status is 77."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SKIPPED = 77
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
PORT = 35963
RUN = Path("/run/pcscd")
INSIDE = "--inside"


def skip(why):
    print(f"Skipped: {why}.")
    sys.exit(SKIPPED)


def enter():
    for path, package in ((shutil.which("pcscd") or "/usr/sbin/pcscd", "pcscd"),
                          (DRIVER, "vsmartcard-vpcd"),
                          (shutil.which("ip") or "/usr/sbin/ip", "iproute2")):
        if not Path(path).exists():
            skip(f"the package {package} is not installed")
    own = ["unshare", "--net", "--mount"]
    if os.geteuid() != 0:
        own += ["--map-root-user"]
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode != 0:
        skip("the system allows no namespaces")
    os.execvp(own[0], [*own, sys.executable, __file__, INSIDE, *sys.argv[1:]])


def wait_until(happened, seconds, daemon):
    end = time.monotonic() + seconds
    while not happened():
        if daemon.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def listens():
    # Looks instead of connecting: a connection would be a card.
    wanted = f":{PORT:04X}"
    return any(line.split()[1].endswith(wanted) and line.split()[3] == "0A"
               for line in Path("/proc/net/tcp").read_text().splitlines()[1:])


def run(command):
    if not RUN.is_dir():
        # Only root can make it; in a namespace, the folder above is covered instead.
        try:
            RUN.mkdir()
        except OSError:
            subprocess.run(["mount", "-t", "tmpfs", "none", RUN.parent], check=True)
            RUN.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", RUN], check=False).returncode != 0:
        skip("the system allows no mounts")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder, "conf")
        configuration.mkdir()
        Path(configuration, "vpcd").write_text(
            'FRIENDLYNAME "Virtual PCD"\n'
            f"DEVICENAME /dev/null:{PORT:#06x}\nLIBPATH {DRIVER}\nCHANNELID {PORT:#06x}\n")
        with open(Path(folder, "log"), "w+", encoding="utf-8") as log:
            daemon = subprocess.Popen(
                ["pcscd", "--foreground", "--error", "--config", configuration],
                stdout=log, stderr=log,
                env={**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin"})
            try:
                ready = wait_until(lambda: Path(RUN, "pcscd.comm").exists() and listens(), 10,
                                   daemon)
                if not ready:
                    log.seek(0)
                    print("pcscd did not start:\n" + log.read())
                    return 1
                return subprocess.run(command, check=False).returncode
            finally:
                daemon.terminate()
                daemon.wait()


def main():
    if sys.argv[1:2] == [INSIDE]:
        sys.exit(run(sys.argv[2:]))
    if len(sys.argv) < 2:
        print(__doc__)
        sys.exit(2)
    enter()


if __name__ == "__main__":
    main()
