#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command on a private session bus, with or without a keyring.

Usage: private_keyring.py [--none|--no-bus|--silent|--prompting] COMMAND [ARGUMENT…]

Without an option, the bus has a gnome-keyring. The bus does not start services automatically.
    --none       no Secret Service
    --no-bus     no session bus
    --silent     a Secret Service that never answers
    --prompting  a Secret Service whose prompts nobody answers; fails unless a prompt was opened
The home folder, with the keyring's file, is a temporary folder, so that the user's own keyring is
not used. All ends with the command, whose exit status is passed on.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def start_bus(root, env):
    socket = root / "bus"
    configuration = root / "bus.conf"
    configuration.write_text(BUS.format(socket=socket))
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile",
         "--print-address"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=env)
    address = bus.stdout.readline().strip()
    if not address:
        sys.exit("The session bus did not start.")
    env["DBUS_SESSION_BUS_ADDRESS"] = address
    return bus


def start_keyring(root, env):
    """Starts a keyring and unlocks it with a password, which creates its default collection."""
    keyring = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets",
         f"--control-directory={root / 'keyring'}"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    keyring.stdin.write(b"pass word of a test")
    keyring.stdin.close()
    question = ["dbus-send", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
    end = time.monotonic() + 20
    while "true" not in subprocess.run(question, env=env, capture_output=True, text=True,
                                       check=False).stdout:
        if time.monotonic() > end or keyring.poll() is not None:
            sys.exit("The keyring did not start.")
        time.sleep(0.05)
    return keyring


def start_other_keyring(kind, env):
    """Starts a Secret Service that never answers, or that prompts before each call."""
    program = pathlib.Path(__file__).with_name(f"{kind}_keyring.py")
    keyring = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=env)
    if keyring.stdout.readline().strip() != "ready":
        sys.exit(f"The {kind} keyring did not start.")
    return keyring


def main():
    option = sys.argv[1] if sys.argv[1] in ("--none", "--no-bus", "--silent", "--prompting") \
        else None
    command = sys.argv[2:] if option else sys.argv[1:]
    # Short, because the path of a Unix socket may have at most 107 characters.
    root = pathlib.Path(tempfile.mkdtemp(prefix="keyring-"))
    env = {name: value for name, value in os.environ.items()
           if not name.startswith(("XDG_", "DBUS_", "GNOME_"))}
    for name, folder in (("HOME", "home"), ("XDG_RUNTIME_DIR", "runtime")):
        (root / folder).mkdir(mode=0o700)
        env[name] = str(root / folder)
    children = []
    try:
        if option == "--no-bus":
            # With a display, a bus would be started automatically.
            env.pop("DISPLAY", None)
        else:
            children.append(start_bus(root, env))
        if option in ("--silent", "--prompting"):
            children.append(start_other_keyring(option[2:], env))
        if not option:
            children.append(start_keyring(root, env))
        status = subprocess.run(command, env=env, check=False).returncode
        if option == "--prompting":
            children[-1].terminate()
            calls = children[-1].stdout.read().split()
            if "Prompt" not in calls:
                print(f"The keyring opened no prompt, only {calls}")
                return 1
        return status
    finally:
        for child in reversed(children):
            child.terminate()
            child.wait()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
