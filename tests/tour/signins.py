# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""All ways to sign in, and the setup after a recovery, once in each theme."""

from story import Story, must

LIBRARY_PASSPHRASE = "copper lantern orchard violin"
PLAIN, CAREFUL, WEAK = "nothing-on", "new-device", "weak-kdf"


class SignInsStory(Story):
    role = "every-step"
    fills_in_email = True
    secrets = (LIBRARY_PASSPHRASE,)
    theme = "Light"

    def steps(self):
        steps = [
            ("Account menu", self.account_menu),
            ("Weak key derivation", self.weak_kdf),
            ("Account of single sign-on", self.single_sign_on),
            ("Personal API key", self.api_key),
            ("Another server", self.another_server),
            ("New device", self.new_device),
            ("Code by email", self.emailed_code),
            ("Code of a YubiKey", self.yubikey_code),
            ("Duo in the browser", self.duo),
            ("Wrong code at sign-in", self.wrong_code),
            ("In by the recovery code", self.recovery_sign_in),
            ("Recovery code was used", self.recovery_code_used),
            ("Proof for the new code", self.proof),
            ("New recovery code", self.new_code),
            ("Print the new code", self.print_new_code),
            ("Save the new code", self.save_new_code),
            ("Keep the new code in a library", self.keep_new_code),
            ("New code is in the library", self.new_code_kept),
            ("Authenticator app to be set up", self.authenticator),
            ("QR code enlarged", self.enlarged),
            ("Close without saving?", self.discard),
            ("Email to be set up", lambda: self.to_be_set_up("Email")),
            ("YubiKey to be set up", lambda: self.to_be_set_up("Yubico OTP security key")),
            ("Duo to be set up", lambda: self.to_be_set_up("Duo")),
        ]
        return [(f"{title}, {self.theme.lower()}", step) for title, step in steps]

    # ---- helpers of the steps

    def _sign_in(self, role):
        account = self.server.accounts[role]
        self.window.type_into("Email address", account["email"])
        self._log_in(account["password"])

    def _sign_out(self):
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self.window.sees("Sign in to your account")

    def _method(self, name):
        self.window.press("Select another method")
        self.window.press(contains=name, last=True)

    # ---- the steps

    def account_menu(self):
        self._sign_in(PLAIN)
        self.window.sees("View recovery code")
        self._choose_appearance(self.theme)
        self.window.press("Security", "push button")
        self.window.press(contains="Account:")
        self.window.find("menu item", "Sign out")
        self.take_picture()
        self.window.key("Escape")
        self._sign_out()

    def weak_kdf(self):
        self._sign_in(WEAK)
        self.window.sees("Weak password protection", "Stop if you did not expect this")
        self.take_picture()
        self.window.press("Do not sign in", "push button")
        self.window.sees_no("Weak password protection")

    def single_sign_on(self):
        self.server.change_account(PLAIN, ssoRequired=True)
        self._sign_in(PLAIN)
        self.window.sees("single sign-on (SSO) only", "in the web vault", "ask the administrator")
        must(not self.window.all("push button", "Retry"), "it would be refused again")

    def api_key(self):
        self.window.press("More ways to sign in…")
        self.window.sees("Client ID", "an API key can’t manage two-step login")
        self.take_picture()
        self._close("Close")

    def another_server(self):
        self.window.press(contains="Server:")
        self.window.press("Self-hosted…")
        self.window.sees("Server address", "Connect")
        self.take_picture()
        self._close("Cancel")

    def new_device(self):
        self._sign_in(CAREFUL)
        self.window.sees("Verify your identity")
        self.window.becomes(False, "Continue signing in")
        self.take_picture()
        self.window.type_into("Verification code", self.server.emails()[-1]["code"])
        self.window.becomes(True, "Continue signing in")
        self.window.key("Return")
        self.window.sees("View recovery code")
        self._sign_out()

    def emailed_code(self):
        self._sign_in(self.role)
        self._second_step_is_asked_for()
        before = len(self.server.emails())
        self._method("Email")
        self.window.sees("Resend code")
        must(len(self.server.emails()) == before + 1, "not one code was emailed")

    def yubikey_code(self):
        self._method("Yubico OTP")
        self.window.sees("Code from the key")

    def duo(self):
        self._method("Duo")
        self.window.sees("Open Duo in browser")

    def wrong_code(self):
        self._method("Authenticator app")
        codes = self.server.account(self.role)["authenticatorCodes"]
        self.window.type_into("Verification code", "000000" if "000000" not in codes else "111111")
        self.window.key("Return")
        self.window.sees("That code was not accepted")

    def recovery_sign_in(self):
        self._method("Recovery code")
        self.window.sees("Use your recovery code", "All two-step methods will be turned off")
        self.take_picture()
        self.code = self.server.account(self.role)["recoveryCode"].upper()
        self.window.type_into("Recovery code", self.code.lower())
        self.window.press("Turn off two-step login and sign in", "push button")

    def recovery_code_used(self):
        self.window.sees("Your recovery code was used", "Print new code")
        providers = self.server.account(self.role)["providers"]
        must(not any(providers.values()), f"the server still has {providers}")
        self.window.sees("Providers loaded, none turned on")

    def proof(self):
        self.window.press("Print new code", "push button")
        self.window.sees("Enter your master password to see the code.")

    def new_code(self):
        self._log_in(self.password)
        self.window.find("label", "Recovery code", described=True)
        new = self.server.account(self.role)["recoveryCode"].upper()
        must(new != self.code, "the code is the one that was used")
        self.code = new

    def print_new_code(self):
        self.window.press("Print…")
        self.window.find(name="Preview of the recovery sheet")
        self._sees_printer()
        self.take_picture()
        self._close("Close")

    def save_new_code(self):
        self._open_save("PDF with password")
        self.phrase = self._passphrase()
        self.take_picture()
        self._close("Cancel")
        self._close("Close")

    def keep_new_code(self):
        self.window.press("Print new code", "push button")
        self._log_in(self.password)
        self.window.sees("To keep it in a library, you make one encrypted file")
        self.take_picture()
        self.window.press("Keep in library…", "push button")
        self.window.sees("Make or open a library to keep the recovery code of " + self.email)

    def new_code_kept(self):
        self.window.press(contains="Make a library")
        self.window.press("Choose my own", "radio button")
        self.window.type_secret(LIBRARY_PASSPHRASE, "Your passphrase")
        self.window.type_secret(LIBRARY_PASSPHRASE, "Repeat passphrase")
        self.window.press("Make library", "push button")
        self.window.sees("From the server", "1 code", "Not printed", self.email)
        self.take_picture()
        self.window.press("Security", "push button")

    def authenticator(self):
        self._manage("Authenticator app", "Set up")
        self.window.sees("Scan the code")

    def enlarged(self):
        self.window.press("Enlarge QR code", "push button")
        self.window.find("push button", "Close")
        self.take_picture()
        self._close("Close")

    def discard(self):
        self.window.type_into("Verification code", "123")
        self.window.press("Cancel", "push button", last=True)
        self.window.sees("Discard what you entered?")
        self.take_picture()
        self.window.press("Discard", "push button")
        self.window.sees_no("Scan the code")

    def to_be_set_up(self, name):
        # The last rows are below the edge of the window.
        self.window.focus("Set up Email", "push button")
        self.window.key("Home" if name == "Email" else "End")
        self._manage(name, "Set up")
        self.window.find("push button", "Cancel")
        self.take_picture()
        self._close("Cancel")
        if name == "Duo":
            self._no_secret_left_behind()


class DarkSignInsStory(SignInsStory):
    theme = "Dark"
