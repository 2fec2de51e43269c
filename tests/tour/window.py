# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as an assistive technology sees it: find by role and name, press, type, read.

Needs a desktop (desktop.py) whose environment is set before this module is imported.
"""

import subprocess
import time

import pyatspi
from gi.repository import Atspi, GLib

# How long a state may take to come, in seconds. A state that comes ends the wait at once, so this
# is what a machine needs that is busy with something else.
LIMIT = 60
# A program that answers the bus later than this counts as gone. Without it that is 0.8 s, which a
# busy machine exceeds: then the window vanishes from the tree in the middle of a step.
Atspi.set_timeout(30_000, 60_000)

FIELDS = ("entry", "text", "password text")
PRESSABLE = ("push button", "toggle button", "radio button", "check box", "menu item", "link",
             "list item", "page tab")
CONTROLS = (*FIELDS, *PRESSABLE, "combo box", "spin button")


class NotSeen(AssertionError):
    """Something that should be on the bus is not."""


class Seen:
    """What could be read of one node at one moment; the node itself may be gone by now."""

    def __init__(self, node, state):
        self.node = node
        self.focusable = state.contains(pyatspi.STATE_FOCUSABLE)
        self.focused = state.contains(pyatspi.STATE_FOCUSED)
        self.role = node.getRoleName()
        self.name = node.name
        self.description = node.description
        self.text = self._text()

    def _text(self):
        try:
            text = self.node.queryText()
        except NotImplementedError:
            return ""
        return text.getText(0, text.characterCount) if text.characterCount else ""

    def has(self, words):
        words = words.lower()
        return words in self.name.lower() or words in self.text.lower()

    def __str__(self):
        return (f"[{self.role}] {self.name!r}" + (f" text={self.text!r}" if self.text else "")
                + (f" description={self.description!r}" if self.description else ""))


def poll(look, seconds=LIMIT):
    """Calls `look` until it gives something good or the time is over; gives back the last."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.05)


class Window:
    """One running program on the accessibility bus."""

    def __init__(self, desktop, name, process):
        self.desktop = desktop
        self.activations = 0  # buttons, menu items and the like that were used
        self.secrets = 0  # that were typed
        poll(lambda: self._app(name) or not process.running())
        self.app = self._app(name)
        if self.app is None:
            raise NotSeen(f"no program named {name!r} came up on the accessibility bus. "
                          f"It said: {process.output()}")
        # Before that the display sends what is typed elsewhere.
        if not poll(self._is_active):
            raise NotSeen(f"the window of {name!r} does not become the active one")

    def _app(self, name):
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name.lower() == name.lower() and app.childCount:
                # Names are cached otherwise, and a page that changed would look the same.
                app.set_cache_mask(pyatspi.cache.NONE)
                app.clear_cache()
                return app
        return None

    def _is_active(self):
        return any(window.getState().contains(pyatspi.STATE_ACTIVE)
                   for window in self.app if window is not None)

    # ---- reading

    def nodes(self, only_showing=True):
        """All that can be seen, depth first. What vanishes while it is read is left out."""
        stack = [self.app]
        while stack:
            node = stack.pop()
            try:
                state = node.getState()
                if only_showing and node.getRole() not in (pyatspi.ROLE_APPLICATION,
                                                           pyatspi.ROLE_FRAME) \
                        and not state.contains(pyatspi.STATE_SHOWING):
                    continue
                children = [node.getChildAtIndex(i) for i in range(node.childCount)]
                yield Seen(node, state)
            except GLib.GError:
                continue
            stack.extend(child for child in reversed(children) if child is not None)

    def describe(self):
        """The tree as text, one node a line, for the report of a failed step."""
        return "\n".join(f"  {seen}" for seen in self.nodes()
                         if seen.name or seen.text or seen.role not in ("filler", "panel"))

    def everything(self):
        """Each name, description and text of the whole tree, hidden nodes too."""
        return "\n".join(part for seen in self.nodes(only_showing=False)
                         for part in (seen.name, seen.description, seen.text) if part)

    def words(self):
        """What a person reads, in small letters and without line breaks."""
        parts = (part for seen in self.nodes() for part in (seen.name, seen.text) if part)
        return " ".join(" ".join(parts).split()).lower()

    def nameless(self):
        """The controls in sight of which a screen reader could not say what they are."""
        return [seen for seen in self.nodes()
                if seen.focusable and seen.role in CONTROLS and not seen.name.strip()]

    def focused(self):
        """The control with the keyboard focus; nothing if none has it."""
        found = [seen for seen in self.nodes() if seen.focused and seen.role in CONTROLS]
        return found[-1] if found else None

    # ---- finding

    def all(self, role=None, name=None, contains=None, described=False):
        roles = (role,) if isinstance(role, str) else role
        return [seen for seen in self.nodes()
                if (roles is None or seen.role in roles)
                and (name is None or seen.name == name)
                and (contains is None or seen.has(contains))
                and (not described or seen.description)]

    def find(self, role=None, name=None, contains=None, described=False, last=False, seconds=LIMIT):
        """The first or last such node, as soon as one is there; `described`: has a description."""
        found = poll(lambda: self.all(role, name, contains, described), seconds)
        if not found:
            wanted = ", ".join(str(part) for part in (role, name, contains) if part)
            raise NotSeen(f"not on the bus within {seconds} s: {wanted}")
        return found[-1 if last else 0]

    def sees(self, *parts, seconds=LIMIT):
        """Waits until all parts can be read somewhere in the window."""
        def missing():
            words = self.words()
            return [part for part in parts if part.lower() not in words]
        if not poll(lambda: not missing(), seconds):
            raise NotSeen(f"cannot be read within {seconds} s: {missing()}")

    def sees_no(self, *parts, seconds=LIMIT):
        """Waits until none of the parts can be read any more."""
        def left():
            words = self.words()
            return [part for part in parts if part.lower() in words]
        if not poll(lambda: not left(), seconds):
            raise NotSeen(f"can still be read after {seconds} s: {left()}")

    # ---- acting

    def press(self, name=None, role=PRESSABLE, contains=None, last=False, seconds=LIMIT):
        """Presses by the action that a screen reader would use."""
        seen = self.find(role, name, contains, last=last, seconds=seconds)
        action = seen.node.queryAction()
        names = [action.getName(i).lower() for i in range(action.nActions)]
        for wanted in ("press", "toggle", "click"):
            if wanted in names:
                self.activations += 1
                action.doAction(names.index(wanted))
                return
        raise NotSeen(f"{seen} offers no way to press it, only {names}")

    def focus(self, name, role=FIELDS, last=True, seconds=LIMIT):
        """Puts the keyboard focus into a field; into the last one, which is in the top dialog."""
        seen = self.find(role, name, last=last, seconds=seconds)
        seen.node.queryComponent().grabFocus()
        if not poll(lambda: seen.node.getState().contains(pyatspi.STATE_FOCUSED)):
            raise NotSeen(f"{seen} does not take the keyboard focus")

    def type_into(self, name, text):
        """Replaces what is in the field by keyboard."""
        self.focus(name)
        self.key("ctrl+a", "BackSpace")
        self.type(text)

    def type_secret(self, text, name=None):
        """Where the keyboard focus is, or into the field of that name; counted as a secret."""
        self.secrets += 1
        if name is None:
            self.type(text)
        else:
            self.type_into(name, text)

    def type(self, text):
        """Where the keyboard focus is."""
        self._xdotool("type", "--delay", "4", "--", text)

    def key(self, *names):
        self.activations += sum(name in ("Return", "space") for name in names)
        self._xdotool("key", "--delay", "4", *names)

    def tab_to(self, name):
        """By the Tab key alone. A control that it does not reach cannot be used by keyboard. Returns
        how often the key was pressed."""
        visited = []
        for presses in range(60):
            now = self.focused()
            if now is not None and now.name == name:
                return presses
            before = now.node if now is not None else None
            visited.append(now.name if now is not None else None)
            self.key("Tab")
            poll(lambda: (found := self.focused()) is not None and found.node != before, 5)
        raise NotSeen(f"Tab does not reach {name!r}, only {visited}")

    def _xdotool(self, *arguments):
        subprocess.run(["xdotool", *arguments], env=self.desktop.env, check=True, timeout=LIMIT)
