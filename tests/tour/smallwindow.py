# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest window: what a page or a dialog is about, and its buttons, can be seen there."""

import pyatspi

from story import Story, must
from window import poll

SMALLEST = (640, 480)


class SmallWindowStory(Story):
    role = "demo"
    fills_in_email = True

    def __init__(self, desktop, tree, out):
        super().__init__(desktop, tree, out)
        desktop.resize(*SMALLEST)

    def steps(self):
        return [
            ("Smallest window", self.sign_in),
            ("Sections of a narrow window", self.sections),
            ("Wrong password in a small window", self.wrong_proof),
            ("Recovery code in a small window", self.recovery_code),
            ("Print in a small window", self.printed),
            ("Turn off in a small window", self.turn_off_asked),
            ("Authenticator app in a small window", self.authenticator),
            ("Other methods in a small window", self.other_methods),
        ]

    # ---- helpers of the steps

    def _box(self, name, roles=("push button", "text", "password text", "entry", "label")):
        """Left, top, right and bottom of a control in the window."""
        # In coordinates of the window, Qt 6.4 gives wrong sizes.
        def extents(seen):
            return seen.node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        box = extents(self.window.find(roles, name, last=True))
        window = extents(self.window.find("frame"))
        left, top = box.x - window.x, box.y - window.y
        return left, top, left + box.width, top + box.height

    def _in_view(self, *names, above=None):
        """Waits until the controls are inside the window, and above the control named last."""
        def outside():
            bottom = self._box(above)[1] if above else SMALLEST[1]
            boxes = {name: self._box(name) for name in names}
            return {name: box for name, box in boxes.items()
                    if box[0] < 0 or box[1] < 0 or box[2] > SMALLEST[0] or box[3] > bottom}
        must(poll(lambda: not outside()), f"cannot be seen: {outside()}")

    def _press_by_keyboard(self, name):
        """What is not in view yet is not on the accessibility bus; Tab scrolls to it."""
        self.window.tab_to(name)
        self._in_view(name)
        self.window.key("Return")

    def _manage(self, method, button="Set up"):
        self._press_by_keyboard(f"{button} {method}")
        self.window.sees("Enter your master password to change these settings.")
        self._log_in(self.password)
        self.window.sees_no("Enter your master password")

    # ---- the steps

    def sign_in(self):
        self.window.find("text", "Email address", contains=self.email)
        self._in_view("Email address", "Master password", "Sign in")
        self.take_picture()
        self._log_in(self.password)
        self.window.sees("View recovery code")

    def sections(self):
        for section, title in (("Preferences", "For this computer only."),
                               ("Security", "Require a second step when signing in.")):
            self.window.press("Toggle side navigation")
            self.window.press(section, "push button")
            self.window.sees(title)
            # The rail is gone, and with it the entry that had the focus.
            self._has_focus("Toggle side navigation")
            self._in_view("Toggle side navigation")

    def wrong_proof(self):
        self.window.press("View recovery code")
        super().wrong_proof()
        self._in_view("Continue", "Cancel")
        self._in_view("Master password", above="Continue")

    def recovery_code(self):
        super().recovery_code()
        self._in_view("Print…", "Save as…", "Copy", "Close")

    def printed(self):
        self.window.press("Print…")
        self._sees_printer()
        self._in_view("Print", "Save PDF…", "Close")
        super().printed()
        self._in_view("Yes, readable", "No", above="Close")
        self.take_picture()
        self.window.press("Yes, readable", "push button")
        self.window.sees_no("Check the paper")

    def turn_off_asked(self):
        self._press_by_keyboard("Turn off Yubico OTP security key…")
        self._in_view("Turn off Yubico OTP security key", "Cancel")
        self._in_view("Master password", above="Cancel")
        self.take_picture()
        self._close("Cancel")

    def authenticator(self):
        self._manage("Authenticator app")
        self.window.sees("Setup key")
        self._in_view("Turn on", "Cancel")
        self._in_view("Setup key", above="Turn on")
        # The field below has the focus; the dialog scrolls to it with the first digit.
        must(poll(lambda: any(seen.focused and seen.name == "Verification code"
                              for seen in self.window.nodes(only_showing=False))),
             "the field does not have the focus")
        self.window.type("000000")
        self.window.press("Turn on", "push button")
        self.window.sees("not accepted")
        self._in_view("Verification code", above="Turn on")
        self.take_picture()
        self._close("Cancel")
        self._close("Discard")

    def other_methods(self):
        for method, field, button in (("Email", "1. Email for the codes", "Turn on"),
                                      ("Passkey", "Name", "Cancel")):
            self._manage(method)
            self._in_view(field, above=button)
            self._in_view(button, "Cancel")
            self._close("Cancel")
