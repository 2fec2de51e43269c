# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""with_pcscd.py [--or-without] COMMAND…: runs it beside a pcscd of its own, whose only reader is vpcd.

The daemon has one fixed socket and the reader one fixed port, so both live in namespaces of their
own: nothing of this computer's readers is seen or touched. COMMAND finds the port in its
environment, as SPAREKEY_VPCD_PORT. Where the system refuses that, or the packages are missing,
nothing is run and the status is 77; with --or-without, COMMAND is run without all that."""

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
OR_WITHOUT = "--or-without"
INSIDE = "--inside"


class Refused(Exception):
    """Why there can be no pcscd here."""


def enter(arguments):
    for path, package in ((shutil.which("pcscd") or "/usr/sbin/pcscd", "pcscd"),
                          (DRIVER, "vsmartcard-vpcd"),
                          (shutil.which("ip") or "/usr/sbin/ip", "iproute2")):
        if not Path(path).exists():
            raise Refused(f"the package {package} is not installed")
    own = ["unshare", "--net", "--mount"]
    if os.geteuid() != 0:
        own += ["--map-root-user"]
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode != 0:
        raise Refused("the system allows no namespaces")
    os.execvp(own[0], [*own, sys.executable, __file__, INSIDE, str(os.geteuid()),
                       str(os.getegid()), *arguments])


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


def make_room():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    if not RUN.is_dir():
        # Only root can make it; in a namespace, the folder above is covered instead.
        try:
            RUN.mkdir()
        except OSError:
            subprocess.run(["mount", "-t", "tmpfs", "none", RUN.parent], check=True)
            RUN.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", RUN], check=False).returncode != 0:
        raise Refused("the system allows no mounts")


def as_before(user, group, command):
    """Root's rights within the namespaces are for the daemon only."""
    if user == 0:
        return command
    return ["unshare", "--user", f"--map-user={user}", f"--map-group={group}", *command]


def run(command):
    make_room()
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
                return subprocess.run(
                    command, check=False,
                    env={**os.environ, "SPAREKEY_VPCD_PORT": str(PORT)}).returncode
            finally:
                daemon.terminate()
                daemon.wait()


def main():
    arguments = sys.argv[1:]
    inside = arguments[:1] == [INSIDE]
    if inside:
        user, group = (int(number) for number in arguments[1:3])
        arguments = arguments[3:]
    or_without = arguments[:1] == [OR_WITHOUT]
    command = arguments[1:] if or_without else arguments
    if not command:
        print(__doc__)
        sys.exit(2)
    if inside:
        command = as_before(user, group, command)
    try:
        if inside:
            sys.exit(run(command))
        enter(arguments)
    except Refused as why:
        print(f"{'No pcscd' if or_without else 'Skipped'}: {why}.", flush=True)
        if not or_without:
            sys.exit(SKIPPED)
        os.execvp(command[0], command)


if __name__ == "__main__":
    main()
