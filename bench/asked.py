"""What is asked of every debugger, in pdb's words, and how one says no."""

import re

NOT_MEANT = "there is no such thing"
BREAK = re.compile(r"b (.+):(\d+)(?:, (.+))?$")


class Unavailable(Exception):
    """This debugger cannot do that, or has not done it."""


def breakpoints(commands):
    """[(file, line, condition or None)] of commands that set breakpoints;
    for a debugger that takes nothing else."""
    matches = [BREAK.match(c) for c in commands]
    if None in matches:
        raise Unavailable(NOT_MEANT)
    return [(m[1], int(m[2]), m[3]) for m in matches]
