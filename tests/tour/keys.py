# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A security key from first use to removal: over USB and NFC, at sign-in and on its page."""

import time

from story import Story, must
from window import poll

PIN = "24680"


class KeysStory(Story):
    role = "nothing-on"
    has_security_key = True
    secrets = (PIN,)

    def steps(self):
        return [
            ("No key is there", self.no_key),
            ("Key plugged in", self.plugged_in),
            ("Touch the key", self.touch),
            ("Key is registered", self.registered),
            ("Key is tested", self.tested),
            ("Code after the first key", self.code_kept),
            ("Security keys", self.hardware_keys),
            ("Two different PINs", self.different_pins),
            ("PIN is set", self.pin_is_set),
            ("PIN before the tap", self.over_nfc),
            ("Key is registered already", self.same_key),
            ("Touch to sign in", self.touch_to_sign_in),
            ("In by the key over USB", self.in_over_usb),
            ("Wrong PIN", self.wrong_pin),
            ("What the key keeps", self.kept_by_the_key),
            ("Reset a key", self.reset_asked),
            ("Key was reset", self.was_reset),
            ("Place the key on the reader", self.register_over_nfc),
            ("Registered over NFC", self.read_over_nfc),
            ("Tested over NFC", self.tested_over_nfc),
            ("Remove a passkey", self.remove_asked),
            ("Passkey removed", self.removed),
            ("Place the key to sign in", self.place_to_sign_in),
            ("In by the key over NFC", self.in_over_nfc),
            ("What is left", self.what_is_left),
            ("Passkeys turned off", self.turned_off),
            ("YubiKey code from the reader", self.yubikey_on_reader),
            ("In by a YubiKey on the reader", self.in_by_yubikey_on_reader),
        ]

    def after_each_step(self):
        super().after_each_step()
        must(PIN not in self.window.everything(), "a PIN can be read on the accessibility bus")

    # ---- helpers of the steps

    def _row(self, name, state):
        self.window.find("list item", contains=f"{name}, turned {state}")

    def _manage(self):
        self.window.press("Manage Passkey")
        self._log_in(self.password)
        self.window.sees("Your keys")

    def _passkeys(self):
        return self.server.account(self.role)["passkeys"]

    def _add(self, name):
        self.window.press("Add security key", "push button")
        self.window.type_into("Name", name)

    def _choose(self, device):
        self.window.press(device, "radio button")

    def _sign_out(self):
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self.window.sees("Sign in to your account")

    def _type_pin(self, pin):
        self.window.type_into("PIN of the key", pin)
        self.window.key("Return")

    def _asked(self, title, words):
        """Checks what the prompt shows and what a screen reader announces."""
        told = self.window.find("alert", title, described=True).description
        must(words in told, f"{title!r} is not told by {words!r} but {told!r}")

    # ---- the steps

    def no_key(self):
        self._log_in(self.password)
        self._row("Passkey", "off")
        # Without keys, the list is not shown.
        self.window.press("Set up Passkey")
        self._log_in(self.password)
        self.window.sees("Add security key")
        self.window.find("radio button", self.security_key.reader)

    def plugged_in(self):
        self.security_key.plug_in()
        # A single key is used without pressing a button.
        self._asked("Touch your key", "seconds left")
        self.window.find("text", "Name", contains=self.security_key.name)

    def touch(self):
        # The name can be changed until the touch.
        self.window.type_into("Name", "Blue key")
        self.security_key.wait_for_blinking()
        must(not self._passkeys(), "something was registered without a touch")

    def registered(self):
        self.security_key.touch()
        self.window.sees("“Blue key” is registered", "Test the key")
        must(self._passkeys() == ["Blue key"], f"the server has {self._passkeys()}")

    def tested(self):
        self.window.press("Test the key", "push button")
        self.window.sees("Touch your key")
        self.security_key.touch()
        self.window.sees("The key works")

    def code_kept(self):
        self.window.press("Done", "push button")
        self.window.sees("Two-step login is on. Keep this code")
        self.take_picture()
        self.window.press("I saved it another way")
        self.window.press("Done", "push button")
        self._row("Passkey", "on")

    def hardware_keys(self):
        self.window.press("Security keys", "push button")
        self.window.sees("Connected", "Blue key", "Technical details")
        self.window.focus("Reset…", "push button")
        self.window.key("Page_Down")
        self.window.sees("Your keys", "If I lose this key, what is left?")

    def different_pins(self):
        self.window.press("Set a PIN…", "push button")
        self.window.sees("Nobody can look the PIN up")
        self.window.type_into("PIN", PIN)
        self.window.type_into("PIN once more", PIN + "1")
        self.window.key("Return")
        self.window.sees("do not match")
        must(not self.security_key.state()["hasPin"], "a PIN was set that was typed in two ways")

    def pin_is_set(self):
        self.window.type_into("PIN", PIN)
        self.window.type_into("PIN once more", PIN)
        self.window.press("Set PIN", "push button")
        poll(lambda: self.security_key.state()["hasPin"])
        must(self.security_key.state()["hasPin"], "the key has no PIN")
        self.window.find("push button", "Change PIN…")

    def over_nfc(self):
        self.security_key.pull_out()
        self.window.press("Security", "push button")
        self._manage()
        self._add("Over NFC")
        self._choose(self.security_key.reader)
        self.window.press("Continue", "push button")
        self._asked("Enter the PIN of the key", "before you place the key on the reader")
        self.take_picture()
        self._type_pin(PIN)
        self.window.sees("Place the key on the reader")

    def same_key(self):
        self.security_key.place_on_reader()
        self.window.sees("already registered with this account")
        must(self._passkeys() == ["Blue key"], f"the server has {self._passkeys()}")
        self.take_picture()
        self.security_key.remove_from_reader()
        self.window.press("Back to the list", "push button")
        self._close("Close")

    def touch_to_sign_in(self):
        self._sign_out()
        self.security_key.plug_in()
        self._log_in(self.password)
        self._second_step_is_asked_for("Touch your key")
        self.security_key.wait_for_blinking()

    def in_over_usb(self):
        self.security_key.touch()
        self._row("Passkey", "on")

    def wrong_pin(self):
        self._choose_appearance("Dark")
        self.window.press("Security keys", "push button")
        self.window.press("Sign-ins on the key…", "push button")
        self._type_pin(PIN + "9")
        self.window.sees("Wrong PIN. 7 tries are left.")

    def kept_by_the_key(self):
        self._type_pin(PIN)
        self.window.sees("No sign-in is stored on this key")
        self.take_picture()
        self._close("Close")

    def reset_asked(self):
        self.window.press("Reset…", "push button")
        self.window.sees("What you lose", "It will not open these accounts any more")
        self.window.type_into("Enter RESET to continue", "RESET")

    def was_reset(self):
        self.window.press("Reset key", "push button")
        self.window.sees("plug it in again")
        self.security_key.pull_out()
        time.sleep(0.5)
        self.security_key.plug_in()
        self.security_key.touch()
        self.window.sees("Everything on the key was deleted")
        must(not self.security_key.state()["hasPin"], "the key has its PIN still")
        self.take_picture()
        self._close("Close")

    def register_over_nfc(self):
        self.security_key.pull_out()
        self.window.press("Security", "push button")
        self._manage()
        self._add("Green key")
        self._choose(self.security_key.reader)
        self.window.press("Continue", "push button")
        self.window.press("Continue without PIN", "push button")
        self.window.sees("Place the key on the reader")

    def read_over_nfc(self):
        self.security_key.place_on_reader()
        self.window.sees("“Green key” is registered")
        must(self._passkeys() == ["Blue key", "Green key"], f"the server has {self._passkeys()}")

    def tested_over_nfc(self):
        self.window.press("Test the key", "push button")
        self.window.sees("The key works")
        self.take_picture()
        self.window.press("Done", "push button")
        self.window.sees("2 registered")

    def remove_asked(self):
        self.window.press("Remove Blue key", "push button")
        self.window.sees("Remove this security key?", "will no longer work for this account")

    def removed(self):
        self.window.press("Remove key", "push button")
        self.window.sees("1 registered")
        must(self._passkeys() == ["Green key"], f"the server has {self._passkeys()}")
        self.take_picture()
        self._close("Close")

    def place_to_sign_in(self):
        self.security_key.remove_from_reader()
        self._sign_out()
        self._log_in(self.password)
        self._second_step_is_asked_for("Waiting for your key")

    def in_over_nfc(self):
        self.security_key.place_on_reader()
        self._row("Passkey", "on")

    def what_is_left(self):
        self.window.press("Security keys", "push button")
        self.window.focus("Reset…", "push button")
        self.window.key("Page_Down")
        self.window.sees("Your keys", "Green key", "If I lose this key, what is left?")

    def turned_off(self):
        self.window.press("Security", "push button")
        self.window.press("More for Passkey")
        self.window.press("Turn off Passkey…", "menu item")
        self.window.sees("Turn off Passkey?")
        self._log_in(self.password)
        self._row("Passkey", "off")
        must(self._passkeys() == [], f"the server has {self._passkeys()}")

    def _tap_yubikey(self):
        code = self.server.touch_yubikey("tapped")
        self.security_key.set_one_time_password(code)
        self.security_key.place_on_reader()
        return code

    def yubikey_on_reader(self):
        # A key that is still on the reader would be read before it has a code.
        if self.security_key.state()["place"] == "reader":
            self.security_key.remove_from_reader()
        self.window.press("Set up Yubico OTP security key")
        self._log_in(self.password)
        self.window.sees("Or place a YubiKey with NFC on the reader.")
        code = self._tap_yubikey()
        self.window.sees("Not saved yet", code[:12])

    def in_by_yubikey_on_reader(self):
        self.window.press("Turn on", "push button")
        poll(lambda: self.server.account(self.role)["providers"].get("3"), 10)
        if self.window.all("push button", "Close"):
            self._close("Close")
        self._row("Yubico OTP security key", "on")
        self.security_key.remove_from_reader()
        self._sign_out()
        self._log_in(self.password)
        self.window.sees("Code from the key", "Or place a YubiKey with NFC on the reader.")
        self.take_picture()
        self._tap_yubikey()
        self._row("Yubico OTP security key", "on")
        self._choose_appearance("Light")
        self._no_secret_left_behind()
