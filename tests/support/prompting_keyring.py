#!/usr/bin/python3
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Secret Service that finds a locked item in every search, has no collection, and opens a prompt
before it unlocks or creates one. The prompts are never completed, as if nobody answered them.

Prints "ready" when it owns the name on the session bus, and then the name of each method call.
"""

import os

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ROOT = "/org/freedesktop/secrets"
PROMPT = ROOT + "/prompt/1"
INTERFACES = """<node>
  <interface name="org.freedesktop.Secret.Service">
    <method name="OpenSession">
      <arg direction="in" type="s"/><arg direction="in" type="v"/>
      <arg direction="out" type="v"/><arg direction="out" type="o"/>
    </method>
    <method name="CreateCollection">
      <arg direction="in" type="a{sv}"/><arg direction="in" type="s"/>
      <arg direction="out" type="o"/><arg direction="out" type="o"/>
    </method>
    <method name="SearchItems">
      <arg direction="in" type="a{ss}"/>
      <arg direction="out" type="ao"/><arg direction="out" type="ao"/>
    </method>
    <method name="Unlock">
      <arg direction="in" type="ao"/>
      <arg direction="out" type="ao"/><arg direction="out" type="o"/>
    </method>
    <method name="ReadAlias">
      <arg direction="in" type="s"/><arg direction="out" type="o"/>
    </method>
    <property name="Collections" type="ao" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Prompt">
    <method name="Prompt"><arg direction="in" type="s"/></method>
    <method name="Dismiss"/>
    <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
  </interface>
</node>"""


def answer(_connection, _sender, _path, _interface, method, parameters, call):
    print(method, flush=True)
    if method == "OpenSession":
        if parameters.unpack()[0] != "plain":
            call.return_dbus_error("org.freedesktop.DBus.Error.NotSupported", "only plain")
            return
        call.return_value(GLib.Variant("(vo)", (GLib.Variant("s", ""), ROOT + "/session/1")))
    elif method == "SearchItems":
        call.return_value(GLib.Variant("(aoao)", ([], [ROOT + "/collection/login/1"])))
    elif method == "Unlock":
        call.return_value(GLib.Variant("(aoo)", ([], PROMPT)))
    elif method == "CreateCollection":
        call.return_value(GLib.Variant("(oo)", ("/", PROMPT)))
    elif method == "ReadAlias":
        call.return_value(GLib.Variant("(o)", ("/",)))
    else:
        call.return_value(None)  # the prompt is shown or dismissed


def main():
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    connection = Gio.DBusConnection.new_for_address_sync(
        os.environ["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
    service, prompt = Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces

    def collections(*_):
        return GLib.Variant("ao", [])
    connection.register_object(ROOT, service, answer, collections, None)
    connection.register_object(PROMPT, prompt, answer, None, None)
    connection.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
                         GLib.Variant("(su)", ("org.freedesktop.secrets", 0)), None,
                         Gio.DBusCallFlags.NONE, -1, None)
    print("ready", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
