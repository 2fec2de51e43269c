# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A security key in software in the hand of whoever tells a story: plugged in, touched, laid down."""

import json
import os
import subprocess

from desktop import LIMIT


class SoftwareKey:
    """Lies aside at first, and nobody touches it. `start(name, command, **options)` is how its
    process is made, such as `Desktop.start`; `folder` is where it is lent, for the program's
    `simulatedKeys`.

    The reader it is laid on is one of the pcscd beside which this runs (with_pcscd.py), else one
    of the key's own."""

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

    def lay(self):
        """On the reader; that is a touch too."""
        self._do("lay")

    def take(self):
        self._do("take")

    def wait_for_blinking(self):
        self._do("waitForBlinking", milliseconds=LIMIT * 1000)

    def touch(self):
        """Once, when it blinks."""
        self.wait_for_blinking()
        self._do("touch")

    def touch_after(self, seconds):
        """Each time it blinks, from now on."""
        self._do("touchAfter", milliseconds=round(seconds * 1000))

    def never_touch(self):
        self._do("neverTouch")

    def set_pin(self, pin):
        """As it was set elsewhere, with all tries."""
        self._do("setPin", pin=pin)

    def age(self, seconds):
        """As if it had been there for so long, for what a key takes only at first."""
        self._do("age", milliseconds=round(seconds * 1000))

    def set_one_time_password(self, code):
        """What a YubiKey tells at the next tap. Puts the key aside."""
        self._do("otp", code=code)
