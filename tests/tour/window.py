# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as assistive technologies see it: find by role and name, press, type, read.

Needs a desktop (desktop.py) whose environment is set before this module is imported.
"""

import subprocess
import time

import pyatspi
from gi.repository import Atspi, GLib

# Timeout for an expected state, in seconds. The wait ends when the state is reached, so only a busy
# machine needs this long.
LIMIT = 60
# A program that does not answer on the bus within this time counts as gone. The default is 0.8 s,
# which a busy machine exceeds: then the window disappears from the tree during a step.
Atspi.set_timeout(30_000, 60_000)

FIELDS = ("entry", "text", "password text")
PRESSABLE = ("push button", "toggle button", "radio button", "check box", "menu item", "link",
             "list item", "page tab")
CONTROLS = (*FIELDS, *PRESSABLE, "combo box", "spin button")


class NotSeen(AssertionError):
    """Something expected is not on the accessibility bus."""


class Seen:
    """The state of a node when it was read; the node itself may not exist any more."""

    def __init__(self, node, state):
        self.node = node
        self.focusable = state.contains(pyatspi.STATE_FOCUSABLE)
        self.focused = state.contains(pyatspi.STATE_FOCUSED)
        self.enabled = (state.contains(pyatspi.STATE_ENABLED)
                        and state.contains(pyatspi.STATE_SENSITIVE))
        self.checked = state.contains(pyatspi.STATE_CHECKED)
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
    """Calls `look` until it returns a true value or the timeout; returns the last value."""
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
        self.activations = 0  # number of activated buttons, menu items and similar controls
        self.secrets = 0  # number of typed secrets
        poll(lambda: self._app(name) or not process.running())
        self.app = self._app(name)
        if self.app is None:
            raise NotSeen(f"no program named {name!r} came up on the accessibility bus. "
                          f"It said: {process.output()}")
        # Until then, the display sends key presses elsewhere.
        if not poll(self._is_active):
            raise NotSeen(f"the window of {name!r} does not become the active one")

    def _app(self, name):
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name.lower() == name.lower() and app.childCount:
                # Otherwise names are cached, and a changed page would look the same.
                app.set_cache_mask(pyatspi.cache.NONE)
                app.clear_cache()
                return app
        return None

    def _is_active(self):
        return any(window.getState().contains(pyatspi.STATE_ACTIVE)
                   for window in self.app if window is not None)

    # ---- reading

    def nodes(self, only_showing=True):
        """All visible nodes, depth first. Nodes that disappear during the search are left out."""
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
        """The tree as text, one node per line, for the report of a failed step."""
        return "\n".join(f"  {seen}" for seen in self.nodes()
                         if seen.name or seen.text or seen.role not in ("filler", "panel"))

    def everything(self):
        """All names, descriptions and texts of the whole tree, including hidden nodes."""
        return "\n".join(part for seen in self.nodes(only_showing=False)
                         for part in (seen.name, seen.description, seen.text) if part)

    def words(self):
        """All visible texts, in lower case and without line breaks."""
        parts = (part for seen in self.nodes() for part in (seen.name, seen.text) if part)
        return " ".join(" ".join(parts).split()).lower()

    def nameless(self):
        """The visible controls without an accessible name."""
        return [seen for seen in self.nodes()
                if seen.focusable and seen.role in CONTROLS and not seen.name.strip()]

    def focused(self):
        """The control with the keyboard focus; None if no control has it."""
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
        """Waits for a match; returns the first or last one. `described`: with a description."""
        found = poll(lambda: self.all(role, name, contains, described), seconds)
        if not found:
            wanted = ", ".join(str(part) for part in (role, name, contains) if part)
            raise NotSeen(f"not on the bus within {seconds} s: {wanted}")
        return found[-1 if last else 0]

    def becomes(self, enabled, name, role="push button"):
        """Waits until a control is enabled and focusable, or neither."""
        def states():
            return [(seen.enabled, seen.focusable) for seen in self.all(role, name)]
        if not poll(lambda: states() == [(enabled, enabled)]):
            raise NotSeen(f"{name!r} is enabled and focusable: {states()}")

    def sees(self, *parts, seconds=LIMIT):
        """Waits until the window shows all parts."""
        def missing():
            words = self.words()
            return [part for part in parts if part.lower() not in words]
        if not poll(lambda: not missing(), seconds):
            raise NotSeen(f"cannot be read within {seconds} s: {missing()}")

    def sees_no(self, *parts, seconds=LIMIT):
        """Waits until the window shows none of the parts."""
        def left():
            words = self.words()
            return [part for part in parts if part.lower() in words]
        if not poll(lambda: not left(), seconds):
            raise NotSeen(f"can still be read after {seconds} s: {left()}")

    # ---- acting

    def press(self, name=None, role=PRESSABLE, contains=None, last=False, seconds=LIMIT):
        """Presses a control with the action that a screen reader uses, once it is enabled."""
        def ways():
            seen = self.find(role, name, contains, last=last, seconds=seconds)
            action = seen.node.queryAction()
            names = [action.getName(i).lower() for i in range(action.nActions)]
            return [(action, names.index(wanted)) for wanted in ("press", "toggle", "click")
                    if wanted in names]
        found = poll(ways, seconds)
        if not found:
            raise NotSeen(f"{name or contains} stays disabled")
        self.activations += 1
        action, number = found[0]
        action.doAction(number)

    def focus(self, name, role=FIELDS, last=True, seconds=LIMIT):
        """Focuses a field; by default the last match, which is in the top dialog."""
        seen = self.find(role, name, last=last, seconds=seconds)
        seen.node.queryComponent().grabFocus()
        if not poll(lambda: seen.node.getState().contains(pyatspi.STATE_FOCUSED)):
            raise NotSeen(f"{seen} does not take the keyboard focus")

    def type_into(self, name, text):
        """Replaces the text of a field by keyboard."""
        self.focus(name)
        self.key("ctrl+a", "BackSpace")
        self.type(text)

    def type_secret(self, text, name=None):
        """Types a secret into the focused field or the named one, and counts it."""
        self.secrets += 1
        if name is None:
            self.type(text)
        else:
            self.type_into(name, text)

    def type(self, text):
        """Types into the focused field."""
        self._xdotool("type", "--delay", "4", "--", text)

    def key(self, *names):
        self.activations += sum(name in ("Return", "space") for name in names)
        self._xdotool("key", "--delay", "4", *names)

    def tab_to(self, name):
        """Focuses a control with the Tab key; returns the number of key presses. Fails if Tab does
        not reach it, because then it cannot be used by keyboard."""
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
