# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controls a software key: plugs it in, touches it, places it on the reader."""

import json
import os
import subprocess

from desktop import LIMIT


class SoftwareKey:
    """At first, the key is not connected and nobody touches it. `start(name, command, **options)`
    starts its process, such as `Desktop.start`. `folder` has its socket, for the program's
    `simulatedKeys`.

    Uses a virtual reader of pcscd if there is one (with_pcscd.py), else a simulated reader."""

    name = "Simulated key"

    def __init__(self, start, program, folder):
        self.folder = folder
        self.folder.mkdir(mode=0o700)
        port = os.environ.get("SPAREKEY_VPCD_PORT")
        self.reader = "Virtual PCD 00 00" if port else "Simulated reader"
        self.process = start(
            "software-key",
            [str(program), "--folder", str(folder), *(["--vpcd", port] if port else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def _answer(self):
        line = self.process.child.stdout.readline()
        if not line:
            raise RuntimeError("the software key has ended: " + self.process.output())
        return json.loads(line)

    def _do(self, what, **more):
        self.process.child.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self.process.child.stdin.flush()
        state = self._answer()
        if not state["done"]:
            raise AssertionError(f"the software key: {what}: {state}")
        return state

    def state(self):
        """`place` ("aside", "port", "reader"), `blinking`, `hasPin`, `pinRetriesLeft`,
        `credentials` and `cardCommands`."""
        return self._do("state")

    def plug_in(self):
        self._do("plugIn")

    def pull_out(self):
        self._do("unplug")

    def place_on_reader(self):
        """Places the key on the reader, which counts as a touch."""
        self._do("placeOnReader")

    def remove_from_reader(self):
        self._do("removeFromReader")

    def wait_for_blinking(self):
        self._do("waitForBlinking", milliseconds=LIMIT * 1000)

    def touch(self):
        """Waits until the key blinks, then touches it once."""
        self.wait_for_blinking()
        self._do("touch")

    def touch_after(self, seconds):
        """Touches the key each time it blinks, from now on."""
        self._do("touchAfter", milliseconds=round(seconds * 1000))

    def never_touch(self):
        self._do("neverTouch")

    def set_pin(self, pin):
        """Sets a PIN, with all PIN retries left."""
        self._do("setPin", pin=pin)

    def age(self, seconds):
        """Simulates time since power-up, for commands that a key accepts only at first."""
        self._do("age", milliseconds=round(seconds * 1000))

    def set_one_time_password(self, code):
        """Sets the one-time password for the next tap. Disconnects the key."""
        self._do("otp", code=code)
