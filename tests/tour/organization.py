# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An owner sets up the Duo of an organization and turns it off."""

from story import Story, must
from window import poll

NAME = "Kettle Works"
ROW = "Duo (Organization)"
CLIENT_ID = "DI5PAREKEY0000000001"
SECRET = "0123456789abcdefghijABCDEFGHIJ9876543210"
HOST = "api-5aae7e57.duosecurity.com"


class OrganizationStory(Story):
    role = "demo"
    fills_in_email = True

    def steps(self):
        return [
            ("Page of an organization", self.page),
            ("Organization Duo, prove it is you", self.proof),
            ("Organization Duo", self.form),
            ("Organization Duo refuses a foreign host", self.foreign_host),
            ("Organization Duo is on", self.on),
            ("Organization Duo, looked at", self.looked_at),
            ("Page of an organization, dark", self.page_dark),
            ("Organization Duo, dark", self.looked_at_dark),
            ("Turn off organization Duo, dark", self.turn_off),
            ("Organization Duo is off, dark", self.off),
            ("Organization Duo set up, dark", self.form_dark),
            ("Server without Duo for organizations", self.not_offered),
            ("Personal methods are as they were", self.own_methods),
            ("Method that a server does not offer", self.missing_method),
            ("Last method that an organization requires", self.required_method),
        ]

    def after_each_step(self):
        super().after_each_step()
        must(SECRET not in self.window.everything(),
             "the client secret can be read on the accessibility bus")

    def _open_page(self):
        self.window.press(NAME, "push button")
        self.window.sees("Two-step login enforcement", "Require Duo for every member of " + NAME)

    def _row_is(self, state):
        self.window.find("list item", contains=f"{ROW}, turned {state}")

    def _asked(self, method, end):
        return sum(1 for request in self.server.requests() if request["method"] == method
                   and request["path"].startswith("/api/organizations/")
                   and request["path"].endswith(end))

    # ---- the steps

    def page(self):
        self._log_in(self.password)
        self.window.sees("Providers")
        self._choose_appearance("Light")
        self._open_page()
        self._row_is("off")
        self.window.sees_no("View recovery code")
        # Its plan has no Duo.
        must(not self.window.all("push button", "Harbour Choir"),
             "an organization without two-step login is offered")

    def proof(self):
        self.window.press(f"Set up {ROW}")
        self.window.sees("Enter your master password to change these settings.")

    def form(self):
        self._log_in(self.password)
        self.window.sees("three values for an application of the type Web SDK")
        must(self._asked("POST", "/two-factor/get-duo") == 1, "its settings were not asked for")

    def foreign_host(self):
        self.window.type_into("Client ID", CLIENT_ID)
        self.window.type_into("Client secret", SECRET)
        self.window.type_into("API hostname", "api-5aae7e57.duosecurity.com.bank.example")
        self.window.press("Turn on", "push button")
        self.window.sees("duosecurity.com")
        must(not self._asked("PUT", "/two-factor/duo"), "a foreign host was sent")

    def on(self):
        self.window.type_into("API hostname", HOST)
        self.window.type_into("Client secret", SECRET)
        self.window.press("Turn on", "push button")
        self.window.sees(f"Duo of {NAME} is turned on.")
        self._row_is("on")
        must(self._asked("PUT", "/two-factor/duo") == 1, "it was not set up by one request")

    def looked_at(self):
        self._manage(ROW)
        self.window.sees("Every member is asked for Duo when signing in.", CLIENT_ID, HOST)
        self.take_picture()
        self._close("Close")

    def page_dark(self):
        self._choose_appearance("Dark")
        self._open_page()
        self._row_is("on")

    def looked_at_dark(self):
        self.looked_at()

    def turn_off(self):
        self._manage(ROW)
        self.window.press("Turn off…", "push button")
        self.window.sees(f"Turn off {ROW}?",
                         "Members of the organization will no longer be asked for Duo.")

    def off(self):
        self.window.press(f"Turn off {ROW}", "push button")
        self.window.sees(f"Duo of {NAME} is turned off.")
        self._row_is("off")
        must(self._asked("DELETE", "/two-factor/duo") == 1, "it was not turned off by one request")

    def form_dark(self):
        self._manage(ROW, "Set up")
        self.window.sees("three values for an application of the type Web SDK")
        self.take_picture()
        self._close("Cancel")

    def not_offered(self):
        # As on Vaultwarden, which has organizations but no Duo for them.
        self.server.settings(generation="classic")
        self.window.key("F5")
        self.window.sees("This server may not support Duo for organizations", "Retry")
        self.window.press(f"Set up {ROW}")
        self._log_in(self.password)
        self.window.sees("This server doesn’t support that.")
        must(not self.window.all("push button", "Continue"),
             "another password is asked for, which cannot help")
        self.take_picture()
        self._close("Close")
        self.server.settings(generation="token")
        self.window.press("Retry", "push button")
        self.window.sees_no("may not support Duo for organizations")
        self._row_is("off")

    def own_methods(self):
        self._choose_appearance("Light")
        self.window.press("Security", "push button")
        poll(lambda: self.window.all("list item"))
        self._sees_true_providers()

    def missing_method(self):
        self.server.settings(generation="classic", passkeysPossible=False)
        self.window.key("F5")
        self.window.sees("This server doesn’t support this method.")
        self.take_picture()
        self.server.settings(generation="token", passkeysPossible=True)
        self.window.key("F5")
        self.window.sees_no("This server doesn’t support this method.")

    def required_method(self):
        # A normal member; the official server does not ask for a YubiKey without premium.
        member = self.server.accounts["odd-code"]
        self.server.change_account(member["role"], providers={"3": True})
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self.window.sees("Sign in to your account")
        self.window.type_into("Email address", member["email"])
        self._log_in(member["password"])
        self.window.sees("Your organization requires two-step login. If you turn off your last "
                         "method, you may lose access to it.")
        self._no_secret_left_behind()
