#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pykeepass makes of a KDBX file: pykeepass_tool.py show|edit FILE [KEY-FILE]

The passphrase comes from the standard input; without a line there is none. `show` prints entries and
attachments as JSON. `edit` changes, adds and saves. `blank` prints the path of the empty database
that pykeepass brings, which KeePass has written.
"""

import json
import sys
from pathlib import Path

import pykeepass


def shown(database):
    return [
        {
            "group": "/".join(filter(None, entry.group.path or [])),
            "title": entry.title,
            "username": entry.username,
            "password": entry.password,
            "notes": entry.notes,
            "tags": entry.tags,
            "custom": entry.custom_properties,
            "history": [state.password for state in entry.history],
            "attachments": {a.filename: a.data.decode() for a in entry.attachments},
            "created": entry.ctime.isoformat(),
        }
        for entry in database.entries
    ]


def edit(database):
    entry = database.find_entries(title="Mail", first=True)
    entry.save_history()
    entry.password = "changed by pykeepass"
    entry.set_custom_property("Added", "value")
    added = database.add_entry(database.root_group, "New", "user", "new password")
    number = database.add_binary(b"new attachment", protected=True)
    added.add_attachment(number, "new.txt")
    database.save()


def main():
    command = sys.argv[1]
    if command == "blank":
        print(Path(pykeepass.__file__).with_name("blank_database.kdbx"))
        return
    passphrase = sys.stdin.readline().rstrip("\n") or None
    key_file = sys.argv[3] if len(sys.argv) > 3 else None
    database = pykeepass.PyKeePass(sys.argv[2], password=passphrase, keyfile=key_file)
    if command == "edit":
        edit(database)
    print(json.dumps(shown(database)))


if __name__ == "__main__":
    main()
