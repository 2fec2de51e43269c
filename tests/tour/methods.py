# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets up several methods and saves the recovery code, then signs in with a second step."""

import base64
import hmac
import re
import struct
import time

from story import Story, must
from window import poll

METHODS = ("Email", "Authenticator app", "Passkey", "Yubico OTP security key", "Duo")


def totp(key):
    """The code that an authenticator app shows now for the key (RFC 6238 with default values)."""
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, start)[0] & 0x7fffffff) % 1_000_000:06}"


class MethodsStory(Story):
    role = "nothing-on"
    fills_in_email = True
    key = ""

    def steps(self):
        def looked_at(theme):
            return [(f"Manage {name}, {theme.lower()}",
                     lambda name=name: self.looked_at(name, theme)) for name in METHODS]
        return [
            ("Nothing is on", self.nothing_on),
            ("Authenticator app", self.authenticator),
            ("Wrong code of the app", self.wrong_app_code),
            ("First method is on", self.first_method),
            ("Recovery code is kept", self.recovery_code_kept),
            ("Setup sheet", self.setup_sheet),
            ("Email, code sent", self.email_sent),
            ("Email is on", self.email_on),
            ("YubiKey touched", self.yubikey_touched),
            ("YubiKey is on", self.yubikey_on),
            ("Duo refuses a foreign host", self.duo_foreign_host),
            ("Duo is on", self.duo_on),
            *looked_at("Light"),
            *looked_at("Dark"),
            ("Turn off Duo", self.turn_off),
            ("Turned off", self.turned_off),
            ("Every second step", self.second_step),
            ("Other methods", self.other_methods),
            ("In by the authenticator app", self.in_by_authenticator),
        ]

    def _row(self, name, state):
        self.window.find("list item", contains=f"{name}, turned {state}")

    def _manage(self, name, verb="Manage"):
        self.window.press(f"{verb} {name}")
        self._log_in(self.password)

    def _set_up(self, name):
        self._manage(name, "Set up")

    def _described(self, name):
        return self.window.find("label", name, described=True).description

    # ---- the steps

    def nothing_on(self):
        self._log_in(self.password)
        self.window.sees("Providers")
        self._choose_appearance("Light")
        self.window.press("Security", "push button")
        for name in METHODS:
            self._row(name, "off")
        self.window.sees("No method is on")

    def authenticator(self):
        self.window.press("Set up authenticator app (recommended)")
        self._log_in(self.password)
        self.key = re.sub(r"[^A-Z2-7]", "", self._described("Setup key").upper())
        must(len(self.key) == 32, "the key is not of 32 letters")
        self.window.find(name="QR code of the setup key")
        self.window.sees("Scan the code")
        must(not self.window.all("push button", "Print…"), "a key is printed that may be wrong")

    def setup_sheet(self):
        self._manage("Authenticator app")
        self.window.press("Show QR code and setup key")
        self.window.press("Print…")
        self.window.find(name="Preview of the setup sheet")
        self.take_picture()
        self._close("Close")
        self._close("Close")

    def wrong_app_code(self):
        self.window.type_into("Verification code", "000 00")
        self.window.press("Turn on", "push button")
        self.window.sees("6 digits")
        must(not self._sent_codes(), "a code of five digits was sent")
        wrong = "000 000" if totp(self.key) != "000000" else "111 111"
        self.window.type_into("Verification code", wrong)
        self.window.press("Turn on", "push button")
        self.window.sees("That code was not accepted")
        must(self._sent_codes() == 1, "the code was not sent once")
        self._row_on_server("0", False)

    def _sent_codes(self):
        return sum(1 for request in self.server.requests() if request["method"] == "PUT"
                   and request["path"] == "/api/two-factor/authenticator")

    def _row_on_server(self, number, wanted):
        on = self.server.account(self.role)["providers"].get(number, False)
        must(bool(on) == wanted, f"at the server provider {number} is {on}")

    def first_method(self):
        code = totp(self.key)
        self.window.type_into("Verification code", f"{code[:3]} {code[3:]}")
        self.window.press("Turn on", "push button")
        self.window.sees("Two-step login is on. Keep this code")
        self._row_on_server("0", True)
        shown = re.sub(r"[^0-9A-Z]", "", self._described("Recovery code").upper())
        self.code = self.server.account(self.role)["recoveryCode"].upper()
        must(shown == self.code, "another code is shown than the server has")

    def recovery_code_kept(self):
        file = self.documents / "recovery-sheet.txt"
        self._open_save("Text")
        self._save_to(file)
        self.window.sees("Saved and verified")
        self._must_be_private(file)
        self._must_have_code(file.read_text(), "the text")
        file.unlink()
        self._close("Done")
        self.take_picture()
        self.window.press("Done")
        self._row("Authenticator app", "on")

    def email_sent(self):
        self._set_up("Email")
        self.window.type_into("1. Email for the codes", self.email)
        self.window.press("Send email")
        self.window.sees(f"Code sent to {self.email}")

    def email_on(self):
        code = self.server.emails()[-1]["code"]
        self.window.type_into("2. Code from the email", code)
        self.window.press("Turn on", "push button")
        self._row_is_on_after_dialog("Email")

    def _row_is_on_after_dialog(self, name):
        poll(lambda: not self.window.all("push button", "Turn on"))
        if self.window.all("push button", "Close"):
            self._close("Close")
        self._row(name, "on")

    def yubikey_touched(self):
        self._set_up("Yubico OTP security key")
        otp = self.server.touch_yubikey("tour")
        self.window.type_into("YubiKey 1, empty", otp)
        self.window.key("Return")  # as a real key does
        self.window.sees("Not saved yet", otp[:12])
        self._row_on_server("3", False)

    def yubikey_on(self):
        self.window.press("Turn on", "push button")
        poll(lambda: self.server.account(self.role)["providers"].get("3"))
        self._row_is_on_after_dialog("Yubico OTP security key")

    def duo_foreign_host(self):
        self._set_up("Duo")
        self.window.type_into("Client ID", "DI" + "A1B2C3D4E5" + "F6G7H8I9")
        self.window.type_into("Client secret", "s3cr3t" * 6 + "s3cr")
        self.window.type_into("API hostname", "api-1234.duosecurity.com.bank.example")
        self.window.press("Turn on", "push button")
        self.window.sees("duosecurity.com")
        self._row_on_server("2", False)

    def duo_on(self):
        self.window.type_into("API hostname", "api-1a2b3c4d.duosecurity.com")
        if not self.window.all("entry", "Client secret"):
            self.window.type_into("Client secret", "s3cr3t" * 6 + "s3cr")
        self.window.press("Turn on", "push button")
        poll(lambda: self.server.account(self.role)["providers"].get("2"))
        self._row_is_on_after_dialog("Duo")

    def looked_at(self, name, theme):
        if name == METHODS[0]:
            self._choose_appearance(theme)
            self.window.press("Security", "push button")
        off = name == "Passkey"
        self._manage(name, "Set up" if off else "Manage")
        self.window.sees("Add security key" if off else "This method is protecting")
        self.take_picture()
        self._close("Cancel" if off else "Close")

    def turn_off(self):
        self.window.press("More for Duo")
        self.window.press("Turn off Duo…", "menu item")
        self.window.sees("Turn off Duo?", "You won’t be asked for it at sign-in.")

    def turned_off(self):
        self._log_in(self.password)
        self._row("Duo", "off")
        self._row_on_server("2", False)

    def second_step(self):
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self._log_in(self.password)
        self._second_step_is_asked_for()

    def other_methods(self):
        self.window.press("Select another method")
        for name in ("Authenticator app", "Email", "Yubico OTP security key", "Recovery code"):
            self.window.find("push button", name)
        must(not self.window.all("push button", "Duo"), "a method is offered that is off")

    def in_by_authenticator(self):
        self.window.press(contains="Authenticator app")
        # The code of the next time step, because each code is valid only once.
        code = self.server.account(self.role)["authenticatorCodes"][2]
        self.window.type_into("Verification code", code)
        self.window.key("Return")
        self._row("Authenticator app", "on")
        self._no_secret_left_behind()
