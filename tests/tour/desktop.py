# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop for the tour: display, window manager, session bus, accessibility bus.

Everything is private to one run: the display has an unused number, the sockets and the home
folder are in a temporary folder, and all processes end with the run.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

SIZE = "1280x1080"
# Timeout for the small programs of the desktop, in seconds; long enough for a busy machine.
LIMIT = 60

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


class Process:
    """A child process whose output is written to a file."""

    def __init__(self, name, command, log, env, **options):
        self.name = name
        self.log = Path(log)
        with open(self.log, "ab") as output:
            self.child = subprocess.Popen(
                command, stdout=options.pop("stdout", output), stderr=output, env=env, **options)

    def output(self):
        return self.log.read_text(errors="replace")

    def running(self):
        return self.child.poll() is None

    def end(self, timeout=5):
        if self.child.stdin:
            with contextlib.suppress(OSError):
                self.child.stdin.close()
        if self.running():
            self.child.terminate()
        try:
            return self.child.wait(timeout)
        except subprocess.TimeoutExpired:
            self.child.kill()
            return self.child.wait()


class Desktop:
    """Use as a context manager; `env` is the environment for programs on this desktop."""

    def __init__(self):
        # Short, because the path of a Unix socket may have at most 107 characters.
        self.scratch = Path(tempfile.mkdtemp(prefix="tour-"))
        self.home = self.scratch / "home"
        self.runtime = self.scratch / "runtime"
        self.logs = self.scratch / "logs"
        for folder in (self.home, self.runtime, self.logs):
            folder.mkdir(mode=0o700)
        self.processes = []
        self.screen_saver = None
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": "software",
            "QT_SCALE_FACTOR": "1",
        }

    def __enter__(self):
        try:
            self._start_display()
            self._start_bus()
            self.start("openbox", ["openbox", "--sm-disable"])
            self.start("at-spi", ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        except BaseException:
            self.__exit__()
            raise
        # pyatspi reads these when the caller imports it later.
        os.environ.update(self.env)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.end()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def start(self, name, command, env=None, **options):
        process = Process(
            name, command, self.logs / f"{name}.log", {**self.env, **(env or {})}, **options)
        self.processes.append(process)
        return process

    def end(self, process):
        self.processes.remove(process)
        return process.end()

    def _start_display(self):
        reading, writing = os.pipe()
        self.start("xvfb", ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE}x24",
                            "-nolisten", "tcp", "-noreset"], pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start: " + self.processes[-1].output())
        self.env["DISPLAY"] = f":{number}"

    def _start_bus(self):
        """The bus does not start services, such as a keyring that waits for a password."""
        configuration = self.scratch / "bus.conf"
        configuration.write_text(BUS.format(socket=self.runtime / "bus"))
        bus = self.start("dbus", ["dbus-daemon", f"--config-file={configuration}", "--nofork",
                                  "--nopidfile", "--print-address"],
                         stdout=subprocess.PIPE, text=True)
        address = bus.child.stdout.readline().strip()
        if not address:
            raise RuntimeError("The session bus did not start: " + bus.output())
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address

    def lock_screen(self):
        """Sends the signal of a desktop that locks the screen. Repeat it until it has an effect: a
        listener misses it as long as it does not know the owner of the bus name."""
        from gi.repository import Gio, GLib
        name = "org.gnome.ScreenSaver"
        if self.screen_saver is None:
            self.screen_saver = Gio.DBusConnection.new_for_address_sync(
                self.env["DBUS_SESSION_BUS_ADDRESS"],
                Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
            self.screen_saver.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                "RequestName", GLib.Variant("(su)", (name, 0)), None, 0, LIMIT * 1000, None)
        self.screen_saver.emit_signal(None, "/org/gnome/ScreenSaver", name, "ActiveChanged",
                                      GLib.Variant("(b)", (True,)))
        self.screen_saver.flush_sync(None)

    def program_window(self):
        """The id of the program's window on the display; None if there is none."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "sparekey"],
                               env=self.env, capture_output=True, text=True, check=False)
        return (found.stdout.split() or [None])[0]

    def resize(self, width, height):
        """Resizes the program's window and moves the pointer out, so that nothing is hovered."""
        subprocess.run(["xdotool", "windowsize", "--sync", self.program_window(), str(width),
                        str(height), "mousemove", *SIZE.split("x")],
                       env=self.env, check=True, timeout=LIMIT)

    def picture(self, path):
        """Saves a PNG of the program's window, or of the whole display if there is no window."""
        subprocess.run(["import", "-window", self.program_window() or "root", str(path)],
                       env=self.env, check=True, timeout=LIMIT)


def wait_until(condition, what, seconds=LIMIT):
    """Polls until `condition()` is true and returns that value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: did not happen within {seconds} s")
        time.sleep(0.05)
