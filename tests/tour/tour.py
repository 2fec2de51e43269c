# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: drives the real program from outside, as a person would.

    tour.py BUILD-TREE OUT-FOLDER

Every step of the stories acts by keyboard and by the actions that a screen reader uses, and looks at
what can be read. OUT-FOLDER gets a numbered picture of each step and the files that were saved.
A story ends at the first step that does not show what it must; then the tour prints what was to be
read instead and leaves a picture of it.
"""

import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from desktop import Desktop


def picture_name(number, title, ending=""):
    words = "".join(c if c.isalnum() else "-" for c in title.lower())
    return f"{number:03}-{'-'.join(filter(None, words.split('-')))}{ending}.png"


def run(desktop, story, out, first):
    """Numbers the steps from `first`; returns how many passed and how many did not."""
    steps = story.steps()
    for number, (title, step) in enumerate(steps, first):
        started = time.monotonic()
        try:
            story.picture = out / picture_name(number, title)
            step()
            if story.picture:
                story.take_picture()
            story.after_each_step()
        except Exception:
            print(f"        {number:03} {title}: FAILED")
            traceback.print_exc(file=sys.stdout)
            report(desktop, story, out / picture_name(number, title, "-failed"))
            good = number - first
            print(f"({len(steps) - good - 1} steps of this story were not reached)")
            return good, len(steps) - good
        print(f"{time.monotonic() - started:6.1f} s  {number:03} {title}", flush=True)
    return len(steps), 0


def report(desktop, story, picture):
    """All that helps to see why a step failed, as far as it can still be had."""
    for what in (lambda: print("On the accessibility bus:\n" + story.window.describe()),
                 lambda: print("The program said:\n" + story.program.output()[-4000:]),
                 lambda: desktop.picture(picture)):
        try:
            what()
        except Exception as error:
            print(f"(not to be had: {error})")


def tell(part, tree, out):
    """One part on a desktop of its own; returns how many steps passed and how many did not."""
    with Desktop() as desktop:
        # After the desktop stands: pyatspi reads its addresses when it is imported.
        from keys import KeysStory
        from methods import MethodsStory
        from organization import OrganizationStory
        from signins import DarkSignInsStory, SignInsStory
        from story import Story
        from tasks import TasksStory
        parts = ((Story, SignInsStory), (MethodsStory, OrganizationStory, DarkSignInsStory),
                 (KeysStory, TasksStory))
        passed = failed = 0
        for teller in parts[part]:
            with teller(desktop, tree, out) as story:
                good, bad = run(desktop, story, out, 100 * part + passed + failed + 1)
            passed += good
            failed += bad
    return passed, failed


def main():
    tree, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*"):
        if old.is_file():
            old.unlink()
    started = time.monotonic()
    # Side by side, because a person who waits for a window leaves a processor idle.
    with ProcessPoolExecutor(3) as tellers:
        told = list(tellers.map(tell, (0, 1, 2), repeat(tree), repeat(out)))
    passed, failed = (sum(counts) for counts in zip(*told))
    print(f"The tour took {time.monotonic() - started:.0f} s; its pictures are in {out}.")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
