# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the actions of the five most frequent tasks and compares them with effort.toml."""

import contextlib
import re
import tomllib
from pathlib import Path

from desktop import wait_until
from methods import totp
from story import Story, must

LIMITS = tomllib.loads(Path(__file__).with_name("effort.toml").read_text(encoding="utf-8"))


class TasksStory(Story):
    """Does each task in the shortest way that the window offers."""

    role = "nothing-on"
    has_security_key = True

    def steps(self):
        return [
            ("Set up the authenticator app", self.set_up_authenticator),
            ("Sign in and print the recovery code", self.sign_in_and_print),
            ("Add a security key", self.add_security_key),
            ("Turn off a lost method", self.turn_off_lost_method),
            ("Sign in by the recovery code", self.sign_in_by_recovery_code),
        ]

    @contextlib.contextmanager
    def _task(self, name):
        """Counts the actions in a task and checks the limits."""
        self.window.activations = self.window.secrets = 0
        yield
        counts = {"activations": self.window.activations, "secrets": self.window.secrets}
        print(f"{name}: {counts}")
        for what, count in counts.items():
            must(count <= LIMITS[name][what], f"{name}: {count} {what}, not {LIMITS[name][what]}")

    def _print_sheet(self):
        self.window.press("Print…")
        self._sees_printer()
        self.window.press("Print", "push button")
        self.window.sees("Check the paper. Is it readable?")
        # This also closes the page with the code.
        self.window.press("Yes, readable", "push button")
        self.window.sees_no("Turns off two-step login, with your email")

    def _sign_out(self):
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self.window.sees("Sign in to your account")

    def _row(self, name, state):
        self.window.find("list item", contains=f"{name}, turned {state}")

    # ---- the steps

    def set_up_authenticator(self):
        self._log_in(self.password)
        self._row("Authenticator app", "off")
        with self._task("authenticator and sheet"):
            self.window.press("Set up authenticator app (recommended)")
            self._log_in(self.password)
            told = self.window.find("label", "Setup key", described=True).description
            self.window.type_secret(totp(re.sub(r"[^A-Z2-7]", "", told.upper())),
                                    "Verification code")
            self.window.press("Turn on", "push button")
            self.window.sees("Keep this code")
            self._print_sheet()
            self._row("Authenticator app", "on")

    def sign_in_and_print(self):
        self._sign_out()
        with self._task("sign in and sheet"):
            self._log_in(self.password)
            self._second_step_is_asked_for()
            # The code of the next time step, because each code is valid only once.
            code = self.server.account(self.role)["authenticatorCodes"][2]
            self.window.type_secret(code, "Verification code")
            self.window.key("Return")
            self.window.press("View recovery code")
            self._log_in(self.password)
            self.window.find("label", "Recovery code", described=True)
            self._print_sheet()

    def add_security_key(self):
        self.security_key.plug_in()
        with self._task("security key"):
            self.window.press("Set up Passkey")
            self._log_in(self.password)
            # A single key is used at once, and a touch registers it.
            self.security_key.touch()
            self.window.press("Test the key", "push button")
            self.security_key.touch()
            self.window.sees("The key works")
            self.window.press("Done", "push button")
            self._row("Passkey", "on")

    def turn_off_lost_method(self):
        with self._task("turn off a lost method"):
            self.window.press("More for Passkey")
            self.window.press("Turn off Passkey…", "menu item")
            self._log_in(self.password)
            self._row("Passkey", "off")

    def sign_in_by_recovery_code(self):
        self._sign_out()
        code = self.server.account(self.role)["recoveryCode"]
        with self._task("recovery code"):
            self._log_in(self.password)
            self._second_step_is_asked_for()
            self.window.press("Use your recovery code")
            self.window.type_secret(code, "Recovery code")
            self.window.press("Turn off two-step login and sign in", "push button")
            self.window.sees("Your recovery code was used")
        wait_until(lambda: not any(self.server.account(self.role)["providers"].values()),
                   "the server turning every method off")
