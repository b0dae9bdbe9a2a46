#!/usr/bin/env python3
"""The evaluator of cores against Python itself.

Some thousand expressions (evalcases.py) are evaluated by this Python and by
the evaluator; both must give the same text, or raise the same with the same
message.  Values of many lines are held against pprint.  Meant differences are in KNOWN below, each with its reason, and each
must occur, so that the list does not outlive its causes.

	evaldiff.py --build DIR [FILTER]
"""

import argparse
import os
import pprint
import re
import subprocess
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
sys.path.insert(0, HERE)
import evalcases  # noqa: E402
import pydbgtest  # noqa: E402

# (what the answer of Python matches, what ours matches, why).
KNOWN = [
    (r"! SyntaxError: ", r"! SyntaxError: .*\(.*column \d+\)$",
     "messages of the parser are ours, and tell the place"),
    (r"", r"! there is no process to (call|await) ",
     "what is not done without a process says so"),
    (r"", r"! (the number has more than|the value takes more than|"
     r"the expression takes more than)", "limits"),
    (r"= .* at 0x", r"= .* at 0x", "addresses"),
    (r"! TypeError: .*(argument|expected)", r"! TypeError: .*(argument|expect)",
     "wrong numbers of arguments: the words differ from function to function"),
]


def same_set(want, answer):
    return "{" in want and sorted(want) == sorted(answer)


KNOWN.append((same_set, None, "computed sets of texts come in the order in "
              "which they were made: hashes of texts are gone"))


def known(want, answer):
    """The number of the meant difference that this is, or None."""
    for i, (his, mine, _) in enumerate(KNOWN):
        if his(want, answer) if callable(his) else \
                re.match(his, want, re.S) and re.match(mine, answer, re.S):
            return i
    return None


def python(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return "= " + repr(eval(text, {}))
    except MemoryError:
        return "! the value takes more than"
    except BaseException as e:
        message = str(e)
        return "! " + type(e).__name__ + (": " + message if message else "")


def ours(program, cases, style=0):
    text = "".join(c.replace("\\", "\\\\").replace("\n", "\\n") + "\n"
                   for c in cases)
    got = subprocess.run([program, "-s", str(style)], input=text.encode("utf-8", "surrogatepass"),
                         capture_output=True, timeout=600)
    lines = got.stdout.decode("utf-8", "surrogatepass").split("\n")[:-1]
    return [re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line)
            for line in lines], got


def too_costly(text):
    """Python itself would take long or much memory."""
    return re.search(r"10\*\*20|2\*\*6[34]|1000000", text) and \
        re.search(r"\*\*|<<|\*|bytes|bytearray|chr", text.replace(
            "10**20", "").replace("2**6", ""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--program")
    parser.add_argument("--count", type=int, default=9000)
    parser.add_argument("filter", nargs="?", default="")
    args = parser.parse_args()
    tap = pydbgtest.Tap()
    program = args.program or os.path.join(args.build, "tests/core/coreeval")
    cases = [c for c in evalcases.build(args.count)
             if args.filter in c and not too_costly(c)]
    answers, got = ours(program, cases)
    tap.ok(got.returncode == 0 and len(answers) == len(cases),
           "the evaluator answers every expression",
           "%d of %d, exit %d\n%s" % (len(answers), len(cases), got.returncode,
                                      got.stderr.decode("utf-8", "replace")))
    used = set()
    wrong = []
    for text, answer in zip(cases, answers):
        want = python(text)
        if answer == want:
            continue
        i = known(want, answer)
        if i is not None:
            used.add(i)
        else:
            wrong.append("%r\n  python %.300s\n  ours   %.300s" % (
                text, want, answer))
    tap.ok(not wrong, "%d expressions give what Python gives" % len(cases),
           "\n".join(wrong[:200]) + "\n%d in all" % len(wrong))
    layouts = evalcases.layouts(1500)
    wrong = ["%r\n  python %r\n  ours   %r" % (text, want, answer)
             for text, answer in zip(layouts, ours(program, layouts, 1)[0])
             for want in ["= " + pprint.pformat(eval(text, {}))]
             if answer != want]
    tap.ok(not wrong, "%d values are laid out as pprint does" % len(layouts),
           "\n".join(wrong[:20]) + "\n%d in all" % len(wrong))
    if not args.filter and args.count >= 9000:
        tap.ok(len(used) == len(KNOWN), "each known difference occurs",
               repr([k for i, k in enumerate(KNOWN) if i not in used]))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
