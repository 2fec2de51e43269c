# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recovery codes without an account: a library from nothing to its sheets, and to a file that
KeePassXC opens."""

import fcntl
import shutil
import subprocess
import sys
import time
from pathlib import Path

from desktop import LIMIT, wait_until
from story import Story, must, ran, text_of_pdf
from window import FIELDS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from private_keyring import start_keyring  # noqa: E402

PASSPHRASE = "copper lantern orchard violin"
NEW_PASSPHRASE = "walnut harbor pencil moonlight"
EXPORT_PASSPHRASE = "ribbon glacier turnip saddle"
GOOGLE = ["1234 5678", "2234 5678", "3234 5678", "4234 5678", "5234 5678",
          "6234 5678", "7234 5678", "8234 5678", "9234 5678", "1034 5678"]
NEW_GOOGLE = ["1934 5678", "2934 5678", "3934 5678", "4934 5678", "5934 5678",
              "6934 5678", "7934 5678", "8934 5678", "9934 5678", "1099 5678"]
MICROSOFT = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2"
SETUP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DP"


class LibraryStory(Story):
    """Nobody signs in."""

    secrets = (PASSPHRASE, NEW_PASSPHRASE, EXPORT_PASSPHRASE, MICROSOFT)

    def steps(self):
        return [
            ("Start without an account", self.start),
            ("Make a library", self.make_library),
            ("Add codes", self.add_codes),
            ("Codes of a file", self.google_found),
            ("Delete the plain file", self.plain_file),
            ("Google entry", self.google_entry),
            ("Codes shown", self.codes_shown),
            ("A code is used", self.mark_used),
            ("Print the Google codes", self.print_google),
            ("Printed Google codes", self.printed_google),
            ("Enter a Microsoft code", self.microsoft),
            ("Save the Microsoft code", self.save_microsoft),
            ("Keep a 1Password setup key", self.one_password),
            ("Save the 1Password setup sheet", self.save_one_password),
            ("Prove the key before an export", self.prove_export),
            ("Choose the format of an export", self.choose_export),
            ("Exported", self.exported),
            ("QR code of a picture", self.qr_picture),
            ("Passphrase of an encrypted file", self.encrypted_file),
            ("Codes of an encrypted file", self.encrypted_found),
            ("All recovery codes", self.all_codes),
            ("Search", self.search),
            ("New set", self.new_set),
            ("Old paper is destroyed", self.destroy_paper),
            ("Edit an entry", self.edit),
            ("Small window", self.small_window),
            ("Rename the library", self.rename),
            ("Change the passphrase", self.change_passphrase),
            ("Older versions are deleted", self.delete_older_versions),
            ("Library is locked", self.locked),
            ("Wrong passphrase", self.wrong_passphrase),
            ("Keyring unlocks", self.keyring_unlocks),
            ("Another file", self.another_file),
            ("Damaged file", self.damaged_file),
            ("In use by another window", self.in_use),
            ("File is gone", self.file_gone),
            ("Changed on both sides", self.changed_on_both_sides),
            ("Codes in dark", self.dark),
            ("By keyboard alone", self.by_keyboard_alone),
            ("KeePassXC opens it", self.in_keepassxc),
        ]

    def after_each_step(self):
        super().after_each_step()
        everything = self.window.everything()
        must(PASSPHRASE not in everything and NEW_PASSPHRASE not in everything,
             "the passphrase can be read on the accessibility bus")

    # ---- helpers of the steps

    @property
    def _folder(self):
        return self.desktop.home / ".local/share/sparekey"

    @property
    def _file(self):
        return self._folder / "recovery-codes.kdbx"

    @property
    def _renamed(self):
        return self._folder / "my-codes.kdbx"

    def _keepassxc(self, command, *arguments, passphrase=NEW_PASSPHRASE):
        done = subprocess.run(
            ["keepassxc-cli", command, "--quiet", *arguments], input=passphrase + "\n",
            env=self.desktop.env, capture_output=True, text=True, timeout=LIMIT, check=False)
        must(done.returncode == 0, f"keepassxc-cli: {done.stderr}")
        return done.stdout

    def _choose_in_menu(self, text):
        self.window.press("Library", "push button")
        self.window.press(text, "menu item")

    def _close_file(self):
        self._choose_in_menu("Open another library…")
        self.window.sees("Your library is locked")

    def _unlock(self, passphrase=NEW_PASSPHRASE):
        self.window.type_secret(passphrase, "Passphrase of the library")
        self.window.key("Return")

    def _open_again(self):
        self._unlock()
        self.window.find(FIELDS, "Search recovery codes")

    def _text_file(self, name, codes):
        path = self.desktop.home / name
        lines = [f"{number}. {code}" for number, code in enumerate(codes, 1)]
        path.write_text("SAVE YOUR BACKUP CODES\n\n" + "\n".join(lines)
                        + "\n\n(me@example.org)\n* Need more? Visit https://g.co/2sv\n")
        return path

    def _row(self, name):
        return self.window.find("list item", contains=name)

    def _google_has(self, state):
        wait_until(lambda: self._row("Google").description.startswith(state),
                   f"the entry saying {state}")

    def _save(self):
        self.window.press("Save", "push button")
        self.window.sees_no("You see them before they are saved", "Add another code")

    def _save_sheet(self, file):
        self._open_save("PDF")
        self._save_to(file)
        self.window.sees("Saved and verified")
        self._must_be_private(file)
        self._close("Done")

    def _must_show(self, pdf, groups):
        checked = ran("qpdf", "--check", pdf)
        must(checked.returncode == 0, f"{pdf} is damaged: {checked.stdout}{checked.stderr}")
        # The table of codes is laid out with spaces.
        text = " ".join(text_of_pdf(pdf).split())
        missing = [group for group in groups if group not in text]
        must(not missing, f"{pdf.name} lacks {missing}:\n{text}")

    def _back_to_list(self):
        self.window.press("All recovery codes", "push button")
        self.window.find(FIELDS, "Search recovery codes")

    # ---- the steps

    def start(self):
        self.window.press("Start", "push button")
        self.window.sees("Add recovery codes", "Open existing library…")

    def make_library(self):
        self.window.press(contains="Add recovery codes")
        self.window.sees("Make your library", "Use six random words")
        self.take_picture()
        self.window.press("Choose my own", "radio button")
        self.window.type_secret("password", "Your passphrase")
        self.window.sees("Very weak")
        self.window.type_secret(PASSPHRASE, "Your passphrase")
        self.window.type_secret(PASSPHRASE, "Repeat passphrase")
        self.window.press("Make library", "push button")

    def add_codes(self):
        self.window.sees("Paste codes", "Or open the file that you downloaded", "Or enter a code")
        must(self._file.exists(), "there is no library file")

    def google_found(self):
        path = self._text_file("Backup-codes-me.txt", GOOGLE)
        self.window.type_into("Or open the file that you downloaded", str(path))
        self.window.key("Return")
        self.window.sees("10 codes", "Save")
        self.window.find(FIELDS, "Account", contains="me@example.org")

    def plain_file(self):
        self.window.press("Save", "push button")
        self.window.sees("The file still has them in plain text", "Backup-codes-me.txt")
        self.take_picture()
        self.window.press("Delete the file", "push button")
        self.window.sees("10 of 10 left")
        must(not (self.desktop.home / "Backup-codes-me.txt").exists(), "the plain file is there")

    def google_entry(self):
        self.window.sees("Google", "me@example.org", "Show codes", "Not printed", "New set…")
        must("5 6 7 8" not in self.window.everything(), "hidden codes can be read")

    def codes_shown(self):
        self.window.press("Show codes", "push button")
        shown = self.window.find("label", "Code 02", described=True)
        must(shown.description == "2 2 3 4, 5 6 7 8", f"code 2 reads {shown.description!r}")
        self.take_picture()
        self.window.key("alt+s")
        self.window.find("push button", "Show codes")
        must("5 6 7 8" not in self.window.everything(), "hidden codes can be read")

    def mark_used(self):
        self.window.press("Mark code 03 used", "push button")
        self.window.sees("9 of 10 left")
        used = self.window.find("list item", "Code 03", described=True)
        must(used.description.startswith("Used on"), f"code 3 is {used.description!r}")
        self.window.press("Mark code 04 used", "push button")
        self.window.sees("8 of 10 left")
        self.take_picture()
        self.window.press("Code 04 is not used", "push button")
        self.window.sees("9 of 10 left")

    def print_google(self):
        self.window.press("Print…", "push button")
        self.window.sees("Print the recovery sheet", "QR code", "Copies", "Letter", "Account name")
        self.window.find(name="Preview of the recovery sheet")
        self._sees_printer()

    def printed_google(self):
        self.window.press("Print", "push button", last=True)
        self.window.sees("Check the paper. Is it readable?")
        pdf = wait_until(self.printer.printed_pdf, "the job coming out of the printer")
        file = self.desktop.scratch / "codes.pdf"
        file.write_bytes(pdf)
        self._must_show(file, GOOGLE)
        shutil.copy(file, self.out / "google-codes.pdf")
        self.window.press("Yes, readable", "push button")
        self.window.sees_no("Check the paper")
        self.window.sees("Up to date", "Paper, sheet")

    def microsoft(self):
        self._back_to_list()
        self.window.press("Add codes", "push button")
        self.window.type_secret(MICROSOFT, "Or enter a code")
        self.window.key("Return")
        service = self.window.find("combo box", "Service", described=True).description
        must(service == "Microsoft", f"the code is taken for one of {service!r}")
        self.take_picture()
        self._save()
        self.window.sees("Microsoft", "1 code", "A new code makes this one void")

    def save_microsoft(self):
        self.window.sees("Not printed")
        file = self.out / "microsoft-code.pdf"
        self._save_sheet(file)
        self._must_show(file, MICROSOFT.split("-"))
        self.window.sees("Up to date", "PDF, sheet", str(file))

    def one_password(self):
        self._back_to_list()
        self.window.press("Add codes", "push button")
        self.window.type_secret(
            f"otpauth://totp/1Password:me%40example.org?secret={SETUP_KEY}&issuer=1Password",
            "Or enter a code")
        self.window.key("Return")
        self._save()
        self.window.sees("1Password", "Emergency Kit")
        self.window.press("Show key", "push button")
        self.window.find(name="QR code of the setup key")

    def save_one_password(self):
        self.window.sees("Not printed")
        self.window.press("Hide key", "push button")
        file = self.out / "1password-key.pdf"
        self._save_sheet(file)
        self._must_show(file, [SETUP_KEY[at:at + 4] for at in range(0, len(SETUP_KEY), 4)])
        self.window.sees("Up to date", "PDF, sheet")

    def prove_export(self):
        self.window.press("Export…", "push button")
        self.window.sees("Codes are about to leave the library")
        self.take_picture()
        self.window.type_secret("not these words", "Passphrase of the library")
        self.window.key("Return")
        self.window.sees("does not open the library")
        self.window.type_secret(PASSPHRASE, "Passphrase of the library")
        self.window.key("Return")

    def choose_export(self):
        self.window.press("KeePass file", "radio button")
        self.window.sees("A backup of the codes", "Passphrase of the file")
        self.take_picture()
        self.window.press("Choose my own", "radio button")
        self.window.type_secret(EXPORT_PASSPHRASE, "Your passphrase")
        self.window.type_secret(EXPORT_PASSPHRASE, "Repeat passphrase")

    def exported(self):
        file = self.desktop.home / "exported.kdbx"
        self._save_to(file)
        self.window.sees("Saved and verified", "Keep the passphrase apart from the file")
        self._must_be_private(file)
        listed = self._keepassxc("ls", str(file), passphrase=EXPORT_PASSPHRASE)
        must("1Password" in listed and "Google" not in listed, f"the file has {listed}")
        self._close("Done")
        self.window.sees("KeePass file")

    def qr_picture(self):
        path = self.desktop.home / "screenshot.png"
        self.window.press("Show key", "push button")
        self.window.find(name="QR code of the setup key")
        self.desktop.picture(path)
        self._back_to_list()
        self.window.press("Add codes", "push button")
        self.window.type_into("Or open the file that you downloaded", str(path))
        self.window.key("Return")
        self.window.sees("“1Password” of me@example.org is in your library already.")
        self.take_picture()
        self.window.press("Start over", "push button")

    def encrypted_file(self):
        path = self.desktop.home / "old.kdbx"
        shutil.copy(self._file, path)
        self.window.type_into("Or open the file that you downloaded", str(path))
        self.window.key("Return")
        self.window.sees("old.kdbx", "This file is encrypted")
        self.window.type_secret("not these words", "Passphrase of the file")
        self.window.key("Return")
        self.window.sees("The file does not open with this passphrase")
        self.take_picture()

    def encrypted_found(self):
        self.window.type_secret(PASSPHRASE, "Passphrase of the file")
        self.window.key("Return")
        self.window.sees("1 of 3", "10 codes")
        self.take_picture()
        self.window.press("Cancel", "push button")

    def all_codes(self):
        for name in ("Google", "Microsoft", "1Password"):
            self._row(name)
        self.window.sees("3 entries")

    def search(self):
        self.window.type_into("Search recovery codes", "MICRO")
        self.window.sees("1 of 3 entries")
        self.window.sees_no("1Password")
        self.take_picture()
        self.window.key("Escape")
        self.window.sees("3 entries", "1Password")

    def new_set(self):
        self.window.press("Google, me@example.org", "list item")
        self.window.press("New set…", "push button")
        self.window.sees("First make new codes with the service")
        path = self._text_file("Backup-codes-new.txt", NEW_GOOGLE)
        self.window.type_into("Or open the file that you downloaded", str(path))
        self.window.key("Return")
        self.window.sees("10 codes")
        self.window.press("Save", "push button")
        self.window.press("Delete the file", "push button")
        self.window.sees("10 of 10 left", "Destroy old copies")

    def destroy_paper(self):
        self.window.focus("New set…", "push button")
        self.window.tab_to("Destroyed")
        self.window.sees("The old codes are void", "Void: destroy it")
        self.take_picture()
        self.window.key("Return")
        self.window.sees("Destroyed on")
        self.window.sees_no("The old codes are void")

    def edit(self):
        # The keyboard focus stays near the button that has disappeared.
        self.window.tab_to("Edit…")
        self.window.key("Return")
        self.window.sees("Edit entry", "Separated by commas")
        self.window.type_into("Tags", "family, work")
        self.window.press("Add what you need", "push button")
        self.window.type_into("Where it is, or which one, need 1", "in the blue notebook")
        self.take_picture()
        self.window.press("Save", "push button", last=True)
        self.window.sees("family, work", "Password: in the blue notebook")

    def small_window(self):
        self.desktop.resize(640, 480)
        # The page stays where it was scrolled to, at its end.
        self.window.focus("Edit…", "push button")
        self.window.key("Prior")
        self.window.find("push button", "New set…")
        self.window.find("push button", "Mark code 10 used")
        self.take_picture()
        self.desktop.resize(1180, 960)

    def rename(self):
        # The way back is scrolled out of sight.
        self.window.key("alt+Left")
        self.window.find(FIELDS, "Search recovery codes")
        self._choose_in_menu("Rename or move…")
        self.window.sees("Rename or move the library", "Older versions of the file go with it")
        taken = self._folder / "taken.kdbx"
        taken.write_bytes(b"another file")
        self.window.type_into("File", str(taken))
        self.window.key("Return")
        self.window.find(FIELDS, "File", described=True)
        self.take_picture()
        self.window.type_into("File", str(self._renamed))
        self.window.press("Move", "push button")
        self.window.sees("The library is now")
        must(self._renamed.exists() and not self._file.exists(), "the library was not renamed")
        must(taken.read_bytes() == b"another file", "a file was replaced")

    def change_passphrase(self):
        self._choose_in_menu("Change passphrase or key file…")
        self.window.type_secret("not these words", "Current passphrase")
        self.window.press("Choose my own", "radio button")
        self.window.type_secret(NEW_PASSPHRASE, "Your passphrase")
        self.window.type_secret(NEW_PASSPHRASE, "Repeat passphrase")
        self.window.key("Return")
        self.window.find(FIELDS, "Current passphrase", described=True)
        self.take_picture()
        self.window.type_secret(PASSPHRASE, "Current passphrase")
        self.window.press("Change", "push button")
        self.window.sees("The library now opens with the new passphrase", "older versions")

    def delete_older_versions(self):
        must(list(self._folder.glob("my-codes.old-*.kdbx")), "there are no older versions")
        self.window.press("Delete older versions", "push button")
        self.window.sees_no("Delete older versions")
        must(not list(self._folder.glob("my-codes.old-*.kdbx")), "older versions are left")
        self.take_picture()
        self.window.press("Done", "push button")

    def keyring_unlocks(self):
        keyring = start_keyring(self.desktop.scratch, self.desktop.env)
        try:
            self._close_file()
            self.window.press("Let the keyring unlock it for 4 hours", "check box")
            self._unlock()
            self.window.sees("The keyring unlocks this library until")
            self._close_file()
            self.window.sees("Unlock with the keyring")
            must(not self.window.find("check box", "Let the keyring unlock it for 4 hours").checked,
                 "the keyring is used again without being asked for")
            self.take_picture()
            self.window.press("Unlock with the keyring", "push button")
            self.window.find(FIELDS, "Search recovery codes")
            self.window.key("ctrl+l")
            self.window.sees("Your library is locked")
            self.window.sees_no("Unlock with the keyring")
            self._open_again()
        finally:
            keyring.terminate()
            keyring.wait()

    def another_file(self):
        self._close_file()
        self.window.press("Make a new library…", "push button")
        self.window.press("Choose my own", "radio button")
        self.window.type_secret(NEW_PASSPHRASE, "Your passphrase")
        self.window.type_secret(NEW_PASSPHRASE, "Repeat passphrase")
        self.window.key("Return")
        self.window.sees("Your library is empty")
        self._close_file()
        self.window.sees("Other libraries", "my-codes.kdbx", "Opened")
        self.take_picture()
        self.window.press("Open", "push button")
        self.window.sees("my-codes.kdbx in")
        self._open_again()
        self._row("Google")

    def damaged_file(self):
        self.window.press("Google, me@example.org", "list item")
        self.window.press("Mark code 05 used", "push button")
        self.window.sees("9 of 10 left")
        self._back_to_list()
        self._close_file()
        content = self._renamed.read_bytes()
        self._renamed.write_bytes(content[:-40])
        self._unlock()
        self.window.sees("The file is damaged", "Sparekey can put an older version in its place")
        self.take_picture()
        self.window.press(contains="Restore ", role="push button")
        self.window.sees("The older version is in its place")
        self._open_again()
        self._google_has("10 of 10 left")

    def in_use(self):
        self._close_file()
        with open(self._renamed.with_name(f".{self._renamed.name}.lock"), "w",
                  encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._open_again()
            self.window.sees("In use", "Another Sparekey window has this library open")
            self.take_picture()
        self.window.press("Try again", "push button")
        self.window.sees_no("Another Sparekey window has this library open")

    def file_gone(self):
        self.window.press("Google, me@example.org", "list item")
        self.window.sees("All recovery codes")
        aside = self._renamed.with_name("aside.kdbx")
        self._renamed.rename(aside)
        self._back_to_list()
        self.window.sees("The file is gone", "Save it in another place…")
        self.take_picture()
        self.window.press("Save it in another place…", "push button")
        self.window.sees("Rename or move the library")
        self.window.press("Cancel", "push button")
        aside.rename(self._renamed)
        self.window.press("Try again", "push button")
        self.window.sees_no("The file is gone")

    def changed_on_both_sides(self):
        before = self._renamed.read_bytes()
        self.window.press("Google, me@example.org", "list item")
        self.window.press("Mark code 06 used", "push button")
        self.window.sees("9 of 10 left")
        changed = int(time.time())
        self._renamed.write_bytes(before)
        # KDBX keeps whole seconds.
        wait_until(lambda: int(time.time()) > changed, "the next second")
        self._keepassxc("edit", "--url", "https://accounts.google.com/security",
                        str(self._renamed), "Google")
        self._back_to_list()
        self.window.sees("Changed here and by another program: Google. You see")
        self._google_has("10 of 10 left")
        self.take_picture()
        self.window.press("Dismiss", "push button")

    def locked(self):
        self.window.key("ctrl+l")
        self.window.press("Recovery codes", "push button")
        self.window.sees("Your library is locked", "my-codes.kdbx")
        self.window.sees_no("10 of 10 left")

    def wrong_passphrase(self):
        self.window.type_secret("not these words", "Passphrase of the library")
        self.window.key("Return")
        self.window.find(FIELDS, "Passphrase of the library", described=True)
        self.take_picture()
        self._open_again()

    def dark(self):
        self._choose_appearance("Dark")
        self.window.press("Recovery codes", "push button")
        self.window.press("Google, me@example.org", "list item")
        self.window.press("Show codes", "push button")
        self.take_picture()
        self._back_to_list()

    def by_keyboard_alone(self):
        self.window.key("ctrl+f")
        self.window.type("google")
        self.window.key("Down", "Return")
        self.window.sees("All recovery codes", "10 of 10 left")
        self.window.tab_to("Mark code 01 used")
        self.window.key("Return")
        self.window.sees("9 of 10 left")
        self.take_picture()
        self.window.key("alt+Left")
        self.window.find(FIELDS, "Search recovery codes")

    def in_keepassxc(self):
        shown = self._keepassxc("show", "--show-protected", "--all", str(self._renamed), "Google")
        for code in NEW_GOOGLE:
            must(code.replace(" ", "") in shown.replace(" ", ""),
                 f"KeePassXC does not show {code}")
        self._no_secret_left_behind()
