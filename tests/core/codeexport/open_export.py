#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decrypts a password-protected export of Bitwarden, as its clients do: open_export.py FILE

The passphrase comes from the standard input. Uses libraries that are not those under test.
"""

import base64
import hashlib
import hmac
import json
import sys
import uuid
from pathlib import Path

from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import unpad


def opened(enc_string, key):
    kind, _, parts = enc_string.partition(".")
    assert kind == "2"
    iv, sealed, mac = (base64.b64decode(part, validate=True) for part in parts.split("|"))
    stretched = {info: hmac.digest(key, info.encode() + b"\x01", "sha256")
                 for info in ("enc", "mac")}
    assert hmac.compare_digest(hmac.digest(stretched["mac"], iv + sealed, "sha256"), mac)
    return unpad(AES.new(stretched["enc"], AES.MODE_CBC, iv).decrypt(sealed), 16)


def main():
    export = json.loads(Path(sys.argv[1]).read_text())
    assert export["encrypted"] is True and export["passwordProtected"] is True
    assert export["kdfType"] == 0 and export["kdfIterations"] >= 600_000
    assert len(base64.b64decode(export["salt"], validate=True)) == 16
    passphrase = sys.stdin.buffer.readline().rstrip(b"\n")
    key = hashlib.pbkdf2_hmac("sha256", passphrase, export["salt"].encode(),
                              export["kdfIterations"], 32)
    uuid.UUID(opened(export["encKeyValidation_DO_NOT_EDIT"], key).decode())
    # Fails if it is no JSON.
    print(json.dumps(json.loads(opened(export["data"], key))))


if __name__ == "__main__":
    main()
