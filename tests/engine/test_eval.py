"""The engine's evaluation against Python's own modules.  Speaks TAP.

Usage: PYTHON test_eval.py FILE_OF_EVALHARNESS
"""
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location

before_modules = set(sys.modules)
spec = spec_from_file_location("evalharness", sys.argv[1],
    loader=ExtensionFileLoader("evalharness", sys.argv[1]))
h = module_from_spec(spec)
spec.loader.exec_module(h)

PPRINT_WAS_CLEAN = "pprint" not in sys.modules
if PPRINT_WAS_CLEAN:
    first_pprint = h.pprint({"a": list(range(40)), "b": "x" * 90})
    left = set(sys.modules) - before_modules - {"evalharness"}

import array
import collections
import os
import pdb
import pprint
import reprlib
import tempfile
import traceback
import warnings

count = failures = 0


def check(what, got, want):
    global count, failures
    count += 1
    if got == want:
        print(f"ok {count} - {what}")
    else:
        failures += 1
        print(f"not ok {count} - {what}")
        print(f"#   got  {got!r}"[:600])
        print(f"#   want {want!r}"[:600])


class Bad:
    def __repr__(self):
        raise ValueError("no repr\nfor you")


class NoStr:
    def __repr__(self):
        return 7


class Big:
    def __repr__(self):
        return "z" * (5 << 20)


class Point(collections.namedtuple("Point", "x y")):
    pass


class MyList(list):
    pass


def values():
    deep = []
    for _ in range(12):
        deep = [deep]
    loop = [1]
    loop.append(loop)
    knot = {}
    knot["k"] = (knot, [knot])
    return [
        None, True, ..., 0, -5, 10 ** 60, 3.5, float("nan"), 1e300, 2 - 3j,
        "", "it's", 'say "hi"', "both ' and \"", "\n\t\x00\u20ac\U0001f600",
        "\udc80\ud800", "x" * 29, "x" * 30, "x" * 31, "x" * 1000, "\x00" * 10,
        "\x00" * 29, "'" * 40, b"", b"abc", b"it's", b'"' * 50, b"\xff" * 100,
        b"a" * 5000 + b"'", b"'\"" + b"q" * 6000, bytearray(b"a'b"),
        bytearray(b"x" * 100), [], [1], [1, 2, 3], list(range(100)), (), (1,),
        (1, 2), ((((1,),),),), tuple(range(50)), {}, {1: 2}, {"b": 1, "a": 2},
        {i: i for i in range(30)}, {1: 1, "a": 2}, set(), {1}, {"b", "a"},
        set(range(50)), {1, "a", None}, frozenset(), frozenset({3, 1}),
        frozenset(range(20)), range(5), range(1, 100, 3), deep, loop, knot,
        collections.deque(), collections.deque(range(20)),
        collections.OrderedDict(a=1), collections.Counter("hello"),
        collections.defaultdict(list, a=[1]), array.array("i"),
        array.array("i", range(10)), array.array("d", [1.5]),
        Point(1, 2), MyList([1, 2]), [MyList(), Point(3, 4)],
        int, Bad, len, [len], os, values, lambda: 0, object, type,
        {"x": [1, {"y": (2, {3})}]}, [[[[[[[[1]]]]]]]], slice(1, 2),
        {(): []}, {((),): {}}, memoryview(b"abc").tobytes(), NotImplemented,
        # A class that only has the name.
        type("list", (), {"__len__": lambda s: 2,
                          "__iter__": lambda s: iter((1, 2))})(),
    ]


def test_repr():
    for v in values():
        want = repr(v)
        check(f"repr {want[:30]!r}", h.repr(v), (want, False, False, 0))
    for n in (10, 25, 100, 1000):
        for v in values():
            text, failed, cut, total = h.repr(v, n)
            want = repr(v)
            size = len(want.encode("utf-8", "surrogatepass"))
            # The choice of quotes depends on all of the text.
            ok = (not failed and cut == (size > n) and len(text) <= n and
                  (want.startswith(text) or "'" in want and '"' in want))
            if not ok:
                check(f"repr {want[:30]!r} in {n}", (text, failed, cut), want)
    check("repr in a budget", True, True)
    check("total of a list", h.repr(list(range(5000)), 50)[2:], (True, 5000))
    check("total of a str", h.repr("x" * 5000, 50)[2:], (True, 5000))
    huge = "y" * (200 << 20)
    check("a huge str", h.repr(huge, 10)[0], repr(huge[:9])[:10])
    del huge
    check("a raising repr", h.repr(Bad()),
          ("ValueError: no repr\nfor you", True, False, 0))
    check("a raising repr inside", h.repr([1, Bad()]),
          ("ValueError: no repr\nfor you", True, False, 0))
    check("a repr that is no str", h.repr(NoStr()),
          ("TypeError: __repr__ returned non-string (type int)", True,
           False, 0))
    text, failed, cut, total = h.repr(Big())
    check("a repr of 5 MB", (len(text), failed, cut), (1 << 20, False, True))
    x = []
    for _ in range(200000):
        x = [x]
    got = h.repr(x)
    check("too deep", (got[0][:14], got[1]), ("RecursionError", True))
    while x:
        x = x.pop()


def test_short():
    class Key:
        def __lt__(self, other):
            raise RuntimeError
        def __hash__(self):
            return 1
        def __repr__(self):
            return "Key"
    for v in values() + [Bad(), [Bad()], NoStr(), {Key(): 1, Key(): 2}, Big(),
                         "\u20ac" * 50, ["a" * 40], {"k" * 40: "v" * 40},
                         -10 ** 41, 10 ** 39, 10 ** 40]:
        want = reprlib.repr(v)
        check(f"short {want!r}", h.short(v), want)


def exceptions():
    class Local(Exception):
        pass

    class BadStr(Exception):
        def __str__(self):
            raise RuntimeError

    class Mod(Exception):
        pass
    Mod.__module__ = 5

    class Main(Exception):
        pass
    Main.__module__ = "__main__"
    Main.__qualname__ = "Main"

    class NoteProp(Exception):
        @property
        def __notes__(self):
            raise AttributeError

    def noted(e, *notes):
        for n in notes:
            e.add_note(n)
        return e

    def caught(code):
        try:
            exec(code, {"os": os})
        except BaseException as e:
            return e

    odd = ValueError("odd")
    odd.__notes__ = 5
    strnotes = ValueError("strnotes")
    strnotes.__notes__ = "abc"
    deq = ValueError("deq")
    deq.__notes__ = collections.deque(["a", "b"])
    badnote = ValueError("badnote")
    badnote.__notes__ = [NoStr()]
    empty = ValueError("empty")
    empty.__notes__ = []
    se = SyntaxError("bare")
    se2 = SyntaxError()
    se3 = SyntaxError("with file")
    se3.filename = "f.py"
    return [
        ValueError(), ValueError("x"), ValueError("x", 2), ValueError(""),
        ValueError("  padded  "), ValueError("a\nb\n"), KeyError("k"),
        KeyError(3), KeyboardInterrupt(), SystemExit(3), SystemExit(),
        Local("l"), BadStr(), Mod("m"), Main("m"), NoteProp("n"),
        noted(ValueError("v"), "one"), noted(ValueError("v"), "one", "two\nx"),
        noted(KeyError("v"), "end\n"), odd, strnotes, deq, badnote, empty,
        se, se2, se3, ExceptionGroup("g", [ValueError(1), KeyError(2)]),
        UnicodeEncodeError("utf-8", "\udc80", 0, 1, "r"), OSError(2, "no", "f"),
        RecursionError("r"), MemoryError(), StopIteration(4), ValueError("\udc80"),
        caught("1/0"), caught("nosuch"), caught("tiem"), caught("math"),
        caught("sys.x"), caught("os.pth"), caught("os.gtcwd"), caught("[].appendd"),
        caught("''.Join"), caught("''.UPPERR"), caught("from os import pathh"),
        caught("from os import _exi"), caught("import nosuchmodule"),
        caught("from os.path import joim"), caught("os.zzzzzzzz"),
        caught("def f(:"), caught("x = = 1"), caught(" x"), caught("'abc"),
        caught("for x in y:"), caught("import os.nosuch"), caught("None.foo"),
        caught("class A:\n foo_bar = 1\n_A = A().foobar"),
        caught("class A:\n _foo = 1\nA().foo"),
        caught("class A:\n _foo = 1\nA()._fo"),
        AttributeError("plain"), AttributeError("named", name="x"), NameError("plain"),
        ImportError("i", name="os", path="p"),
    ]


def test_exceptions():
    for e in exceptions():
        want = traceback.format_exception_only(e)[-1].strip()
        check(f"exception {want!r}", h.exception(e), want)


def ev(text, frame=0, style=0):
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogateescape")
    r = h.expr(frame, text, style)
    return ("*** " if r[1] else "") + r[0]


def st(text, frame=0):
    r, out = h.stmt(frame, text.encode("utf-8", "surrogateescape"))
    return out + ("*** " + r[0] + "\n" if r[1] else "")


glob = 10


def test_function():
    a, b, items = 1, [2], [1, 2, 3]
    cell = 5
    hook = sys.displayhook

    def inner():
        nonlocal cell
        cell += 1
        return cell

    def select():
        h.select(sys._getframe(1))
    select()
    check("name", ev("a"), "1")
    check("blanks before", ev(" \t a + 1"), "2")
    check("NameError", ev("nosuch"), "*** NameError: name 'nosuch' is not defined")
    check("SyntaxError", ev("a ="), "*** SyntaxError: invalid syntax")
    check("nothing", ev("")[:17], "*** SyntaxError: ")
    check("not UTF-8", ev(b"'\xff'"), "*** UnicodeEncodeError: 'utf-8' codec "
          "can't encode character '\\udcff' in position 1: surrogates not allowed")
    check("NUL", ev("a\0")[4:].split(": ", 1)[1],
          "source code string cannot contain null bytes")
    check("SystemExit", ev("exit(3)"), "*** SystemExit: 3")
    check("KeyboardInterrupt", st("raise KeyboardInterrupt"),
          "*** KeyboardInterrupt\n")
    check("whatis method", ev("select", style=2), "Function select")
    check("cell", ev("cell"), "5")
    check("cell changed by a call", (ev("inner()"), cell), ("6", 6))
    check("by a statement that calls", (st("x1 = inner()"), cell, ev("x1")),
          ("", 7, "7"))
    check("comprehension", ev("[a + i for i in items]"), "[2, 3, 4]")
    check("lambda", ev("(lambda k: k + a + glob)(1)"), "12")
    check("nested", ev("[[a for _ in items] for b in items if (lambda: b == a)()]"),
          "[[1, 1, 1]]")
    check("generator", ev("sum(i * a for i in items)"), "6")
    check("assign", (st("a = 7"), a), ("", 7))
    check("assign again", (st("a += 1"), st("a += 1"), a), ("", "", 9))
    check("assign cell", (st("cell = 70"), cell, inner()), ("", 70, 71))
    check("assign with lambda", (st("a = (lambda: a + 1)()"), a), ("", 10))
    check("new name", (st("fresh = 4"), ev("fresh")), ("", "4"))
    check("new name with lambda",
          (st("fresh2 = [a for _ in items]"), ev("fresh2")), ("", "[10, 10, 10]"))
    check("global read and bound", (st("glob = (lambda: glob + 1)()"),
          ev("glob"), globals()["glob"]), ("", "11", 10))
    check("global statement", (st("global glob; glob = 12"), globals()["glob"]),
          ("", 12))
    st("global glob; glob = 10")
    check("define", (st("def twice(x): return x * a"), ev("twice(2)")), ("", "20"))
    check("recursion", (st("def fac(n): return n * fac(n - 1) if n else 1"),
          ev("fac(5)")), ("", "120"))
    check("class", (st("class C: z = a; f = lambda s: a"),
                    ev("C.z, C().f()")), ("", "(10, 10)"))
    check("show", st("a"), "10\n")
    check("show nothing", st("None"), "")
    check("show several", st("a; 'x'; [i for i in items]"), "10\n'x'\n[1, 2, 3]\n")
    check("show in a loop", st("for q in items: q"), "1\n2\n3\n")
    check("show in a loop with lambda", st("for q in items: (lambda: q + a)()"),
          "11\n12\n13\n")
    check("show in try with lambda",
          st("try: (lambda: 1/0)()\nexcept ZeroDivisionError: a, (lambda: 1)()"),
          "(10, 1)\n")
    check("string lines kept", st("t = (lambda: '''l1\n  l2\nl3''')()\n") +
          ev("t"), repr("l1\n  l2\nl3"))
    check("raise in closure keeps what was done",
          (st("a = 33; [1/0 for _ in items]"), a),
          ("*** ZeroDivisionError: division by zero\n", 33))
    check("displayhook is back", sys.displayhook is hook, True)
    check("no _", hasattr(__builtins__, "_"), False)
    check("statement error", st("a ="), "*** SyntaxError: invalid syntax\n")
    check("indent", st(" a"), "*** IndentationError: unexpected indent\n")
    check("return", st("return [i for i in items]"),
          "*** SyntaxError: 'return' outside function\n")
    check("block", (st("for q in items:\n    a = q\nb = 5\n"), a, b), ("", 3, 5))
    check("walrus", (ev("(w := 5)"), ev("w")), ("5", "5"))
    check("walrus in comprehension", (ev("[a := i for i in items]"), a),
          ("[1, 2, 3]", 3))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        n = len(warnings.filters)
        check("warning text", ev("a is 3"), "True")
        check("warnings silent", (len(seen), len(warnings.filters)), (0, n))
    names = [v[0] for v in h.vars(0, 1)]
    check("locals has", {"a", "cell", "items"} <= set(names), True)
    # 3.12 gives the variable None instead, 3.13's proxy refuses.
    if sys.version_info < (3, 12):
        check("del", (st("del b"), "b" in locals()), ("", False))
    check("outer frame", ev("__name__", frame=1), repr(__name__))
    h.select(None)
    try:
        h.expr(0, b"1", 0)
    except RuntimeError as e:
        check("no frame", str(e), "no frame is selected")


def args_of(x, /, y, *rest, k=1, **kw):
    loc = 3
    del y
    h.select(sys._getframe())
    return h.vars(0, 0)


def test_vars():
    got = args_of(1, 2, 3, 4, k=Bad(), z=6)
    check("args", [(n, v and v[0]) for n, v in got],
          [("x", "1"), ("y", None), ("k", "ValueError: no repr\nfor you"),
           ("rest", "(3, 4)"), ("kw", "{'z': 6}")])
    h.select(sys._getframe())
    check("globals", "glob" in [v[0] for v in h.vars(0, 2)], True)
    h.select(None)


own_locals = {"h": h, "sys": sys}
exec("h.select(sys._getframe()); h.stmt(0, b'only_there = 1')", {}, own_locals)
h.select(None)


class Holder:
    """Evaluates while its body runs."""
    attr = [1, 2]
    h.select(sys._getframe())
    seen_class = (h.expr(0, b"[attr for _ in attr]", 0)[0],
                  h.stmt(0, b"made = [attr for _ in attr]"), h.record(0)[5])
    h.select(None)

    def method(self):
        pass

    @classmethod
    def clsm(cls):
        pass


in_comprehension = [
    (h.select(sys._getframe()), h.expr(0, b"q", 0)[0],
     h.stmt(0, b"made = q"), h.record(0)[5]) for q in [1]]
h.select(None)


def test_frames():
    check("exec's locals", own_locals.get("only_there"), 1)
    check("comprehension in a module", in_comprehension[0][1], "1")
    if sys.version_info >= (3, 12):
        check("assigns to the module", globals().get("made"), 1)
    check("class body", Holder.seen_class[0], "[[1, 2], [1, 2]]")
    check("class body assigns", Holder.made, [[1, 2], [1, 2]])
    check("class is no module", Holder.seen_class[2], False)
    f = sys._getframe()
    h.select(f)
    file, func, line, first, source, mod, ret = h.record(0)
    check("record", (file, func, first, mod), (os.path.abspath(__file__),
          "test_frames", f.f_code.co_firstlineno, False))
    check("source", source in ("h.select(f)",), True)
    check("retval", h.record(0, [1] * 9)[6], "[1, 1, 1, 1, 1, 1, ...]")
    n = h.select(f)
    h.main(f.f_back.f_code)
    check("below main is left out", h.select(f), 2)
    h.main(None)
    g = f
    depth = 0
    while g:
        depth, g = depth + 1, g.f_back
    check("all without main", n, depth)

    def fail():
        try:
            1 / 0
        finally:
            x = 1
    try:
        fail()
    except ZeroDivisionError as e:
        tb = e.__traceback__
        n = h.select(tb)
        lines = [h.record(i)[2] for i in range(n)]
        check("traceback", lines, [tb.tb_next.tb_lineno, tb.tb_lineno])
    h.select(None)
    check("canonic", [h.canonic(x) for x in ("<string>", "a.py", "/x/../y", "<")],
          ["<string>", os.path.abspath("a.py"), "/y", os.path.abspath("<")])


def test_whatis():
    h.select(sys._getframe())

    class Sly:
        def __getattr__(self, name):
            raise AttributeError(name)
    for expr, want in (("Holder().method", "Method method"),
                       ("Holder.clsm", "Method clsm"),
                       ("Holder.method", "Function method"),
                       ("Holder", f"Class {__name__}.Holder"),
                       ("1", "<class 'int'>"), ("len", None), ("Sly()", None),
                       ("os", "<class 'module'>")):
        v = eval(expr)
        check(f"whatis {expr}", ev(expr, style=2), want or str(type(v)))
    check("str", h.str(Bad)[0], str(Bad))
    h.select(None)


def test_check():
    def ck(s):
        r = h.check(s.encode())
        return r[0] if r[1] else ""
    check("check good", ck("x > 1"), "")
    for s in ("x >", "x = 1", "(", "'", "import x"):
        try:
            compile(s, "<stdin>", "eval")
        except SyntaxError as e:
            text = traceback.format_exception_only(e)[-1].strip()
        check(f"check {s}", ck(s), text)


SAMPLE = '''\
"""Doc
string."""
import os

# comment
def plain(
    a,
    b=2,
):
    """Doc."""
    x = (a,
         b)
    return x


@staticmethod
def decorated(q):
    global zz

    def inner():
        pass
    return q
class K:
    def meth(self):
        return [i for i in
                range(3)]
    async def am(self): pass
def one(): return 1
def only_doc():
    """doc"""
call(
    1,
)
'''


def test_files():
    d = tempfile.mkdtemp()
    os.chdir(d)
    path = os.path.join(os.path.realpath(d), "sample.py")
    sys.path.insert(0, os.path.realpath(d))

    def write(name, data):
        with open(name, "wb") as f:
            f.write(data)
        return os.path.abspath(name)
    write(path, SAMPLE.encode())
    h.select(sys._getframe())
    check("source", h.source(path, 0), SAMPLE)
    check("gone", h.source("/no/such.py", 0), None)
    check("string", h.source("<string>", 0), None)
    check("directory", h.source(d, 0), None)
    os.mkfifo("fifo.py")
    check("fifo", h.source(os.path.abspath("fifo.py"), 0), None)
    check("latin-1", h.source(write("l1.py", b"# -*- coding: latin-1 -*-\r\n'\xe9'\r"),
                              0), "# -*- coding: latin-1 -*-\n'\xe9'\n")
    check("cp1252 in line 2", h.source(write("cp.py",
          b"#!/x\n# vim: set fileencoding=cp1252 :\n'\x80'\n"), 0)[-4:], "'\u20ac'\n")
    check("cookie too late", h.source(write("late.py",
          b"x\n# coding: latin-1\n'\xe9'\n"), 0)[-4:], "'\ufffd'\n")
    check("BOM", h.source(write("bom.py", b"\xef\xbb\xbfx = 1\n"), 0), "x = 1\n")
    check("bad coding", h.source(write("bad.py", b"# coding: nosuch\n'\xc3\xa9'\n"),
                                 0)[-4:], "'\xe9'\n")
    check("empty", h.source(write("empty.py", b""), 0), "")
    write("bom.py", b"y = 22\n")
    check("changed", h.source(os.path.abspath("bom.py"), 0), "y = 22\n")
    import linecache
    linecache.cache["<made>"] = (3, None, ["a = 1\n", "b\n"], "<made>")
    check("linecache", h.source("<made>", 0), "a = 1\nb\n")
    check("lines of code", h.lines(path), sorted(
        set(x for x in lines_of(compile(SAMPLE, path, "exec")) if x)))
    check("no lines", h.lines(write("broken.py", b"def (:\n")), [])

    def loc(file, line, spec=None):
        return h.locate(0, file, line, spec)
    check("line", loc("sample.py", 11), (0, path, 11, None, 0, True))
    check("module name", loc("sample", 3)[:3], (0, path, 3))
    check("moved", loc("sample.py", 18)[:5], (0, path, 20, None, 18))
    check("moved back", loc("sample.py", 34)[0], 4)
    check("last", loc("sample.py", 33)[:5], (0, path, 32, None, 33))
    check("comment", loc("sample.py", 5)[0], 3)
    check("blank", loc("sample.py", 4)[0], 3)
    check("docstring", loc("sample.py", 10)[0], 3)
    check("beyond", loc("sample.py", 99)[0], 4)
    check("no file", loc("nosuch.py", 1)[0], 1)
    check("own file", loc(None, 1)[0:2], (3, os.path.abspath(__file__)))
    late = sys.version_info >= (3, 13)
    check("by text", loc(None, 0, "sample.plain")[:4],
          (0, path, 11 if late else 6, "plain"))
    check("by text, decorated", loc(None, 0, "sample.decorated")[:4],
          (0, path, 20 if late else 17, "decorated"))
    check("by text, one line", loc(None, 0, "sample.one")[:4],
          (0, path, 28, "one"))
    check("in file", loc("sample.py", 0, "K.meth")[:4],
          (0, path, 26 if late else 24, "meth"))
    check("no function", loc(None, 0, "sample.nosuch")[0], 2)
    check("no expression", loc(None, 0, "1 +")[0], 2)
    import sample_ok
    check("by value", loc(None, 0, "sample_ok.f")[:4],
          (0, os.path.abspath(sample_ok.__file__), 4 if late else 2, "f"))
    check("method by value", loc(None, 0, "sample_ok.A.m")[3], "m")
    check("bound method", loc(None, 0, "sample_ok.A().m")[3], "m")
    check("not pending", loc("sample_ok.py", 4)[5], False)
    check("first line", h.first_line(sample_ok.f.__code__), 4)
    check("first line of a generator", h.first_line(sample_ok.gen.__code__), 9)
    zip_source(d)
    h.select(None)


def lines_of(code):
    for x in code.co_lines():
        yield x[2]
    for c in code.co_consts:
        if hasattr(c, "co_lines"):
            yield from lines_of(c)


def zip_source(d):
    import zipfile
    with zipfile.ZipFile("z.zip", "w") as z:
        z.writestr("inzip.py", "import sys\ndef f():\n    return sys._getframe()\n")
    sys.path.insert(0, os.path.join(d, "z.zip"))
    import inzip
    h.select(inzip.f())
    check("zip", h.record(0)[4], "return sys._getframe()")


OK_SOURCE = b'''\
import functools
def f(
        a=1):
    return a
class A:
    def m(self):
        pass
def gen():
    yield 1
'''


def main():
    if PPRINT_WAS_CLEAN:
        check("pprint leaves no module", left, set())
        check("pprint first", first_pprint[0],
              pprint.pformat({"a": list(range(40)), "b": "x" * 90}))
    for v in values():
        if not repr(v).startswith("<"):
            check(f"pprint {repr(v)[:30]!r}", h.pprint(v)[0], pprint.pformat(v))
    test_repr()
    test_short()
    test_exceptions()
    test_function()
    test_vars()
    test_frames()
    test_whatis()
    test_check()
    d = tempfile.mkdtemp()
    with open(os.path.join(d, "sample_ok.py"), "wb") as f:
        f.write(OK_SOURCE)
    sys.path.insert(0, d)
    os.chdir(d)
    test_files()
    print(f"1..{count}")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
