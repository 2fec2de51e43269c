# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main story of the tour: a user signs in, views the recovery code, prints it and saves it."""

import json
import os
import re
import shutil
import subprocess
import time

from accountserver import AccountServer
from desktop import LIMIT, wait_until
from printer import Printer
from softwarekey import SoftwareKey
from window import Window, poll

WRONG_PASSWORD = "not the right words"


def must(good, what):
    if not good:
        raise AssertionError(what)


def ran(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          timeout=LIMIT, check=False)


def text_of_pdf(path):
    done = ran("pdftotext", "-layout", path, "-")
    must(done.returncode == 0, f"pdftotext cannot read {path}: {done.stderr}")
    return done.stdout


class Story:
    """What a person does with the window, step by step. Each story has `steps`."""

    role = "demo"
    has_security_key = False
    has_awkward_folders = False  # a read-only one, and one on a full disk
    fills_in_email = False  # the program is started with the address of server and account
    secrets = ()  # must not be left behind, in addition to those of every story

    def __init__(self, desktop, tree, out):
        self.desktop = desktop
        self.out = out
        self.server = AccountServer(
            desktop.start, tree / "tests/account_server/sparekey_account_server",
            "--rate-limit", "0", *self.server_options())
        self.printer = Printer(desktop, desktop.scratch / "printed")
        account = self.server.accounts[self.role]
        self.email, self.password = account["email"], account["password"]
        self.documents = desktop.home / "Documents"
        self.documents.mkdir(exist_ok=True)
        self.read_only = self.full = None
        if self.has_awkward_folders:
            self.read_only, self.full = self._awkward_folders()
        self.security_key = self._own_security_key(tree)
        self.program = self._start(tree)
        self.window = Window(desktop, "sparekey", self.program)
        # High enough to show all five methods without scrolling.
        desktop.resize(1180, 960)
        self.code = ""
        self.phrase = ""
        self.copied_at = 0.0
        self.picture = None

    def server_options(self):
        """Additional options for the account server."""
        return []

    def arguments(self):
        """Arguments for the program."""
        if not self.fills_in_email:
            return []
        return ["--server", self.server.url, "--email", self.email]

    def details(self):
        """The demo details for the program, if the story `has_security_key`."""
        return {"server": self.server.url, "email": self.email,
                "simulatedKeys": [str(self.security_key.folder)]}

    def _own_security_key(self, tree):
        """A software key, if the story `has_security_key`."""
        if not self.has_security_key:
            return None
        return SoftwareKey(self.desktop.start,
                           tree / "tests/authenticator/sparekey_software_key",
                           self.desktop.scratch / f"key-{type(self).__name__}")

    def _start(self, tree):
        command = [str(tree / "app/sparekey"), *self.arguments()]
        env = {"CUPS_SERVER": self.printer.server}
        if not self.security_key:
            return self.desktop.start("sparekey", command, env=env)
        program = self.desktop.start("sparekey", [*command, "--demo-details"], env=env,
                                     stdin=subprocess.PIPE, text=True)
        program.child.stdin.write(json.dumps(self.details()) + "\n")
        program.child.stdin.flush()
        return program

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desktop.end(self.program)
        if self.security_key:
            self.desktop.end(self.security_key.process)
        for folder in (self.read_only, self.full):
            if folder and os.path.ismount(folder):
                ran("umount", folder)

    def _awkward_folders(self):
        """A read-only folder, and one on a full disk.

        Permissions do not apply to root, so root mounts both (dev creates a private mount
        namespace). Other users cannot mount a full disk, so that step is skipped.
        """
        read_only, full = self.desktop.scratch / "read-only", self.desktop.scratch / "full"
        read_only.mkdir()
        full.mkdir()
        if os.geteuid() != 0:
            read_only.chmod(0o555)
            return read_only, None
        for folder, options in ((read_only, "size=64k,ro"), (full, "size=64k")):
            done = ran("mount", "-t", "tmpfs", "-o", options, "none", folder)
            if done.returncode != 0:
                print(f"(no mounts here, so no {folder.name} folder: {done.stderr.strip()})")
                return None, None
        try:
            (full / "filler").write_bytes(bytes(1 << 20))
        except OSError:
            pass
        return read_only, full

    def take_picture(self):
        """Takes the step's picture now, for a step that continues afterwards."""
        time.sleep(0.25)  # so that no animation is visible in the picture
        self.desktop.picture(self.picture)
        self.picture = None

    # ---- checks after each step

    def after_each_step(self):
        must(self.program.running(), "the program has ended")
        complaints = [line for line in self.program.output().splitlines() if "qrc:" in line]
        must(not complaints, f"QML complains: {complaints}")
        seen = self.window.everything()
        for secret in (self.password, WRONG_PASSWORD):
            must(secret not in seen, "a password can be read on the accessibility bus")
        nameless = self.window.nameless()
        must(not nameless, f"a screen reader cannot name {', '.join(map(str, nameless))}")

    def _no_secret_left_behind(self):
        """Checks the program's output and all files except those that the user saved."""
        secrets = [*self.secrets, self.password, WRONG_PASSWORD, self.code,
                   *self._grouped_variants(), self.phrase]
        places = [self.desktop.logs, self.desktop.home, self.desktop.runtime]
        settings = "demo.conf" if self.security_key else "sparekey.conf"
        contents = poll(lambda: self._contents(places))
        must(contents, "the files never stand still")
        must(any(path.name == settings for path in contents), "the settings are elsewhere")
        for path, content in contents.items():
            for secret in filter(None, secrets):
                must(secret.lower().encode() not in content, f"{path} holds a secret")

    def _contents(self, places):
        """Contents of all files; None if a file was removed meanwhile, such as a lock file."""
        try:
            return {path: path.read_bytes().lower() for place in places
                    for path in place.rglob("*") if path.is_file()}
        except FileNotFoundError:
            return None

    def _grouped_variants(self):
        groups = self._groups()
        return [" ".join(groups), "-".join(groups)] if groups else []

    def _groups(self):
        return [self.code[i:i + 4].upper() for i in range(0, len(self.code), 4)]

    def _must_have_code(self, text, where):
        missing = [group for group in self._groups() if group not in text.upper()]
        must(not missing, f"{where} lacks {len(missing)} of the code's groups:\n{text}")

    # ---- the steps

    def sign_in_page(self):
        self.window.sees("Sign in to your account", "Email address", "Master password", "Sign in",
                         "Remember email", "bitwarden.com")

    def start_page(self):
        self.window.press("Start", "push button")
        self.window.sees("What do you want to do?", "Sign in to a Bitwarden account")

    def keys_without_account(self):
        self.window.press("Security keys", "push button", last=True)
        self.window.sees_no("What do you want to do?")
        self.take_picture()
        self.window.press("Bitwarden account", "push button")
        self.window.sees("Sign in to your account")

    def locked_out(self):
        self.window.press("Start", "push button")
        self.window.press(contains="Locked out now?")
        self.window.sees("Then enter your recovery code in place of the second step")
        self.take_picture()
        self.window.press("Start", "push button")
        self.window.press(contains="Sign in to a Bitwarden account")
        self.window.sees("Sign in to your account")
        self.window.sees_no("Then enter your recovery code in place of the second step")

    def server_menu(self):
        self.window.press(contains="Server:")
        self.window.find("menu item", "Self-hosted…")
        self.window.sees("bitwarden.eu")

    def not_a_server(self):
        self.window.press("Self-hosted…")
        self.server.fault("/api/config", "html", times=1)
        self.window.type_into("Server address", self.server.url)
        self.window.press("Connect")
        self.window.sees("No Bitwarden server at")

    def self_hosted_server(self):
        self.window.press("Connect")
        self.window.find(contains="Server: " + self.server.url.removeprefix("http://"))
        self.window.sees_no("Connect")

    def caps_lock(self):
        """It was on before the field got the focus, and nothing has been typed yet."""
        self.window.focus("Email address")
        self.window.key("Caps_Lock")
        try:
            self.window.sees_no("Caps Lock is on.")
            self.window.focus("Master password")
            self.window.sees("Caps Lock is on.")
            self.take_picture()
        finally:
            self.window.key("Caps_Lock")
        self.window.sees_no("Caps Lock is on.")

    def wrong_password(self):
        self.window.type_into("Email address", self.email)
        self._log_in(WRONG_PASSWORD)
        self.window.sees("Wrong email or master password")
        must(self.email in self.window.words(), "the email is not kept")

    def _log_in(self, password):
        self.window.type_secret(password, "Master password")
        seen = self.window.everything()
        must(password not in seen, "the typed password can be read on the accessibility bus")
        self.window.key("Return")

    def two_step_login(self):
        self._log_in(self.password)
        self._sees_true_providers()
        self.window.sees("View recovery code", "This code and your master password let you in")

    def by_keyboard(self):
        self.window.tab_to("View recovery code")
        self.window.key("Return")
        self.window.sees("Enter your master password to see the code.")
        self._log_in_blindly(self.password)
        self.window.sees("Turns off two-step login, with your email")
        self.window.tab_to("Close")
        self.take_picture()
        self.window.key("Return")
        self.window.sees_no("Turns off two-step login, with your email")
        self._has_focus("View recovery code")
        self.window.tab_to("Set up Email")
        self.window.key("Return")
        self.window.sees("Enter your master password to change these settings.")
        self.window.key("Escape")
        self.window.sees_no("Enter your master password")

    def _second_step_is_asked_for(self, *words):
        self.window.sees("Two-step login", "Back to sign in", *words)

    def _log_in_blindly(self, password):
        """Enters the password into the field that already has the focus."""
        self._has_focus("Master password")
        self.window.type_secret(password)
        self.window.key("Return")

    def _has_focus(self, name):
        wait_until(lambda: (found := self.window.focused()) is not None and found.name == name,
                   f"{name!r} having the focus")

    def _sees_true_providers(self):
        """Checks that the rows are in the right order and have the states from the server."""
        on = {int(number) for number, enabled
              in self.server.account(self.role)["providers"].items() if enabled}
        rows = [("Email", 1), ("Authenticator app", 0), ("Passkey", 7),
                ("Yubico OTP security key", 3), ("Duo", 2)]
        for name, number in rows:
            state = "turned on" if number in on else "turned off"
            self.window.find("list item", contains=f"{name}, {state}")
        shown = [node.name for node in self.window.all("list item")]
        order = [next(i for i, shown_name in enumerate(shown) if shown_name.startswith(name + ","))
                 for name, _ in rows]
        must(order == sorted(order), f"the rows stand in another order: {shown}")

    def refreshed(self):
        self.server.change_account(self.role, providers={"0": True, "2": False})
        self.window.key("F5")
        self._sees_true_providers()

    def manage(self):
        self._manage("Passkey", "Set up")
        self.window.sees("Add security key", "Plug in your key")
        self.take_picture()
        self._close("Cancel")

    def premium_ended(self):
        self.window.sees("Premium has ended. You can only turn this off.")
        self.window.press("Turn off Yubico OTP security key…")
        self.window.sees("Turn off Yubico OTP security key?")

    def turn_off_asked(self):
        self.window.sees("You won’t be asked for it at sign-in.",
                         "Without Premium it cannot be turned on again")
        self.take_picture()
        self._close("Cancel")

    def _manage(self, method, button="Manage"):
        self.window.press(f"{button} {method}")
        self.window.sees("Enter your master password to change these settings.")
        self._log_in(self.password)
        self.window.sees_no("Enter your master password")

    def _close(self, name):
        """Presses a button of the top dialog and waits until the dialog is closed."""
        button = self.window.find("push button", name, last=True).node
        self.window.press(name, "push button", last=True)
        # A dialog below may have a button with the same name.
        wait_until(lambda: all(seen.node != button
                               for seen in self.window.all("push button", name)),
                   "closing the dialog")

    def verification(self):
        self.window.press("View recovery code")
        self.window.sees("Enter your master password to see the code.")

    def wrong_proof(self):
        self._log_in(WRONG_PASSWORD)
        self.window.sees("Wrong master password. Check Caps Lock.")

    def recovery_code(self):
        self._log_in(self.password)
        shown = self.window.find("label", "Recovery code", described=True)
        truth = self.server.account(self.role)["recoveryCode"]
        self.code = truth.upper()
        read = re.sub(r"[^0-9A-Za-z]", "", shown.description).upper()
        must(read == self.code, "another code is shown than the server has")
        self.window.sees("Turns off two-step login, with your email", "Print…", "Save as…", "Copy")

    def hidden_code(self):
        self.window.press("Hide code")
        wait_until(lambda: self.code not in re.sub(r"[^0-9A-Z]", "",
                                                   self.window.everything().upper()),
                   "the code disappearing from the accessibility bus")
        self.take_picture()
        self.window.press("Show code")
        self.window.find("label", "Recovery code", described=True)

    def copied(self):
        self.window.press("Copy")
        self.copied_at = time.monotonic()
        self.window.sees("Copied. Clipboard clears in")

    def print_dialog(self):
        self.window.press("Print…")
        self.window.sees("Print the recovery sheet", "QR code", "Copies", "Letter")
        self.window.find(name="Preview of the recovery sheet")
        self._sees_printer()

    def _sees_printer(self):
        wait_until(lambda: any("Paper in a file" in box.description
                               for box in self.window.all("combo box", "Printer")),
                   "the printer standing in the list")

    def printed(self):
        self.window.press("Print", "push button")
        self.window.sees("Check the paper. Is it readable?")
        pdf = wait_until(self.printer.printed_pdf, "the job coming out of the printer")
        file = self.desktop.scratch / "job.pdf"
        file.write_bytes(pdf)
        self._must_have_code(text_of_pdf(file), "the printed sheet")
        shutil.copy(file, self.out / "printed.pdf")

    def printer_refuses(self):
        # The answer finishes the task: both dialogs close.
        self.window.press("Yes, readable", "push button")
        self.window.sees_no("Check the paper")
        self.window.sees("Printed ")
        wait_until(lambda: not self.printer.documents(),
                   "the print queue forgetting the sheet")
        self.printer.say("reject")
        self.window.press("View recovery code")
        self._log_in(self.password)
        self.window.find("label", "Recovery code", described=True)
        self.window.press("Print…")
        self._sees_printer()
        self.window.press("Print", "push button")
        self.window.sees("Not marked as printed")
        self.printer.say("accept")

    def _open_save(self, item):
        # The code is hidden automatically after a while, and the machine may be slow.
        if self.window.all("push button", "Show code"):
            self.window.press("Show code")
        self.window.press("Save as…")
        self.window.press(item, "menu item")
        self.window.find("text", "File")

    def _save_to(self, path):
        self.window.type_into("File", str(path))
        self.window.press("Save", "push button")

    def _must_be_private(self, path):
        mode = path.stat().st_mode & 0o777
        must(mode == 0o600, f"{path} has mode {mode:o}")

    def save_pdf(self):
        # The print dialog of the previous step.
        self._close("Close")
        self._open_save("PDF")
        file = self.out / "recovery-sheet.pdf"
        self._save_to(file)
        self.window.sees("Saved and verified")
        self._must_be_private(file)
        self._must_have_code(text_of_pdf(file), "the PDF")

    def save_protected_pdf(self):
        self._close("Done")
        self._open_save("PDF with password")
        self.phrase = self._passphrase()
        self.take_picture()
        file = self.out / "recovery-sheet-protected.pdf"
        self._save_to(file)
        self.window.sees("Saved and verified", "Keep the passphrase apart from the file")
        self._must_be_private(file)
        must(ran("qpdf", "--check", file).returncode != 0, "the file opens without a passphrase")
        must(ran("qpdf", "--password=wrong", "--check", file).returncode != 0,
             "the file opens with a wrong passphrase")
        told = ran("qpdf", f"--password={self.phrase}", "--show-encryption", file)
        must(told.returncode == 0, f"the passphrase does not open the file: {told.stderr}")
        must("AESv3" in told.stdout, f"the file is not encrypted by AES-256: {told.stdout}")
        opened = self.desktop.scratch / "opened.pdf"
        ran("qpdf", f"--password={self.phrase}", "--decrypt", file, opened)
        self._must_have_code(text_of_pdf(opened), "the protected PDF")
        must(not any(group.encode() in file.read_bytes() for group in self._groups()),
             "the protected file has parts of the code in plain letters")

    def _passphrase(self):
        told = self.window.find("label", "Passphrase", described=True).description
        words = re.findall(r"[A-Z][a-z]+", told)
        must(len(words) == 6, f"the passphrase has {len(words)} words")
        return "".join(words)

    def save_text(self):
        self._close("Done")
        self._open_save("Text")
        file = self.out / "recovery-sheet.txt"
        self._save_to(file)
        self.window.sees("Saved and verified")
        self._must_be_private(file)
        self._must_have_code(file.read_text(), "the text")

    def file_exists(self):
        self._close("Done")
        file = self.out / "recovery-sheet.txt"
        file.write_text("older words\n")
        self._open_save("Text")
        self._save_to(file)
        self.window.sees("A file with this name already exists", "Replace it")
        must(file.read_text() == "older words\n", "the old file was touched")

    def file_replaced(self):
        self.window.press("Replace it", "push button")
        self.window.sees("Saved and verified")
        file = self.out / "recovery-sheet.txt"
        self._must_be_private(file)
        self._must_have_code(file.read_text(), "the replaced text")
        self.take_picture()
        self._close("Done")

    def _refused_in(self, folder, words):
        before = sorted(folder.iterdir())
        self._open_save("PDF")
        self._save_to(folder / "recovery-sheet.pdf")
        self.window.sees(words)
        must(sorted(folder.iterdir()) == before, f"something was left in {folder}")

    def read_only_folder(self):
        # For root, the folder is mounted read-only; other users lack the permission.
        self._refused_in(self.read_only, "read-only"
                         if os.geteuid() == 0 else "cannot be written")

    def full_disk(self):
        self._close("Cancel")
        self._refused_in(self.full, "Disk full")

    def clipboard_cleared(self):
        if not self.window.all("text", "File"):
            self._open_save("PDF")
        time.sleep(max(0, 31 - (time.monotonic() - self.copied_at)))
        self.window.focus("File")
        self.window.key("ctrl+a", "ctrl+v")
        time.sleep(0.3)
        pasted = re.sub(r"[^0-9A-Za-z]", "", self.window.find("text", "File").text).upper()
        must(self.code not in pasted, "the clipboard still has the code")
        self._close("Cancel")
        self.window.sees_no("Clipboard clears in")
        self.take_picture()
        self._close("Close")

    def preferences(self):
        self.window.press("Preferences", "push button")
        self.window.sees("Appearance", "System follows your desktop", "Paper",
                         "Lock when idle")

    def no_keyring(self):
        self.window.sees_no("no unlocked keyring")
        self.window.press("Stay signed in", "check box")
        self.window.sees("Can't stay signed in: no unlocked keyring")
        self.window.press("Dismiss")
        self.window.sees_no("no unlocked keyring")
        self.window.press("Stay signed in", "check box")
        self.window.find("alert", contains="“Stay signed in” is off again")

    def dark_theme(self):
        light = self._brightness()
        self.window.press("Dark")
        wait_until(lambda: self._brightness() < 0.35 < light, "the window turning dark")
        self.window.press("Security", "push button")
        self._sees_true_providers()

    def _brightness(self):
        """The brightness of the program's window, from 0 to 1."""
        file = self.desktop.scratch / "look.png"
        self.desktop.picture(file)
        return float(ran("convert", file, "-colorspace", "Gray", "-format", "%[fx:mean]",
                         "info:").stdout)

    def _choose_appearance(self, name):
        self.window.press("Preferences", "push button")
        self.window.press(name)

    def recovery_code_dark(self):
        self.window.press("View recovery code")
        self._log_in(self.password)
        self.window.find("label", "Recovery code", described=True)

    def offline(self):
        self._close("Close")
        self.server.fault("*", "drop")
        self.window.key("F5")
        self.window.sees("broke off", "Offline", "Retry")
        self._sees_states_kept()

    def _sees_states_kept(self):
        self.window.find("list item", contains="Authenticator app, turned on")

    def server_problem(self):
        self.server.no_faults()
        self.window.press("Retry")
        self.window.sees_no("broke off")
        self.server.fault("/api/two-factor", "server-error")
        self.window.key("F5")
        self.window.sees("Server error (500)", "Retry")
        self._sees_states_kept()

    def session_expired(self):
        self.server.no_faults()
        self.window.press("Retry")
        self.window.sees_no("Server error")
        self.server.expire_sessions()
        self.window.key("F5")
        self.window.sees("Your session has ended. Sign in to continue.")
        self.window.find("push button", "Sign in")

    def second_step_asked_for(self):
        # The authenticator app was turned on elsewhere, so the server asks for it at sign-in.
        self.window.press("Sign in", "push button")
        self.window.sees("Sign in to your account")
        self.window.find("text", "Email address", contains=self.email)
        self._log_in(self.password)
        self._second_step_is_asked_for("Authenticator app")

    def signed_in_again(self):
        code = self.server.account(self.role)["authenticatorCodes"][1]
        self.window.type_into("Verification code", code)
        self.window.key("Return")
        self._sees_true_providers()
        self.take_picture()
        self.server.change_account(self.role, providers={"0": False, "2": True})
        self.window.key("F5")
        self._sees_true_providers()

    def locked(self):
        # Locks while the code is visible.
        self.window.press("View recovery code")
        self._log_in(self.password)
        self.window.find("label", "Recovery code", described=True)
        self.window.key("ctrl+l")
        self.window.sees("Sparekey is locked", self.email)

    def sections_behind_the_lock(self):
        self.window.press("Security keys", "push button")
        self.window.sees_no("Sparekey is locked")
        self.take_picture()
        self.window.press("Start", "push button")
        self.window.sees("What do you want to do?", self.email)
        self.window.press(contains=self.email, role="push button")
        self.window.sees("Sparekey is locked")

    def wrong_unlock(self):
        self._log_in(WRONG_PASSWORD)
        self.window.sees("Wrong master password")

    def unlocked(self):
        self._log_in(self.password)
        self._sees_true_providers()

    def locked_with_the_screen(self):
        self.window.press("View recovery code")
        self._log_in(self.password)
        self.window.find("label", "Recovery code", described=True)
        wait_until(lambda: self.desktop.lock_screen() or "sparekey is locked" in self.window.words(),
                   "the lock of the screen locking the window")
        self.window.sees("Sparekey is locked", self.email)
        wait_until(lambda: not self.window.all("label", "Recovery code", described=True),
                   "the code leaving the window")
        self.take_picture()
        self._log_in(self.password)
        self._sees_true_providers()
        self.window.sees_no("Sparekey is locked")

    def signed_out(self):
        self.window.press(contains="Account:")
        self.window.press("Sign out", "menu item")
        self.window.sees("Sign in to your account")
        self.window.find("text", "Email address", contains=self.email)
        self._no_secret_left_behind()


class MainStory(Story):
    """The main task: sign in, view and print the recovery code; with the errors that may occur."""

    has_awkward_folders = True

    def steps(self):
        steps = [
            ("Sign-in page", self.sign_in_page),
            ("Start page", self.start_page),
            ("Security keys without an account", self.keys_without_account),
            ("Locked out", self.locked_out),
            ("Server menu", self.server_menu),
            ("Not a server", self.not_a_server),
            ("Self-hosted server", self.self_hosted_server),
            ("Caps Lock is on", self.caps_lock),
            ("Wrong password", self.wrong_password),
            ("Two-step login", self.two_step_login),
            ("By keyboard alone", self.by_keyboard),
            ("Changed elsewhere, refreshed", self.refreshed),
            ("Manage a method", self.manage),
            ("YubiKeys after Premium has ended", self.premium_ended),
            ("Turn off?", self.turn_off_asked),
            ("Prove it is you", self.verification),
            ("Wrong proof", self.wrong_proof),
            ("Recovery code", self.recovery_code),
            ("Hidden code", self.hidden_code),
            ("Copied", self.copied),
            ("Print", self.print_dialog),
            ("Printed", self.printed),
            ("Printer refuses", self.printer_refuses),
            ("Save as PDF", self.save_pdf),
            ("Save as PDF with password", self.save_protected_pdf),
            ("Save as text", self.save_text),
            ("File exists", self.file_exists),
            ("File replaced", self.file_replaced),
            ("Read-only folder", self.read_only_folder),
            ("Full disk", self.full_disk),
            ("Clipboard cleared", self.clipboard_cleared),
            ("Preferences", self.preferences),
            ("No keyring", self.no_keyring),
            ("Dark theme", self.dark_theme),
            ("Recovery code, dark", self.recovery_code_dark),
            ("Offline", self.offline),
            ("Server problem", self.server_problem),
            ("Session expired", self.session_expired),
            ("Second step asked for", self.second_step_asked_for),
            ("Signed in again", self.signed_in_again),
            ("Locked", self.locked),
            ("Other sections behind the lock", self.sections_behind_the_lock),
            ("Wrong password at the lock", self.wrong_unlock),
            ("Unlocked", self.unlocked),
            ("Locked with the screen", self.locked_with_the_screen),
            ("Signed out", self.signed_out),
        ]
        without = {self.read_only_folder: self.read_only, self.full_disk: self.full}
        return [step for step in steps if without.get(step[1], True)]
