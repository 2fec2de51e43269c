#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes encrypted exports as other programs do, with libraries that are not those under test.

    make_exports.py bitwarden-pbkdf2|bitwarden-argon2id|aegis PASSPHRASE < PLAIN > EXPORT

PLAIN is what the export holds once it is decrypted.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import uuid

import argon2.low_level
from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import pad


def text(octets):
    return base64.b64encode(octets).decode()


def enc_string(plain, key):
    """EncString type 2 of Bitwarden; the stretched keys are HKDF-Expand with one block."""
    stretched = {info: hmac.digest(key, info.encode() + b"\x01", "sha256")
                 for info in ("enc", "mac")}
    iv = os.urandom(16)
    sealed = AES.new(stretched["enc"], AES.MODE_CBC, iv).encrypt(pad(plain, 16))
    mac = hmac.digest(stretched["mac"], iv + sealed, "sha256")
    return f"2.{text(iv)}|{text(sealed)}|{text(mac)}"


def bitwarden(kdf, passphrase, plain):
    salt = text(os.urandom(16))
    export = {"encrypted": True, "passwordProtected": True, "salt": salt}
    if kdf == "pbkdf2":
        key = hashlib.pbkdf2_hmac("sha256", passphrase, salt.encode(), 5000, 32)
        export |= {"kdfType": 0, "kdfIterations": 5000}
    else:
        key = argon2.low_level.hash_secret_raw(
            passphrase, hashlib.sha256(salt.encode()).digest(), time_cost=2, memory_cost=16 * 1024,
            parallelism=2, hash_len=32, type=argon2.low_level.Type.ID)
        export |= {"kdfType": 1, "kdfIterations": 2, "kdfMemory": 16, "kdfParallelism": 2}
    export["encKeyValidation_DO_NOT_EDIT"] = enc_string(str(uuid.uuid4()).encode(), key)
    export["data"] = enc_string(plain, key)
    return export


def gcm(key, plain):
    nonce = os.urandom(12)
    sealed, tag = AES.new(key, AES.MODE_GCM, nonce=nonce).encrypt_and_digest(plain)
    return sealed, {"nonce": nonce.hex(), "tag": tag.hex()}


def aegis(passphrase, plain):
    master, salt = os.urandom(32), os.urandom(32)
    derived = hashlib.scrypt(passphrase, salt=salt, n=1024, r=8, p=1, dklen=32)
    key, key_params = gcm(derived, master)
    db, params = gcm(master, plain)
    biometric = {"type": 2, "uuid": str(uuid.uuid4()), "key": "00" * 32, "key_params": key_params}
    slot = {"type": 1, "uuid": str(uuid.uuid4()), "key": key.hex(), "key_params": key_params,
            "n": 1024, "r": 8, "p": 1, "salt": salt.hex(), "repaired": True}
    return {"version": 1, "header": {"slots": [biometric, slot], "params": params}, "db": text(db)}


def main():
    kind, passphrase = sys.argv[1], sys.argv[2].encode()
    plain = sys.stdin.buffer.read()
    if kind == "aegis":
        export = aegis(passphrase, plain)
    else:
        export = bitwarden(kind.removeprefix("bitwarden-"), passphrase, plain)
    print(json.dumps(export, indent=2))


if __name__ == "__main__":
    main()
