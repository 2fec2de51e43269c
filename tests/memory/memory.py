# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory test: checks which secrets are left in the real program's memory after each use.

    memory.py BUILD-TREE OUT-FOLDER

Controls the window like the tour and reads the whole memory of the program after each step. A
secret may be in memory only while it is shown or entered. Then does the same with a library of recovery
codes, whose codes may be in memory only while it is unlocked. Then repeats the main steps by
keyboard with the accessibility bus off. First the test plants copies and checks that it finds them.
Needs root to read the memory of a process that protects it; otherwise it skips itself (exit code 77).
"""

import base64
import hashlib
import re
import secrets
import subprocess
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tour"))

from desktop import Desktop, wait_until  # noqa: E402
from scan import STRIDE, Memory, Secret, may_read  # noqa: E402

SKIPPED = 77
ROLE = "demo"
PIN = "8150274936"
# Memory may still be in the process of being freed when a step ends. This is the time limit.
SECONDS_TO_BE_GONE = 10


def prepare(server):
    """Turns off the methods that the test sets up, so that sign-in needs no second step."""
    server.change_account(ROLE, providers={"0": False, "1": False})


def derived(name, email, password):
    """The master key and its hash for an account of the account server (PBKDF2, 600 000)."""
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), email.encode(), 600_000)
    sent = hashlib.pbkdf2_hmac("sha256", key, password.encode(), 1)
    return [Secret(name, text=password), Secret(f"master key of {name}", raw=key),
            Secret(f"hash of {name}", raw=sent)]


class Watch:
    """The secrets used so far, and the memory that must not contain them."""

    def __init__(self, program, tree, secrets):
        self.memory = Memory(program.child.pid, tree / "tests/memory/sparekey_memory_scan")
        self.secrets = secrets

    def left(self):
        """The copies that are left. Waits a while for memory that is still being freed."""
        end = time.monotonic() + SECONDS_TO_BE_GONE
        while True:
            found = self.memory.find(self.secrets)
            if not found or time.monotonic() > end:
                return found
            time.sleep(0.2)

    def appears(self, secret):
        """Waits until the secret is in memory, which means that it is shown."""
        wait_until(lambda: self.memory.find([secret]), f"{secret.name} being shown")


def memory_story():
    """Creates the class late, because its base class needs the desktop's environment at import."""
    from methods import MethodsStory, totp
    from story import WRONG_PASSWORD, must

    class MemoryStory(MethodsStory):
        role = ROLE
        has_security_key = True

        def __init__(self, desktop, tree, out):
            self.authority = desktop.scratch / "authority.pem"
            super().__init__(desktop, tree, out)
            prepare(self.server)
            self.watched = [*derived("the password", self.email, self.password),
                            *derived("the wrong password", self.email, WRONG_PASSWORD)]
            self.watch = Watch(self.program, tree, self.watched)
            self.tabs = 0  # presses of Tab from sign-in to "View recovery code"

        def server_options(self):
            return ["--ca-out", str(self.authority)]

        def details(self):
            return {"simulatedKeys": [str(self.security_key.folder)]}

        def arguments(self):
            # Over TLS, because the TLS library may keep copies of sent data.
            return ["--server", self.server.ready["https"], "--email", self.email,
                    "--certificate-authority", str(self.authority)]

        # ---- the checks

        def finds_what_is_planted(self):
            """Shows that the test can fail."""
            password, key, _ = self.watched[:3]
            text = password.text
            strided = b"".join(c.encode() + bytes(STRIDE - 1) for c in text)
            for content in (text.encode(), text.encode("utf-16-le"), text[8:16].encode(),
                            text.encode().hex().encode(), strided, key.raw, key.raw[8:16],
                            base64.b64encode(key.raw)):
                where = self.watch.memory.plant(content)
                try:
                    found = self.watch.memory.find(self.watched[:3])
                finally:
                    self.watch.memory.take_away(where, len(content))
                must(found, f"a planted copy was not found: {content!r}")

        # ---- the steps

        def steps(self):
            return [
                ("Planted copies are found", self.finds_what_is_planted),
                ("Sign-in failed", self.sign_in_failed),
                ("Signed in", self.signed_in),
                ("Set-up of the authenticator app closed", self.set_up_closed),
                ("Emailed code used", self.emailed_code_used),
                ("Recovery code viewed and closed", self.code_closed),
                ("Sheet with passphrase saved", self.sheet_saved),
                ("PIN of a security key used", self.pin_used),
                ("Locked", self.locked),
                ("Wrong password at the lock", self.wrong_unlock),
                ("Unlocked", self.unlocked_again),
                ("Signed out", self.signed_out_again),
            ]

        def sign_in_failed(self):
            self._log_in(WRONG_PASSWORD)
            self.window.sees("Wrong ")

        def signed_in(self):
            self._log_in(self.password)
            self.window.find("push button", "View recovery code")
            self.tabs = self.window.tab_to("View recovery code")

        def set_up_closed(self):
            self._set_up("Authenticator app")
            self.key = re.sub(r"[^A-Z2-7]", "", self._described("Setup key").upper())
            self.watched += [Secret("the TOTP key", text=self.key, groups=4),
                             Secret("the raw TOTP key", raw=base64.b32decode(self.key))]
            self.window.type_into("Verification code", totp(self.key))
            self.window.press("Turn on", "push button")
            self._row_is_on("0")
            self.code = self.server.account(self.role)["recoveryCode"].upper()
            self.watched.append(Secret("the recovery code", text=self.code, groups=4))
            self._close_all()

        def _row_is_on(self, number):
            wait_until(lambda: self.server.account(self.role)["providers"].get(number),
                       f"turning provider {number} on")

        def _close_all(self):
            """Closes all open dialogs."""
            def closed():
                self.window.key("Escape")
                for name in ("I saved it another way", "Done", "Close"):
                    if self.window.all(("push button", "check box"), name):
                        self.window.press(name, last=True)
                return not self.window.all("push button", "Close") \
                    and not self.window.all("push button", "Done")
            wait_until(closed, "closing the dialogs")

        def emailed_code_used(self):
            self.email_sent()
            code = self.server.emails()[-1]["code"]
            self.watched.append(Secret("the emailed code", text=code))
            self.window.type_into("2. Code from the email", code)
            self.window.press("Turn on", "push button")
            self._row_is_on("1")
            self._close_all()

        def code_closed(self):
            self.verification()
            self.recovery_code()
            self._close_all()

        def sheet_saved(self):
            self.verification()
            self.recovery_code()
            self._open_save("PDF with password")
            self.phrase = self._passphrase()
            self.watched.append(Secret("the passphrase", text=self.phrase))
            self._save_to(self.documents / "sheet.pdf")
            self.window.sees("Saved and verified")
            self._close_all()

        def pin_used(self):
            self.watched.append(Secret("the PIN", text=PIN))
            self.security_key.plug_in()
            self.window.press("Security keys", "push button")
            self.window.press("Set a PIN…", "push button")
            self.window.type_into("PIN", PIN)
            self.window.type_into("PIN once more", PIN)
            self.window.press("Set PIN", "push button")
            wait_until(lambda: self.security_key.state()["hasPin"], "setting the PIN")
            self.window.find("push button", "Change PIN…")
            self.window.press("Sign-ins on the key…", "push button")
            self.window.type_into("PIN of the key", PIN)
            self.window.key("Return")
            self.window.sees("No sign-in is stored on this key")
            self._close_all()
            self.window.press("Security", "push button")

        def unlocked_again(self):
            self._log_in(self.password)
            self.window.sees_no("Sparekey is locked")

        def signed_out_again(self):
            # The last part of each token: the first part is the same in all access tokens.
            tokens = [Secret("a token", text=token.rpartition(".")[2])
                      for token in self.server.tokens()]
            must(self.watch.memory.find(tokens), "a session without tokens")
            self.window.press(contains="Account:")
            self.window.press("Sign out", "menu item")
            self.window.sees("Sign in to your account")
            self.watched += tokens

    return MemoryStory


def key_secrets(name, passphrase, file):
    """The passphrase of a library, and what KDBX derives from it for this file."""
    from pykeepass import PyKeePass
    digest = hashlib.sha256(passphrase.encode()).digest()
    return [Secret(name, text=passphrase), Secret(f"hash of {name}", raw=digest),
            Secret(f"composite key of {name}", raw=hashlib.sha256(digest).digest()),
            Secret(f"derived key of {name}",
                   raw=PyKeePass(file, password=passphrase).transformed_key)]


def library_memory_story():
    """Creates the class late, as `memory_story`."""
    from library import LibraryStory
    from window import FIELDS

    class LibraryMemoryStory(LibraryStory):
        passphrase = "copper lantern orchard violin"
        new_passphrase = "walnut harbor pencil moonlight"

        def __init__(self, desktop, tree, out):
            super().__init__(desktop, tree, out)
            self.codes = [f"{secrets.randbelow(10 ** 8):08}" for _ in range(10)]
            # What may be in memory while the library is unlocked.
            self.inside = [Secret(f"code {number}", text=code, groups=4)
                           for number, code in enumerate(self.codes, 1)]
            self.watch = Watch(self.program, tree, [Secret("the passphrase", text=self.passphrase)])

        def steps(self):
            return [
                ("Library made", self.make),
                ("Codes of a file added", self.add),
                ("Codes viewed", self.view),
                ("Library locked", self.lock_it),
                ("Wrong passphrase", self.wrong),
                ("Library unlocked", self.unlock_it),
                ("Passphrase changed", self.change),
                ("Locked again", self.lock_it),
            ]

        def make(self):
            self.window.press("Recovery codes", "push button")
            self.window.press(contains="Add recovery codes")
            self.window.press("Choose my own", "radio button")
            self.window.type_into("Your passphrase", self.passphrase)
            self.window.type_into("Repeat passphrase", self.passphrase)
            self.window.press("Make library", "push button")
            self.window.sees("Or open the file that you downloaded")

        def add(self):
            path = self._text_file("Backup-codes-me.txt", self.codes)
            self.window.type_into("Or open the file that you downloaded", str(path))
            self.window.key("Return")
            self.window.press("Save", "push button")
            self.window.press("Delete the file", "push button")
            self.window.sees("10 of 10 left")
            self.inside += key_secrets("the passphrase", self.passphrase, self._file)[1:]

        def view(self):
            self.window.press("Show codes", "push button")
            self.watch.appears(self.inside[0])
            self.window.press("Hide codes", "push button")

        def lock_it(self):
            must_be_there = self.watch.memory.find(self.inside)
            if not must_be_there:
                raise AssertionError("an open library without codes: the test looks for nothing")
            self.window.key("ctrl+l")
            self.window.sees("Your library is locked")
            self.watch.secrets += self.inside

        def wrong(self):
            self._unlock("not the right words")
            self.window.find(FIELDS, "Passphrase of the library", described=True)

        def unlock_it(self):
            self._unlock(self.passphrase)
            self.window.find(FIELDS, "Search recovery codes")
            self.watch.secrets = [one for one in self.watch.secrets if one not in self.inside]

        def change(self):
            self.watch.secrets.append(Secret("the new passphrase", text=self.new_passphrase))
            self._choose_in_menu("Change passphrase or key file…")
            self.window.type_into("Current passphrase", self.passphrase)
            self.window.press("Choose my own", "radio button")
            self.window.type_into("Your passphrase", self.new_passphrase)
            self.window.type_into("Repeat passphrase", self.new_passphrase)
            self.window.press("Change", "push button")
            self.window.sees("The library now opens with the new passphrase")
            self.window.press("Done", "push button")
            self.inside += key_secrets("the new passphrase", self.new_passphrase, self._file)[1:]

    return LibraryMemoryStory


class WithoutBus:
    """Uses only the keyboard, and observes the server's requests and the memory."""

    def __init__(self, desktop, tree, tabs):
        from accountserver import AccountServer
        from story import WRONG_PASSWORD

        self.desktop = desktop
        self.tabs = tabs
        authority = desktop.scratch / "authority-2.pem"
        self.server = AccountServer(
            desktop.start, tree / "tests/account_server/sparekey_account_server",
            "--rate-limit", "0", "--ca-out", str(authority))
        prepare(self.server)
        account = self.server.accounts[ROLE]
        self.email, self.password = account["email"], account["password"]
        self.wrong = WRONG_PASSWORD
        desktop.env.pop("QT_LINUX_ACCESSIBILITY_ALWAYS_ON")
        self.program = desktop.start(
            "sparekey-without-bus",
            [str(tree / "app/sparekey"), "--server", self.server.ready["https"],
             "--email", self.email, "--certificate-authority", str(authority)])
        self.watch = Watch(self.program, tree,
                           [*derived("the password", self.email, self.password),
                            *derived("the wrong password", self.email, self.wrong)])
        wait_until(desktop.program_window, "the window coming up")
        self._stands_still()

    def steps(self):
        return [
            ("Sign-in failed", self.sign_in_failed),
            ("Signed in", self.signed_in),
            ("Recovery code viewed and closed", self.code_closed),
            ("Locked", self.locked),
            ("Wrong password at the lock", self.wrong_unlock),
            ("Unlocked", self.unlocked),
        ]

    def _key(self, *names):
        subprocess.run(["xdotool", "key", "--delay", "20", *names], env=self.desktop.env,
                       check=True, timeout=30)

    def _enter(self, text):
        subprocess.run(["xdotool", "type", "--delay", "8", "--", text], env=self.desktop.env,
                       check=True, timeout=30)
        self._key("Return")

    def _stands_still(self):
        """Waits until three pictures in a row are the same, except for a blinking cursor."""
        files = [self.desktop.scratch / f"still-{i}.png" for i in range(3)]

        def differ(one, other):
            done = subprocess.run(["compare", "-metric", "AE", str(one), str(other), "null:"],
                                  capture_output=True, text=True, check=False)
            return float(done.stderr.split()[0]) >= 100

        def same():
            for file in files:
                self.desktop.picture(file)
                time.sleep(0.3)
            return not differ(files[0], files[1]) and not differ(files[1], files[2])
        wait_until(same, "the window standing still")

    def _asked(self, method, path, times=1):
        wait_until(lambda: sum(request["method"] == method and request["path"] == path
                               for request in self.server.requests()) >= times,
                   f"{method} {path}")
        self._stands_still()

    def sign_in_failed(self):
        self._enter(self.wrong)
        self._asked("POST", "/identity/connect/token")

    def signed_in(self):
        self._enter(self.password)
        self._asked("GET", "/api/two-factor")

    def code_closed(self):
        code = self.server.account(ROLE)["recoveryCode"].upper()
        secret = Secret("the recovery code", text=code, groups=4)
        self.watch.secrets.append(secret)
        self._key(*["Tab"] * self.tabs)
        self._key("Return")
        self._stands_still()
        self._enter(self.password)
        self.watch.appears(secret)
        self._key("Escape")

    def locked(self):
        self._key("ctrl+l")
        self._stands_still()

    def wrong_unlock(self):
        before = len(self.server.requests())
        self._enter(self.wrong)
        wait_until(lambda: len(self.server.requests()) > before, "the server being asked")

    def unlocked(self):
        self._stands_still()
        before = len(self.server.requests())
        self._enter(self.password)
        wait_until(lambda: len(self.server.requests()) > before, "the server being asked")
        self._stands_still()


def tell(story, watch, describe):
    """Runs the steps; returns how many left nothing behind, and how many did."""
    passed = failed = 0
    for title, step in story.steps():
        started = time.monotonic()
        try:
            step()
        except Exception:
            print(f"        {title}: the window did not do it")
            traceback.print_exc(file=sys.stdout)
            print(describe())
            return passed, failed + 1
        found = watch.left()
        passed += not found
        failed += bool(found)
        print(f"{time.monotonic() - started:6.1f} s  {title}" + (": left in memory" if found else ""))
        for one in found[:40]:
            print(f"            {one}")
        sys.stdout.flush()
    return passed, failed


def main():
    if not may_read("self"):
        print("Skipped: only root may read the memory of a process that hides it.")
        return SKIPPED
    tree, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with Desktop() as desktop:
        with memory_story()(desktop, tree, out) as story:
            passed, failed = tell(story, story.watch, story.window.describe)
            tabs = story.tabs
        print("A library of recovery codes")
        with library_memory_story()(desktop, tree, out) as story:
            good, bad = tell(story, story.watch, story.window.describe)
            passed, failed = passed + good, failed + bad
        print("With the accessibility bus off")
        story = WithoutBus(desktop, tree, tabs)

        def picture():
            desktop.picture(out / "without-bus-failed.png")
            return f"a picture is in {out}"
        good, bad = tell(story, story.watch, picture)
    print(f"{passed + good} passed, {failed + bad} failed")
    return 1 if failed + bad else 0


if __name__ == "__main__":
    sys.exit(main())
