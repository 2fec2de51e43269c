# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as an assistive technology sees it: find by role and name, press, type, read.

Needs a desktop (desktop.py) whose environment is set before this module is imported.
"""

import subprocess
import time

import pyatspi

TYPED_TEXTS = ("entry", "text", "password text")


class NotSeen(AssertionError):
    """Something that should be on the bus is not. Says what was there instead."""


def role_of(node):
    return node.getRoleName()


def text_of(node):
    """What the Text interface gives away, or nothing."""
    try:
        text = node.queryText()
    except NotImplementedError:
        return ""
    return text.getText(0, text.characterCount) if text.characterCount else ""


class Window:
    """One running program on the accessibility bus."""

    def __init__(self, desktop, name, seconds=20):
        self.desktop = desktop
        self.app = self._find_app(name, seconds)

    def _find_app(self, name, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for app in pyatspi.Registry.getDesktop(0):
                # Names are cached otherwise, and a page that changed would look the same.
                if app is not None and app.name.lower() == name.lower() and app.childCount:
                    app.set_cache_mask(pyatspi.cache.NONE) if hasattr(pyatspi, "cache") else None
                    app.clear_cache()
                    return app
            time.sleep(0.1)
        raise NotSeen(f"no program named {name!r} came up on the accessibility bus")

    # ---- reading

    def nodes(self, root=None, only_showing=True):
        """All nodes below `root` (the program), depth first; vanished ones are skipped."""
        stack = [root or self.app]
        while stack:
            node = stack.pop()
            try:
                states = node.getState()
                if only_showing and node is not self.app and node.getRole() != pyatspi.ROLE_FRAME \
                        and not states.contains(pyatspi.STATE_SHOWING):
                    continue
                children = [node.getChildAtIndex(i) for i in range(node.childCount)]
                yield node
            except Exception:  # the node vanished while it was read: D-Bus errors of all kinds
                continue
            stack.extend(child for child in reversed(children) if child is not None)

    def describe(self):
        """The tree as text, one node a line, for the report of a failed step."""
        lines = []
        for node in self.nodes():
            name, text, hint = node.name, text_of(node), node.description
            if name or text or hint or role_of(node) not in ("filler", "panel"):
                lines.append(f"  [{role_of(node)}] {name!r}"
                             + (f" text={text!r}" if text else "")
                             + (f" description={hint!r}" if hint else ""))
        return "\n".join(lines)

    def everything(self):
        """Each name, description and text of the whole tree, hidden nodes too."""
        words = []
        for node in self.nodes(only_showing=False):
            words += [node.name, node.description, text_of(node)]
        return "\n".join(word for word in words if word)

    def texts(self):
        """What a person reads: names and texts of all showing nodes."""
        return "\n".join(part for node in self.nodes() for part in (node.name, text_of(node)) if part)

    # ---- finding

    def all(self, role=None, name=None, contains=None, described=False):
        found = []
        for node in self.nodes():
            if role and role_of(node) not in ((role,) if isinstance(role, str) else role):
                continue
            if name is not None and node.name != name:
                continue
            if contains is not None and contains.lower() not in node.name.lower() \
                    and contains.lower() not in text_of(node).lower():
                continue
            if described and not node.description:
                continue
            found.append(node)
        return found

    def find(self, role=None, name=None, contains=None, described=False, last=False, seconds=10):
        """The first or last such node, as soon as one is there; `described`: has a description."""
        end = time.monotonic() + seconds
        while True:
            found = self.all(role, name, contains, described)
            if found:
                return found[-1 if last else 0]
            if time.monotonic() > end:
                wanted = ", ".join(str(part) for part in (role, name, contains) if part)
                raise NotSeen(f"not on the bus within {seconds} s: {wanted}")
            time.sleep(0.05)

    def sees(self, *parts, seconds=10):
        """Waits until all parts can be read somewhere in the window."""
        end = time.monotonic() + seconds
        while True:
            # A screen reader hears no letter case and no line breaks.
            seen = " ".join(self.texts().split()).lower()
            missing = [part for part in parts if part.lower() not in seen]
            if not missing:
                return
            if time.monotonic() > end:
                raise NotSeen(f"cannot be read within {seconds} s: {missing}")
            time.sleep(0.05)

    def sees_no(self, *parts, seconds=10):
        """Waits until none of the parts can be read any more."""
        end = time.monotonic() + seconds
        while True:
            seen = " ".join(self.texts().split()).lower()
            left = [part for part in parts if part.lower() in seen]
            if not left:
                return
            if time.monotonic() > end:
                raise NotSeen(f"can still be read after {seconds} s: {left}")
            time.sleep(0.05)

    # ---- acting

    def press(self, name=None, role=("push button", "menu item", "link", "toggle button",
                                     "radio button", "check box", "list item", "page tab"),
              contains=None, last=False, seconds=10):
        """Presses by the action that a screen reader would use."""
        node = self.find(role, name, contains, last=last, seconds=seconds)
        action = node.queryAction()
        names = [action.getName(i).lower() for i in range(action.nActions)]
        for wanted in ("press", "toggle", "click"):
            if wanted in names:
                action.doAction(names.index(wanted))
                return node
        raise NotSeen(f"{node.name!r} offers no way to press it, only {names}")

    def focus(self, name, role=TYPED_TEXTS, seconds=10):
        node = self.find(role, name, seconds=seconds)
        node.queryComponent().grabFocus()
        end = time.monotonic() + 3
        while not node.getState().contains(pyatspi.STATE_FOCUSED):
            if time.monotonic() > end:
                raise NotSeen(f"{name!r} does not take the keyboard focus")
            time.sleep(0.02)
        return node

    def type_into(self, name, text, role=TYPED_TEXTS):
        """Replaces what is in the field by keyboard."""
        node = self.focus(name, role)
        self.key("ctrl+a")
        self.key("BackSpace")
        self.type(text)
        return node

    def type(self, text):
        self._xdotool("type", "--delay", "4", "--", text)

    def key(self, *names):
        self._xdotool("key", "--delay", "4", *names)

    def _xdotool(self, *arguments):
        subprocess.run(["xdotool", *arguments], env=self.desktop.env, check=True, timeout=30)
