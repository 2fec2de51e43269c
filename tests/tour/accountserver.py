# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the account server for a tour or bench and controls it."""

import json
import subprocess
import urllib.request


class AccountServer:
    """`start(name, command, **options)` starts its process, such as `Desktop.start`."""

    def __init__(self, start, program, *options):
        self.process = start("account-server", [str(program), "--until-stdin-closes", *options],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.child.stdout.readline()
        if not line:
            raise RuntimeError("the account server did not start: " + self.process.output())
        self.ready = json.loads(line)
        self.url = self.ready["http"]
        self.accounts = {account["role"]: account for account in self.ready["accounts"]}

    def _ask(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.ready["control"] + "/control/" + path, data=data,
            method=method or ("GET" if body is None else "POST"),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def account(self, role):
        """The current state of the account, with its recovery code."""
        return self._ask(f"accounts/{role}")

    def change_account(self, role, **changes):
        return self._ask(f"accounts/{role}", changes)

    def requests(self):
        return self._ask("requests")["requests"]

    def fault(self, path, kind, **more):
        self._ask("faults", {"path": path, "fault": kind, **more})

    def no_faults(self):
        self._ask("faults", method="DELETE")

    def settings(self, **changes):
        self._ask("settings", changes)

    def expire_sessions(self):
        """Makes all access and refresh tokens invalid."""
        self._ask("expire-tokens", {"refresh": True})

    def emails(self):
        """The sent emails, oldest first, with recipient and code."""
        return self._ask("outbox")["emails"]

    def tokens(self):
        """The valid access and refresh tokens."""
        return self._ask("tokens")["tokens"]

    def touch_yubikey(self, name):
        """The code that a virtual YubiKey outputs when it is touched."""
        return self._ask(f"yubikeys/{name}", {})["otp"]

    def reset(self):
        self._ask("reset", {})
