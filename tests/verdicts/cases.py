"""Runs test modules of CPython and writes a verdict for each case.

cases.py OUT NAME...: NAME is what unittest loads, test.test_json.  OUT gets a
line of JSON for each case as it ends, so that a crash leaves what was before
it, and {"ended": true} last.

cases.py --lines NAME...: a line of JSON [FILE, LINE, WHAT] for each place that
is fit for a breakpoint: WHAT is "never" (no run of the module by unittest gets
there) or "body" (the first line of a function).

The same file runs bare and under the debugger; it knows nothing of either.
"""

import ast
import importlib.util
import json
import os
import sys
import unittest


class Verdicts(unittest.TestResult):
    """Every outcome of every case, in the order in which they end."""

    def __init__(self, out):
        super().__init__()
        self.out = out
        self.now = []

    def startTest(self, test):
        super().startTest(test)
        self.now = []

    def stopTest(self, test):
        super().stopTest(test)
        self.write(test, self.now or [["ok", ""]])

    def write(self, test, outcomes):
        self.out.write(json.dumps({
            "name": test.id(), "pid": os.getpid(),
            "verdict": "+".join(sorted({o[0] for o in outcomes})),
            "why": "\n".join(o[1] for o in outcomes)[-3000:]}) + "\n")
        self.out.flush()

    def note(self, test, verdict, why=""):
        # setUpClass and setUpModule fail outside of any case.
        if isinstance(test, unittest.suite._ErrorHolder):
            self.write(test, [[verdict, why]])
        else:
            self.now.append([verdict, why])

    def text(self, test, err):
        # A traceback can itself be what the case has broken.
        try:
            return self._exc_info_to_string(err, test)
        except BaseException as e:
            return "%r, and no traceback: %r" % (err[1], e)

    def addError(self, test, err):
        self.note(test, "error", self.text(test, err))

    def addFailure(self, test, err):
        self.note(test, "fail", self.text(test, err))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, "subtest", "%s: %s" % (
                subtest._subDescription(), self.text(test, err)))

    def addSkip(self, test, reason):
        self.note(test, "skip", reason)

    def addExpectedFailure(self, test, err):
        self.note(test, "xfail")

    def addUnexpectedSuccess(self, test):
        self.note(test, "xpass")


def sources(name):
    """The files of a module, or of all modules of a package."""
    spec = importlib.util.find_spec(name)
    if not spec.submodule_search_locations:
        return [spec.origin]
    return [os.path.join(top, f) for d in spec.submodule_search_locations
            for top, _, files in sorted(os.walk(d)) for f in sorted(files)
            if f.endswith(".py") and f.startswith("test_")]


def is_main_test(node):
    return isinstance(node, ast.If) and "__main__" in ast.dump(node.test)


def places(path):
    """(line, what) of a file's places for breakpoints."""
    with open(path, "rb") as f:
        tree = ast.parse(f.read())
    for node in tree.body:
        if is_main_test(node):
            yield node.body[0].lineno, "never"
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0]
            doc = isinstance(first, ast.Expr) and isinstance(
                first.value, ast.Constant)
            if doc and len(node.body) > 1:
                first, doc = node.body[1], False
            if not doc:
                yield first.lineno, "body"


def never():
    return "nobody calls this"


def main():
    if sys.argv[1] == "--lines":
        here = never.__code__.co_firstlineno + 1
        print(json.dumps([os.path.abspath(__file__), here, "never"]))
        for name in sys.argv[2:]:
            for path in sources(name):
                for line, what in places(path):
                    print(json.dumps([path, line, what]))
        return
    out, names = sys.argv[1], sys.argv[2:]
    del sys.argv[1:]
    from test import support
    support.use_resources = ()      # as regrtest: no network, no big files
    support.verbose = False
    with open(out, "w") as file:
        verdicts = Verdicts(file)
        unittest.defaultTestLoader.loadTestsFromNames(names).run(verdicts)
        file.write('{"ended": true}\n')


if __name__ == "__main__":
    main()
