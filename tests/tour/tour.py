# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: controls the real program from outside, like a user.

    tour.py BUILD-TREE OUT-FOLDER

Every step uses the keyboard and the actions of a screen reader, and checks the texts in the window.
OUT-FOLDER gets a numbered picture of each step and the saved files. A story ends at the first step
that fails; then the tour prints the texts in the window and saves a picture.
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
    """Numbers the steps from `first`; returns how many passed and how many failed."""
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
    """Prints all that helps to find out why a step failed, as far as available."""
    for what in (lambda: print("On the accessibility bus:\n" + story.window.describe()),
                 lambda: print("The program said:\n" + story.program.output()[-4000:]),
                 lambda: desktop.picture(picture)):
        try:
            what()
        except Exception as error:
            print(f"(not to be had: {error})")


def run_part(part, tree, out):
    """Runs one part on a private desktop; returns how many steps passed and how many failed."""
    with Desktop() as desktop:
        # Imported after the desktop has started: pyatspi reads the addresses at import.
        from keys import KeysStory
        from library import LibraryStory
        from methods import MethodsStory
        from organization import OrganizationStory
        from signins import DarkSignInsStory, SignInsStory
        from smallwindow import SmallWindowStory
        from story import MainStory
        from tasks import TasksStory
        parts = ((MainStory, SignInsStory), (MethodsStory, OrganizationStory, DarkSignInsStory),
                 (KeysStory, TasksStory, SmallWindowStory, LibraryStory))
        passed = failed = 0
        for story_class in parts[part]:
            with story_class(desktop, tree, out) as story:
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
    # In parallel, because a story that waits for the window leaves a processor idle.
    with ProcessPoolExecutor(3) as executor:
        counts = list(executor.map(run_part, (0, 1, 2), repeat(tree), repeat(out)))
    passed, failed = (sum(each) for each in zip(*counts))
    print(f"The tour took {time.monotonic() - started:.0f} s; its pictures are in {out}.")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
