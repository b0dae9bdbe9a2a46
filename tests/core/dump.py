#!/usr/bin/env python3
"""What writes core files, on each Python: the module pydbg, --dump-on-crash.

A program writes a core and says by itself what its variables are; the core is
read by corefile.py, which shares nothing with pydbg, and must say the same.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import re
import resource
import shutil
import struct
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "lib"))
import pydbgtest  # noqa: E402

import corefile  # noqa: E402

tap = pydbgtest.Tap()

VALUES = r"""
import collections, dataclasses, datetime, enum, json, pathlib, pydbg, sys
class Slots:
    __slots__ = ("a", "b")
class Plain:
    pass
class Stack(list):
    pass
class Colour(enum.Enum):
    RED = 1
class Level(enum.IntEnum):
    LOW = 3
Pair = collections.namedtuple("Pair", "left right")
@dataclasses.dataclass
class Order:
    item: str
    count: int = 1
    hidden: int = dataclasses.field(default=0, repr=False)
@dataclasses.dataclass
class Own:
    x: int = 1
    def __repr__(self):
        return "own"
def work(first, *rest, key=7, **more):
    small, big, negative = 5, 2 ** 200 + 1, -2 ** 64
    edge, least = 2 ** 63 - 1, -2 ** 63
    real, tiny, inf = 0.1, 5e-324, float("-inf")
    comp = 1 - 2j
    none, yes, no, dots = None, True, False, ...
    text, wide, lone = "abc", "h\xe9llo \u4e2d\U0001f600", "\udc80x"
    quote = "it's \"so\"\n\0"
    data, array = b"\0\xff", bytearray(b"abc")
    empty = [(), [], {}, "", b"", set()]
    nested = [1, [2, (3, {"k": [4]})], {5, 6}, frozenset([7])]
    numbers = list(range(10000))
    table = {str(i): i for i in range(5000)}
    members = set(range(9000))
    span, part = range(2, 20, 3), slice(1, None, 2)
    shared = [1]
    twice = [shared, shared]
    cycle = []
    cycle.append(cycle)
    loop = {}
    loop["self"] = loop
    longer = "x" * 3000000
    cell = 11
    def inner():
        return cell
    del rest
    expected = {k: ascii(v) for k, v in locals().items() if k in WANTED}
    plain, slots, stack = Plain(), Slots(), Stack([1, 2])
    plain.b, plain.a = 1, [2]
    plain.__dict__
    light = Plain()
    light.x, light.y = 1, 2
    slots.a = plain
    stack.name = "st"
    queue = collections.deque([1, 2, 3], maxlen=9)
    ordered = collections.OrderedDict(a=1, b=2, c=3)
    ordered.move_to_end("a")
    counter = collections.Counter("hello")
    default = collections.defaultdict(list, k=[1])
    pair = Pair(1, "two")
    red, low = Colour.RED, Level.LOW
    order, own = Order("tea", 2), Own()
    date = datetime.date(2024, 2, 29)
    when = datetime.datetime(2024, 2, 29, 1, 2, 3, 4, fold=1)
    aware = when.replace(tzinfo=datetime.timezone(
        datetime.timedelta(hours=2), "here"))
    clock = datetime.time(23, 59, 1)
    delta = datetime.timedelta(days=-1, microseconds=5)
    path, here = pathlib.PurePosixPath("/a//b/./c/", "../d"), pathlib.Path()
    gen = (i * 2 for i in range(9))
    next(gen)
    bound, builtin = shared.append, len
    error = OSError(2, "No such file", "f.txt")
    view = memoryview(b"abcd")
    expected["ids"] = [id(shared), id(plain), id(cycle)]
    expected["path"] = str(pathlib.PurePosixPath("/a/b/c/../d"))
    print(json.dumps(expected))
    pydbg.dump(file="v.pycore")
WANTED = set('''small big negative edge least real tiny inf comp none yes no
    dots text wide lone quote data array empty nested numbers table members
    span part shared twice first key more'''.split())
work("one", 2, key="k", extra=1)
"""

SECRET = "correct-horse-battery"

# Everything that a class can have a say in tells when it is asked.
HOSTILE = r"""
import gc, pydbg, sys, types, weakref
told = []
def tell(name):
    def method(*args, **kwargs):
        told.append(name)
        raise SystemError(name)
    return method
quiet = True
NAMES = '''__repr__ __str__ __len__ __iter__ __next__ __bool__ __call__
    __getattr__ __contains__ __getitem__ __eq__ __lt__ __int__ __index__
    __float__ __dir__ __sizeof__ __reduce__ __reduce_ex__ __format__
    __bytes__ __fspath__ __enter__ __del__ __instancecheck__
    __subclasscheck__ __length_hint__ __missing__ __reversed__ __buffer__
    keys values items get copy'''.split()
class Meta(type):
    def __getattribute__(cls, name):
        if not quiet:
            told.append("meta " + name)
        return type.__getattribute__(cls, name)
    __repr__ = __instancecheck__ = __subclasscheck__ = tell("meta")
def body(ns):
    for name in NAMES:
        ns[name] = tell(name)
    ns["prop"] = property(tell("property"))
    ns["__class__"] = property(tell("__class__"))
    def look(self, name):
        told.append("get " + name)
        raise SystemError(name)
    ns["__getattribute__"] = look
    ns["__hash__"] = lambda self: 7
evil = []
for base in (object, int, float, str, bytes, list, tuple, dict, set,
        frozenset, Exception, bytearray, types.ModuleType):
    cls = types.new_class("Evil" + base.__name__, (base,),
        {"metaclass": Meta}, body)
    args = ([1, 2],) if base in (list, tuple, set, frozenset) else \
        ("name",) if base in (types.ModuleType, str) else ()
    evil.append(base.__new__(cls, *args))
    if base in (list, set, types.ModuleType):
        base.__init__(evil[-1], *args)
class Key:
    def __hash__(self):
        return hash("a")
    def __eq__(self, other):
        if not quiet:
            told.append("key ==")
        return self is other
keys = {"a": 1}
keys[Key()] = 2
keyed = {evil[0]: 1, (1, 2): 3}
odd = type("Odd", (), {})()
object.__getattribute__(odd, "__dict__")[Key()] = 1
ref = weakref.ref(odd, tell("weakref"))
class Light:
    pass
light = Light()
light.a, light.b = 1, 2
def referents():
    return [type(o).__name__ for o in gc.get_referents(light)]
garbage = [[]]
garbage[0].append(garbage)
sys.modules["evil"] = evil[-1]
class Lazy:
    def __init__(self):
        self.me = self
    def __del__(self):
        if not quiet:
            told.append("del")
gc.disable()
for i in range(20):
    Lazy()
gc.enable()
before = referents()
def run():
    pydbg.dump(evil[10], "h.pycore")
    pydbg.dump(None, "h2.pycore")
    assert gc.isenabled()
quiet = False
run()
quiet = True
assert referents() == before, (before, referents())
print(told, flush=True)
import os
os._exit(0)
"""

CRASH = r"""
import sys
what = sys.argv[1]
def inner(x):
    local = [x] * 3
    raise ValueError("bad %s" % x)
def main():
    outer = "seen"
    inner(5)
class Odd(Exception):
    def __str__(self):
        raise SystemError("str")
if what == "main":
    main()
elif what == "exit":
    sys.exit(3)
elif what == "interrupt":
    raise KeyboardInterrupt
elif what == "odd":
    raise Odd(1)
elif what == "hook":
    sys.excepthook = lambda *a: print("own hook", a[0].__name__)
    main()
elif what == "thread":
    import threading
    t = threading.Thread(target=main, name="worker")
    t.start()
    t.join()
elif what == "rawthread":
    import _thread
    lock = _thread.allocate_lock()
    lock.acquire()
    def last():
        try:
            main()
        finally:
            lock.release()
    _thread.start_new_thread(last, ())
    lock.acquire()
    # It has still to be told of.
    import time
    while _thread._count():
        time.sleep(0.01)
elif what == "task":
    import asyncio
    async def bad():
        main()
    async def go():
        asyncio.get_running_loop().create_task(bad())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    asyncio.run(go())
elif what == "callback":
    import asyncio
    async def go():
        asyncio.get_running_loop().call_soon(main)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    asyncio.run(go())
elif what == "chain":
    try:
        try:
            main()
        except ValueError as e:
            raise KeyError("a") from e
    except KeyError as e:
        e.add_note("a note")
        raise ExceptionGroup("grp", [e, TypeError("t")])
elif what == "finally":
    def clean():
        try:
            1 / 0
        finally:
            done = 1
            done = 2
    clean()
elif what == "many":
    import threading
    for i in range(11):
        t = threading.Thread(target=main)
        t.start()
        t.join()
elif what == "ok":
    import threading
    threading.Thread(target=print, args=("in thread",)).start()
    print(sys.gettrace(), sys.getprofile(), [f.__name__ for f in
        (sys.excepthook, threading.excepthook)])
"""

MODULE = r"""
import os, pydbg, sys, threading, types
os.chdir(sys.argv[1])
def bad(call, error):
    try:
        call()
    except error as e:
        print(type(e).__name__, e)
    else:
        print("no error")
bad(lambda: pydbg.dump(1), TypeError)
bad(lambda: pydbg.dump(file=1.5), TypeError)
bad(lambda: pydbg.dump(max_bytes=-1), ValueError)
bad(lambda: pydbg.dump(max_objects="x"), TypeError)
bad(lambda: pydbg.dump(max_seconds=float("nan")), ValueError)
bad(lambda: pydbg.dump(redact=[1]), TypeError)
bad(lambda: pydbg.dump(file="no/such/dir"), OSError)
bad(lambda: pydbg.dump(file="."), OSError)
bad(lambda: pydbg.install_excepthook(dir="a", max_depth=-2), ValueError)
first = pydbg.dump()
second = pydbg.dump()
print(os.path.basename(first) == "m.py.%d.pycore" % os.getpid(),
      os.path.basename(second) == "m.py.%d.2.pycore" % os.getpid(),
      oct(os.stat(first).st_mode & 0o777), os.path.isabs(first))
hook, thread_hook = sys.excepthook, threading.excepthook
said = []
sys.excepthook = mine = lambda *a: said.append("mine")
pydbg.install_excepthook("cores")
pydbg.install_excepthook("cores", max_objects=500)
def fail():
    raise ValueError("in thread")
t = threading.Thread(target=fail)
t.start()
t.join()
try:
    1 / 0
except ZeroDivisionError as e:
    sys.excepthook(type(e), e, e.__traceback__)
import asyncio
async def go():
    async def task():
        raise LookupError("task")
    asyncio.get_running_loop().create_task(task())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
asyncio.run(go())
pydbg.uninstall_excepthook()
print(said, sys.excepthook is mine, threading.excepthook is thread_hook,
      type(asyncio.BaseEventLoop.__dict__["call_exception_handler"]).__name__)
try:
    1 / 0
except ZeroDivisionError as e:
    sys.excepthook(type(e), e, e.__traceback__)
print(len(os.listdir("cores")), [f for f in os.listdir(".")
    if f.endswith(".tmp")])
"""

LIMITS = r"""
import pydbg, resource, signal, sys
class Node:
    pass
first = last = Node()
for i in range(3000):
    last.next = Node()
    last = last.next
    last.text = "text of node %d" % i
pydbg.dump(file="objects", max_objects=1000)
pydbg.dump(file="bytes", max_bytes=100000)
pydbg.dump(file="depth", max_depth=4)
pydbg.dump(file="seconds", max_seconds=0.0001)
pydbg.dump(file="none", max_objects=0, max_bytes=0, max_seconds=0)
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    pydbg.dump(file="full")
except OSError as e:
    print(e)
"""

SIZES = r"""
import array, asyncio, ast, collections, ctypes, datetime, decimal, email
import enum, fractions, gc, inspect, io, json, logging, mmap, re, struct, sys
import threading, typing, unittest, weakref, xml.dom.minidom
try:
    import numpy
    arrays = [numpy.zeros(10000), numpy.zeros(10000)[::2], numpy.float64(1),
        numpy.dtype("f4")]
except ImportError:
    arrays = []
import pydbg
class Own(int):
    pass
def plain():
    yield 1
    yield 2
async def co():
    await asyncio.sleep(0)
async def both():
    yield 1
class Slots:
    __slots__ = ("a", "b")
begun, ended, coro, agen = plain(), plain(), co(), both()
next(begun)
list(ended)
refs = [weakref.ref(o) for o in (begun, ended, coro, agen)]
kept = [-2 ** 200, Own(-2 ** 300), b"x" * 1000, bytearray(1000), Slots(),
    memoryview(b"abc"), (1,) * 50, collections.deque(range(1000)),
    decimal.Decimal("1.5"), re.match("a", "a"), sys.version_info,
    struct.Struct("<i"), (ctypes.c_int * 10)(), ctypes.c_long(4),
    mmap.mmap(-1, 4096), begun, ended, coro, agen, *arrays]
def deep():
    kept.append(sys._getframe())
    if len(kept) < 60:
        deep()
deep()
def work():
    seen = {}
    for o in gc.get_objects() + kept:
        for x in [o, *gc.get_referents(o)]:
            seen[id(x)] = x
    sizes = {}
    for n, x in seen.items():
        try:
            sizes[n] = [sys.getsizeof(x), type(x).__qualname__]
        except Exception:
            pass
    pydbg.dump(file="s.pycore", max_objects=0, max_seconds=0, max_bytes=0)
    print(json.dumps(sizes))
work()
coro.close()
"""

# The innermost frame leads to a chain, the others' globals to a lot.
FIRST = r"""
import pydbg, sys
class Item:
    def __init__(self, n):
        self.name, self.part = "item %d" % n, [[n, "part %d of it" % n]]
class Cart:
    def __init__(self):
        self.items = [Item(i) for i in range(5)]
        self.inner = {"deep": [Item(7)]}
for n in range(3000):
    globals()[sys.intern("thing%d" % n)] = "thing number %d" % n
def fail(cart):
    raise ValueError([["in the exception"]])
def work(cart):
    fail(cart)
try:
    work(Cart())
except ValueError as e:
    pydbg.dump(e, file="first.pycore", max_objects=400)
"""

# A list that would fill it before the chain is gone along.
NEAR = r"""
import pydbg
class Node:
    pass
class Row:
    def __init__(self, n):
        self.text, self.more = "text %d" % n, [[n, "more %d" % n]]
def chain(n):
    last = None
    for i in range(n):
        node = Node()
        node.next, node.name = last, "node number %d" % i
        last = node
    return last
rows = [Row(i) for i in range(60000)]
def fail(deep, row):
    raise ValueError(chain(200))
try:
    fail(chain(300), rows[50000])
except ValueError as e:
    pydbg.dump(e, file="near.pycore", max_bytes=200000, max_objects=0,
        max_seconds=0)
"""

REFUSED = r"""
import json, os, pydbg, stat
def text(path):
    with open(path) as f:
        return f.read()
with open("notes.txt", "w") as f:
    f.write("what I wrote")
open("empty", "w").close()
os.mkfifo("fifo")
os.mkdir("there")
os.symlink("notes.txt", "link")
told = {}
for name in ("notes.txt", "link", "fifo", "there", "none/x", "empty", "again",
        "again", __file__):
    try:
        pydbg.dump(file=name)
        told[name] = "written"
    except OSError as e:
        told[name] = str(e)
print(json.dumps([told, text("notes.txt"), text(__file__)[1:7],
    stat.S_ISFIFO(os.stat("fifo").st_mode), sorted(os.listdir("."))]))
"""

DEEP = r"""
import pydbg, sys
def bad(here):
    raise ValueError
def deeper(n):
    if n == 0:
        bad("the innermost")
    deeper(n - 1)
sys.setrecursionlimit(10 ** 6)
try:
    deeper(int(sys.argv[1]))
except ValueError as e:
    pydbg.dump(e, file="deep.pycore", max_objects=5000)
"""

CODINGS = r"""
import os, pydbg, sys
for name, text in (("cp1252", "caf\xe9 \u20ac"), ("shift_jis", "\u65e5\u672c"),
        ("koi8-r", "\u041f"), ("iso8859_15", "\u20ac"), ("latin2", "\u0159"),
        ("latin-1", "\xe9"), ("utf-8", "\u4e2d"), ("euc_jp", "\u65e5")):
    lines = "# -*- coding: %s -*-\r\ndef work(dump, file):\r\n" \
        "    s = '%s'\r\n    dump(file=file)\r\n" % (name, text)
    with open("c.py", "wb") as f:
        f.write(lines.encode(name))
    with open("c.py", "rb") as f:
        space = {}
        exec(compile(f.read(), os.path.abspath("c.py"), "exec"), space)
    space["work"](pydbg.dump, name + ".pycore")
    print(name, ascii(lines.replace("\r\n", "\n")))
"""

ZIPS = r"""
import pydbg, struct, sys, zipfile
LINES = "def work(dump, file):\n    here = '%s'\n    dump(file=file)\n" \
    "# \u4e2d " + "".join(chr(97 + i % 26) for i in range(50000)) + "\n"
def make(name, method, before=b"", comment=b""):
    with open(name + ".zip", "wb") as f:
        f.write(before)
        with zipfile.ZipFile(f, "w", method) as z:
            for i in range(20):
                z.writestr("other%d.py" % i, "x = 1\n")
            z.writestr("pkg/__init__.py", "")
            z.writestr("pkg/m_%s.py" % name, LINES % name)
            z.comment = comment
def spoil(name, how):
    with open(name + ".zip", "rb") as f:
        data = f.read()
    with open(name + ".zip", "wb") as f:
        f.write(how(data))
def numbers(data):
    at = data.rindex(b"PK\5\6")
    return data[:at + 12] + struct.pack("<II", 0xfffffff0, 0xfffffff0) + \
        data[at + 20:]
def entry(data):
    at = data.rindex(b"PK\1\2")
    return data[:at + 42] + struct.pack("<I", 0x7fffffff) + data[at + 46:]
def noise(data):
    return bytes(b ^ 0x55 if 300 < i < len(data) // 2 else b
                 for i, b in enumerate(data))
spoilt = {"half": lambda d: d[:len(d) // 2], "none": lambda d: b"",
    "numbers": numbers, "entry": entry, "noise": noise}
make("plain", zipfile.ZIP_STORED)
make("packed", zipfile.ZIP_DEFLATED, b"#!/usr/bin/env python3\n", b"PK" * 99)
for name in spoilt:
    make(name, zipfile.ZIP_DEFLATED)
for name in "plain", "packed", *spoilt:
    sys.path.insert(0, name + ".zip")
    sys.modules.pop("pkg", None)
    m = __import__("pkg.m_" + name, fromlist=["work"])
    if name in spoilt:
        spoil(name, spoilt[name])
    m.work(pydbg.dump, name + ".pycore")
"""

ARRAYS = r"""
try:
    import numpy
except ImportError:
    print("no numpy")
    raise SystemExit
import pydbg
def work():
    rows = numpy.arange(12.0).reshape(3, 4)
    turned = rows.T
    long = numpy.zeros(100000, dtype=">i2")
    long[-2:] = 0x700, 0x800
    scalars = [numpy.float64(3.5), numpy.int32(7), numpy.bool_(True),
        numpy.uint64(2 ** 64 - 1), numpy.int8(-5), numpy.complex64(1 - 2j),
        numpy.float16(0.25)]
    fields = numpy.zeros(2, dtype=[("a", "i4"), ("b", "f8"), ("c", "S3"),
        ("d", "?")])
    mixed = numpy.array([1, "x", None], dtype=object)
    days = numpy.array(["2020-01-01"], dtype="datetime64[D]")
    pydbg.dump(file="a.pycore")
work()
"""


class Case:
    """Runs a program in a directory of its own, and reads its cores."""

    def __init__(self, build, python, text, name="m.py"):
        self.build, self.python = build, python
        self.dir = tempfile.mkdtemp(prefix="pydbg-core-")
        self.program = os.path.join(self.dir, name)
        with open(self.program, "w", encoding="utf-8") as f:
            f.write(text)
        os.mkdir(os.path.join(self.dir, "cores"))
        self.env = pydbgtest.base_env(self.dir)
        self.env["MY_TOKEN"] = SECRET
        self.env["LICENCE"] = "very-own-licence"

    def run(self, argv, **more):
        env = dict(self.env, **more)
        preload = os.environ.get("PYDBG_TEST_PRELOAD")
        if preload:
            env["LD_PRELOAD"] = preload
        return pydbgtest.run(argv, env, cwd=self.dir, deadline=240)

    def module(self, *args):
        return self.run([self.python.path, self.program, *args],
                        PYTHONPATH=os.path.join(self.build, "src", "module"))

    def bare(self, *args):
        return self.run([self.python.path, self.program, *args])

    def crash(self, *args):
        return self.run([pydbgtest.pydbg(self.build), "--python",
                         self.python.path, "--dump-on-crash=cores",
                         self.program, *args])

    def core(self, name):
        return corefile.Core(os.path.join(self.dir, name))

    def cores(self):
        return sorted(glob.glob(os.path.join(self.dir, "cores", "*")))

    def done(self):
        shutil.rmtree(self.dir)


class Checks:
    def __init__(self):
        self.wrong = []

    def same(self, what, got, want):
        if got != want:
            self.wrong.append("%s is %.300r, not %.300r" % (what, got, want))


def check_values(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    expected = json.loads(got.out)
    core = case.core("v.pycore")
    frame = core.rows("frame")[0]
    v = core.frame_vars(frame)
    o = {k: core.plain(r) for k, r in v.items()}
    path, ids = expected.pop("path"), expected.pop("ids")
    for name, text in expected.items():
        c.same(name, ascii(o[name]), text)
    c.same("order", list(v)[:4], ["first", "key", "rest", "more"])
    c.same("arguments", frame["nargs"], 4)
    c.same("deleted", o["rest"], corefile.UNBOUND)
    c.same("cycle", o["cycle"][0] is o["cycle"], True)
    c.same("loop", o["loop"]["self"] is o["loop"], True)
    c.same("identity", o["twice"][0] is o["shared"], True)
    c.same("ids", [core.objects[v[k]].addr for k in
                   ("shared", "plain", "cycle")], ids)
    longer = core.objects[v["longer"]]
    c.same("longer", (longer.total, longer.cut, len(longer.value)),
           (3000000, "PD_CORE_CUT_BYTES", 1 << 20))
    c.same("cell", o["cell"], 11)
    c.same("closure", core.plain(core.plain(core.plain(
        o["inner"].attrs["__closure__"])[0]).items[0]), 11)
    check_objects(core, o, c)
    c.same("path", (o["path"].value.decode(), o["here"].value),
           (path, b"."))
    check_records(case, core, c)


def check_objects(core, o, c):
    c.same("plain", list(o["plain"].attrs), ["b", "a"])
    c.same("light", {k: core.plain(r) for k, r in o["light"].attrs.items()},
           {"x": 1, "y": 2})
    c.same("slots", (o["slots"].a is o["plain"], o["slots"].b),
           (True, corefile.UNBOUND))
    c.same("stack", (o["stack"].kind, o["stack"].items, o["stack"].name),
           ("PD_CORE_LIST", [1, 2], "st"))
    for name, kind, items in (
            ("queue", "DEQUE", [1, 2, 3]), ("pair", "TUPLE", [1, "two"]),
            ("ordered", "DICT", ["b", 2, "c", 3, "a", 1]),
            ("counter", "DICT", ["h", 1, "e", 1, "l", 2, "o", 1]),
            ("date", "DATE", [2024, 2, 29]),
            ("when", "DATETIME", [2024, 2, 29, 1, 2, 3, 4, 1, None]),
            ("clock", "TIME", [23, 59, 1, 0, 0, None]),
            ("delta", "TIMEDELTA", [-1, 0, 5])):
        c.same(name, (o[name].kind, o[name].items),
               ("PD_CORE_" + kind, items))
    c.same("maxlen", o["queue"].maxlen, 9)
    zone = core.plain(o["aware"].items[8])
    c.same("zone", (core.plain(zone.items[0]).items, zone.items[1]),
           ([0, 7200, 0], "here"))
    types = {k: core.tables["type"][o[k].type] for k in (
        "order", "own", "pair", "red", "low", "plain", "stack")}
    c.same("reprs", {k: t["repr"].decode() for k, t in types.items()}, {
        "order": "dataclass", "own": "__main__.Own.__repr__",
        "pair": "namedtuple", "red": "enum.Enum.__repr__",
        "low": types["low"]["repr"].decode(),
        "plain": "builtins.object.__repr__",
        "stack": "builtins.list.__repr__"})
    c.same("fields", [f.decode() for f in types["order"]["fields"]],
           ["item", "count"])
    c.same("fields", [f.decode() for f in types["pair"]["fields"]],
           ["left", "right"])
    c.same("enum", (types["red"]["flags"] >> 11 & 1, o["red"].attrs[
        "_name_"], o["low"].kind, o["low"].value),
        (1, "RED", "PD_CORE_INT", 3))
    c.same("mro", [core.tables["type"][n]["qualname"] for n in
                   types["stack"]["mro"]], [b"Stack", b"list", b"object"])
    frame = core.plain(o["gen"].attrs["frame"])
    c.same("generator", (o["gen"].kind, frame.i), ("PD_CORE_GENERATOR", 0))
    c.same("bound", core.plain(o["bound"].attrs["__self__"]) is o["shared"],
           True)
    c.same("error", (core.plain(o["error"].attrs["args"]),
                     o["error"].errno, o["error"].filename),
           ((2, "No such file"), 2, "f.txt"))


def check_records(case, core, c):
    head = core.one("head")
    c.same("argv", head["argv"], [case.program.encode()])
    c.same("version", head["version"].decode(), case.python.full)
    c.same("cwd", os.path.realpath(head["cwd"].decode()),
           os.path.realpath(case.dir))
    env = dict(e.split(b"=", 1) for e in head["env"])
    c.same("token", env[b"MY_TOKEN"], b"<redacted>")
    c.same("licence", env[b"LICENCE"], b"very-own-licence")
    c.same("secret", SECRET.encode() in core.raw, False)
    source = core.rows("source")[0]
    with open(case.program, encoding="utf-8") as f:
        c.same("source", source["text"].decode(), f.read())
    c.same("funcs", [f["func"] for f in core.rows("frame")],
           [b"work", b"<module>"])
    modules = {m["name"]: m for m in core.rows("module")}
    c.same("modules", b"json" in modules and b"pydbg" in modules, True)
    c.same("order", core.order[:4], ["head", "thread", "frame", "source"])
    end = core.one("end")
    c.same("end", (end["objects"], end.get("cut", 0)),
           (len(core.objects), 0))


def check_hostile(case, c):
    got = case.module()
    c.same("code that ran", (got.status, got.out, got.err[-500:]),
           (0, b"[]\n", b""))
    core = case.core("h.pycore")
    names = {t["qualname"] for t in core.rows("type")}
    c.same("types", {b"Evilobject", b"Evildict", b"Evilint"} <= names, True)
    exc = core.rows("exc")[0]
    c.same("text", "text" in exc, False)


def expect(core):
    """(exception, its text, functions and lines of its frames)."""
    exc = core.rows("exc")[0]
    frames = core.frames(exc["first"], exc["count"])
    return (exc["type"].decode(), exc.get("text", b"").decode(),
            [f["func"].decode() for f in frames], [f["line"] for f in frames])


def line(text):
    return CRASH[:CRASH.index(text)].count("\n") + 1


def check_crash(case, c):
    bad = line("raise ValueError"), line("inner(5)\nclass")
    error = ("ValueError", "ValueError: bad 5")
    for what, want in (
            ("ok", None), ("exit", None), ("interrupt", None),
            ("main", error), ("hook", error), ("thread", error),
            ("rawthread", error), ("task", error), ("callback", error),
            ("odd", ("Odd", "")),
            ("finally", ("ZeroDivisionError",
                         "ZeroDivisionError: division by zero")),
            ("chain", ("ExceptionGroup",
                       "ExceptionGroup: grp (2 sub-exceptions)"))):
        bare, got = case.bare(what), case.crash(what)
        cores = case.cores()
        told = [x for x in got.err.decode().split("\n")
                if x.startswith("pydbg: ")]
        rest = [x for x in got.err.decode().split("\n") if x not in told]
        c.same(what + "'s output", (got.status, got.out),
               (bare.status, bare.out))
        c.same(what + "'s stderr", hide("\n".join(rest)),
               hide(bare.err.decode()))
        c.same(what + "'s cores", len(cores), 0 if want is None else 1)
        c.same(what + "'s lines", told, ["pydbg: core written to " +
               os.path.realpath(x) for x in cores])
        if cores and want:
            core = corefile.Core(cores[0])
            exc, text, funcs, lines = expect(core)
            c.same(what, (exc, text), want)
            if want is error:
                c.same(what + "'s frames", (funcs[:2], tuple(lines[:2])),
                       (["inner", "main"], bad))
                x = core.frame_vars(core.rows("frame")[0])
                c.same(what + "'s x", x["x"], 5)
            if what in MORE:
                MORE[what](core, c)
        for name in cores:
            os.unlink(name)


def hide(text):
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def more_finally(core, c):
    frame = core.rows("frame")[0]
    c.same("line", (frame["line"], frame["now"]),
           (line("1 / 0\n"), line("done = 2")))


def more_thread(core, c):
    threads = core.rows("thread")
    c.same("threads", [t["name"] for t in threads],
           [b"worker", b"MainThread"])
    main = core.frames(threads[1]["first"], threads[1]["count"])
    c.same("main's frames", main[-1]["func"], b"<module>")


def more_chain(core, c):
    excs = core.rows("exc")
    c.same("types", [e["type"] for e in excs],
           [b"ExceptionGroup", b"KeyError", b"TypeError", b"ValueError"])
    c.same("members", excs[0]["members"], [2, 3])
    c.same("chain", (excs[0]["context"], excs[1]["cause"],
                     excs[1]["context"], excs[1]["notes"]),
           (2, 4, 4, [b"a note"]))
    c.same("suppressed", excs[1].get("suppress", False), True)
    c.same("text", excs[1]["text"], b"KeyError: 'a'")
    inner = core.frames(excs[3]["first"], excs[3]["count"])
    c.same("its frames", [f["func"] for f in inner],
           [b"inner", b"main", b"<module>"])
    c.same("the same frame", inner[2]["vars"],
           core.rows("frame")[0]["vars"])


MORE = {"finally": more_finally, "thread": more_thread, "chain": more_chain}


def check_many(case, c):
    got = case.crash("many")
    c.same("status", got.status, 0)
    c.same("cores", len(case.cores()), 8)
    c.same("lines", got.err.count(b"pydbg: "), 9)
    c.same("said", b"pydbg: no further cores are written" in got.err, True)
    got = case.run([pydbgtest.pydbg(case.build), "--python",
                    case.python.path, "--dump-on-crash=nowhere",
                    case.program, "main"])
    c.same("no directory", (got.status, got.out), (2, b""))
    got = case.run([pydbgtest.pydbg(case.build), "--python",
                    case.python.path, "--dump-on-crash", case.program,
                    "main"], PYDBG_CORE="max-objects=300,redact=licen")
    found = glob.glob(os.path.join(case.dir, "*.pycore"))
    c.same("in its own directory", len(found), 1)
    core = corefile.Core(found[0])
    c.same("limit", corefile.CUTS[core.one("end")["cut"]],
           "PD_CORE_CUT_OBJECTS")
    c.same("redacted", b"very-own-licence" in core.raw, False)


def check_module(case, c):
    got = case.module(case.dir)
    out = got.out.decode().split("\n")
    want = ["TypeError", "TypeError", "ValueError", "TypeError",
            "ValueError", "TypeError", "OSError", "OSError", "ValueError"]
    c.same("errors", [x.split()[0] for x in out[:9]], want)
    c.same("file", out[6], "OSError cannot write %s/no/such/dir: No such "
           "file or directory" % os.path.realpath(case.dir))
    c.same("names", out[9], "True True 0o600 True")
    c.same("hooks", out[10], "['mine'] True True function")
    c.same("cores", out[11:], ["3 []", ""])
    texts = sorted(expect(corefile.Core(f))[1] for f in case.cores())
    c.same("exceptions", texts, ["LookupError: task",
                                 "ValueError: in thread",
                                 "ZeroDivisionError: division by zero"])


def check_limits(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    full = os.path.join(os.path.realpath(case.dir), "full")
    c.same("full disk", got.out.decode(),
           full + ": cannot write: File too large\n")
    c.same("files", sorted(os.listdir(case.dir)),
           ["bytes", "cores", "depth", "m.py", "none", "objects", "seconds"])
    for name in ("objects", "bytes", "depth", "seconds"):
        end = case.core(name).one("end")
        c.same(name, corefile.CUTS[end.get("cut", 0)],
               "PD_CORE_CUT_" + name.upper())
    core = case.core("objects")
    c.same("objects", len(core.objects) <= 1000, True)
    left = any(corefile.LEFT_OUT in (o.items or []) + o.attr_refs
               for o in core.objects.values())
    c.same("marked", left, True)
    c.same("none", case.core("none").one("end").get("unwritten", 0), 0)
    c.same("bytes", os.path.getsize(os.path.join(case.dir, "bytes")) <
           300000, True)


def check_arrays(case, c):
    got = case.module()
    if got.out == b"no numpy\n":
        return "no numpy for this Python"
    c.same("status", (got.status, got.err), (0, b""))
    core = case.core("a.pycore")
    o = {k: core.plain(r) for k, r in core.frame_vars(
        core.rows("frame")[0]).items()}
    c.same("rows", (o["rows"].kind, o["rows"].items, o["rows"].total),
           ("PD_CORE_NDARRAY", ["float64", "<f8", 2, 3, 4], 96))
    c.same("data", struct.unpack("<12d", o["rows"].value),
           tuple(float(i) for i in range(12)))
    c.same("turned", struct.unpack("<3d", o["turned"].value[:24]),
           (0.0, 4.0, 8.0))
    c.same("long", (o["long"].items, o["long"].cut, len(o["long"].value)),
           (["int16", ">i2", 1, 100000], "PD_CORE_CUT_BYTES", 65536))
    c.same("its end", struct.unpack("<2h", o["long"].tail[-4:]), (7, 8))
    c.same("mixed", (o["mixed"].items[:4], o["mixed"].value,
                     [core.plain(r) for r in o["mixed"].items[4:]]),
           (["object", "|O", 1, 3], b"", [1, "x", None]))
    c.same("days", (o["days"].items, struct.unpack("<q", o["days"].value)),
           (["datetime64[D]", "<M8[D]", 1, 1], (18262,)))
    c.same("scalars", [core.plain(r).value for r in o["scalars"]],
           [3.5, 7, 1, 2 ** 64 - 1, -5, [1.0, -2.0], 0.25])
    c.same("fields", core.plain(o["fields"].attrs["dtype"]).value,
           b"[('a', '<i4'), ('b', '<f8'), ('c', 'S3'), ('d', '?')]")
    return None


def check_sizes(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    told, n = json.loads(got.out), 0
    core = case.core("s.pycore")
    for o in core.objects.values():
        size, kind = told.get(str(o.addr), (0, ""))
        if size == 0:
            continue
        n += 1
        # What a class or a type of C has elsewhere is not asked for.
        if o.size > size * 1.3 + 600:
            c.same("size of " + kind, o.size, size)
        elif kind in ("list", "dict", "tuple", "deque", "ndarray") and \
                o.size * 1.3 + 300 < size:
            c.same("size of " + kind, o.size, size)
    c.same("many", n > 5000, True)


def check_first(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    core = case.core("first.pycore")
    c.same("cut", corefile.CUTS[core.one("end")["cut"]],
           "PD_CORE_CUT_OBJECTS")
    cart = core.plain(core.frame_vars(core.rows("frame")[0])["cart"])
    items = core.plain(cart.attrs["items"])
    c.same("items", [core.plain(core.plain(i).part)[0][1] for i in items],
           ["part %d of it" % i for i in range(5)])
    deep = core.plain(cart.inner)["deep"][0]
    c.same("deep", core.plain(deep.part), [[7, "part 7 of it"]])
    exc = core.plain(corefile.Ref(core.rows("exc")[0]["object"]))
    c.same("exc", core.plain(exc.attrs["args"]), ([["in the exception"]],))
    n = sum(v is not corefile.LEFT_OUT for k, v in core.frame_vars(
        core.rows("frame")[-1]).items() if k.startswith("thing"))
    c.same("globals", 50 < n < 3000, True)


def along(core, node):
    names = []
    while node is not None:
        node = core.plain(node)
        names.append(core.plain(node.attrs["name"]))
        node = node.attrs["next"]
    return names


def check_near(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    core = case.core("near.pycore")
    end = core.one("end")
    c.same("cut", corefile.CUTS[end["cut"]], "PD_CORE_CUT_BYTES")
    c.same("told", end["cut_objects"] > 1000, True)
    c.same("size", os.path.getsize(os.path.join(case.dir, "near.pycore")) <
           300000, True)
    variables = core.frame_vars(core.rows("frame")[0])
    names = ["node number %d" % i for i in range(300)][::-1]
    c.same("deep", along(core, variables["deep"]), names)
    exc = core.plain(corefile.Ref(core.rows("exc")[0]["object"]))
    c.same("exc", along(core, core.plain(exc.attrs["args"])[0]), names[100:])
    c.same("row", core.plain(core.plain(variables["row"]).attrs["more"]),
           [[50000, "more 50000"]])
    rows = core.plain(core.frame_vars(core.rows("frame")[-1])["rows"])
    c.same("rows", rows[0].type, core.plain(variables["row"]).type)


def check_refused(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    told, notes, program, fifo, files = json.loads(got.out)
    here = os.path.realpath(case.dir) + "/"
    taken = " is there, and is no core: it is not replaced"
    c.same("told", told, {
        "notes.txt": here + "notes.txt" + taken,
        "link": here + "link" + taken,
        "fifo": "cannot write " + here + "fifo: it is no regular file",
        "there": "cannot write " + here + "there: Is a directory",
        "none/x": "cannot write " + here + "none/x: No such file or directory",
        "empty": "written", "again": "written",
        case.program: case.program + taken})
    c.same("kept", (notes, program, fifo), ("what I wrote", "import", True))
    c.same("files", [f for f in files if f.endswith(".tmp")], [])


def check_deep(case, c):
    """The innermost frames of a recursion are there, however deep."""
    for n, frames in ((30000, 30003), (120000, 100000)):
        got = case.module(str(n))
        c.same("status", (got.status, got.err), (0, b""))
        core = case.core("deep.pycore")
        exc = core.rows("exc")[0]
        c.same("frames", (exc["first"], exc["raised"]), (1, frames))
        c.same("innermost", core.plain(core.frame_vars(
            core.rows("frame")[0])["here"]),
               "the innermost")
        c.same("second", (core.rows("frame")[1]["func"],
                          core.frame_vars(core.rows("frame")[1])["n"]),
               (b"deeper", 0))
        os.unlink(os.path.join(case.dir, "deep.pycore"))


def check_codings(case, c):
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    told = got.out.decode().splitlines()
    c.same("codings", len(told), 8)
    for row in told:
        name, text = row.split(" ", 1)
        core = case.core(name + ".pycore")
        frame = core.rows("frame")[0]
        source = core.tables["source"][frame["source"]]
        c.same(name, ascii(source["text"].decode()), text)


def check_zips(case, c):
    """Sources in zip files; what is spoilt has none, and harms nothing."""
    got = case.module()
    c.same("status", (got.status, got.err), (0, b""))
    for name in ("plain", "packed", "half", "none", "numbers", "entry",
                 "noise"):
        core = case.core(name + ".pycore")
        frame = core.rows("frame")[0]
        source = core.tables["source"][frame["source"]]["text"].decode() \
            if "source" in frame else None
        begin = "def work(dump, file):\n    here = '%s'\n" % name
        c.same(name, source and (source[:len(begin)], len(source)),
               (begin, 50061 + len(name)) if name in ("plain", "packed")
               else None)


CASES = [
    ("values, identity, types", VALUES, check_values),
    ("no code runs", HOSTILE, check_hostile),
    ("what nothing catches", CRASH, check_crash),
    ("many of them", CRASH, check_many),
    ("the module's functions", MODULE, check_module),
    ("limits", LIMITS, check_limits),
    ("arrays of numpy", ARRAYS, check_arrays),
    ("sizes", SIZES, check_sizes),
    ("codings of sources", CODINGS, check_codings),
    ("sources in zip files", ZIPS, check_zips),
    ("what comes first", FIRST, check_first),
    ("near before far, by bytes", NEAR, check_near),
    ("what is no core stays", REFUSED, check_refused),
    ("a deep recursion", DEEP, check_deep),
]


def one(build, python, name, text, check):
    case, c, skip = Case(build, python, text), Checks(), None
    try:
        skip = check(case, c)
    except (AssertionError, LookupError, OSError, ValueError,
            AttributeError, TypeError):
        c.wrong.append(traceback.format_exc())
    case.done()
    return "%s (%s)" % (name, python.full), c.wrong, skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("filter", nargs="?",
                        default=os.environ.get("PYDBG_TEST_FILTER", ""))
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(one, build, python, *case)
                for python in pydbgtest.pythons(build)
                for case in CASES if args.filter in case[0]]
        for job in jobs:
            name, wrong, skip = job.result()
            if skip:
                tap.skip(name, skip)
            else:
                tap.ok(not wrong, name, "\n".join(wrong))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
