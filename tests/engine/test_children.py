"""Looking into values without running code of theirs.  Speaks TAP.

Usage: PYTHON test_children.py FILE_OF_EVALHARNESS

Every class here that could notice being looked at counts it in `ran`.
"""
import array
import collections
import datetime
import decimal
import enum
import functools
import gc
import operator
import re
import sys
import types
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location

spec = spec_from_file_location("evalharness", sys.argv[1],
    loader=ExtensionFileLoader("evalharness", sys.argv[1]))
h = module_from_spec(spec)
spec.loader.exec_module(h)

count = failures = 0
ran = []
NAME, ATTR, INDEX, KEY, MEMBER, PROPERTY = range(6)
ARGS, LOCALS, GLOBALS, EXPR = range(4)


def check(what, got, want):
    global count, failures
    count += 1
    if got == want:
        print(f"ok {count} - {what}")
    else:
        failures += 1
        print(f"not ok {count} - {what}")
        print(f"#   got  {got!r}"[:900])
        print(f"#   want {want!r}"[:900])


def fails(what, fn, *args, want):
    try:
        got = fn(*args)
    except RuntimeError as e:
        got = str(e)
    check(what, got, want)


def noisy(name):
    def method(self, *args):
        ran.append(name)
        raise RuntimeError(f"{name} was called")
    return method


NOISES = ("__repr__", "__str__", "__len__", "__iter__", "__eq__", "__hash__",
          "__bool__", "__getattr__", "__getattribute__", "__getitem__",
          "__contains__", "__dir__", "__format__", "__index__", "__next__",
          "__sizeof__", "__reduce__", "__instancecheck__", "__class_getitem__",
          "__missing__", "__reversed__", "__float__", "__int__")


class Meta(type):
    __repr__ = __str__ = __eq__ = __len__ = __iter__ = noisy("Meta")
    __instancecheck__ = __subclasscheck__ = __getattribute__ = noisy("Meta")
    __hash__ = type.__hash__


def loud(*bases):
    body = {n: noisy(n) for n in NOISES}
    body["prop"] = property(noisy("prop"))
    body["__hash__"] = lambda self: id(self)
    return Meta("Loud", bases, body)


LoudDict, LoudList, LoudTuple, LoudSet, LoudFrozen, LoudStr, LoudInt, \
    LoudFloat, LoudBytes, LoudObject, LoudDeque, LoudDefault, LoudArray, \
    LoudError = map(loud, (dict, list, tuple, set, frozenset, str, int,
    float, bytes, object, collections.deque, collections.defaultdict,
    array.array, ValueError))


class Slots:
    __slots__ = ("a", "b", "unset", "__weakref__")

    def __init__(self):
        self.a, self.b = 1, [2]


class Plain:
    kind = "class attribute"

    def __init__(self, **kw):
        object.__getattribute__(self, "__dict__").update(kw)


class Sly(Plain):
    made = 0

    @property
    def area(self):
        ran.append("area")
        return [1, 2, 3]

    @property
    def broken(self):
        raise KeyError("no such thing")

    @functools.cached_property
    def once(self):
        ran.append("once")
        return 5


class Child(Sly):
    area = 3


Pair = collections.namedtuple("Pair", "left right")


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 3


def look(value, *path, **kw):
    """The items of the value; it is the first argument of a frame."""
    def frame(value):
        h.select(sys._getframe())
        try:
            return h.children(0, ARGS, b"", (0,) + path, kw.get("first", 0),
                              kw.get("max", 0), kw.get("ask", 0),
                              kw.get("ident", 0), kw.get("bytes", 0))
        finally:
            h.select(None)
    return frame(value)


def shape(value, *path, **kw):
    return [(i["label"], i["text"]) for i in look(value, *path, **kw)[0]]


def text(value, **kw):
    return look(value, **kw)[2]["text"]


def exprs(value):
    return [i["expr"] for i in look(value)[0]]


def test_builtins():
    for v in (0, -5, 10 ** 30, True, None, ..., NotImplemented, 1.5, 2j, "a'b",
              "é\n", b"x\0", bytearray(b"q"), [], [1, [2]], (), (1,), (1, 2),
              {}, {"a": [1], 2: None}, set(), {3}, frozenset(),
              frozenset({4}), range(3), len, int, Slots, collections.deque,
              decimal.Decimal("1.5"), datetime.date(2024, 1, 2),
              re.compile("a+"), types.MappingProxyType({1: 2}),
              {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(),
              Pair(1, "x"), ValueError("no"), ValueError(), KeyError(1, 2),
              collections.deque([1, 2]),
              datetime.datetime(2024, 1, 2, 3, 4, 5, 6),
              datetime.time(1, 2, 3, 4)):
        check(f"text of {v!r}"[:60], text(v), repr(v))
    for v, want in ((collections.defaultdict(int, a=1), "defaultdict({'a': 1})"),
                    (collections.Counter("aab"), "Counter({'a': 2, 'b': 1})"),
                    (array.array("i", [1, 2]), "array([1, 2])"),
                    (Colour.RED, "Colour.RED"), (Level.LOW, "Level.LOW"),
                    (Plain(x=1, y="z"), "Plain(x=1, y='z')"),
                    (Slots(), "Slots(a=1, b=[2])"),
                    (memoryview(b"abc"), None)):
        if want is not None:
            check(f"text of {want}", text(v), want)
        else:
            check("memoryview", text(v).split(" at ")[0],
                  "<memoryview of 3 'B'")
    check("without attributes", text(object()).split(" at ")[0],
          "<object object")
    check("function", text(look).split(" at ")[0], "<function look")
    check("module", text(sys), "<module 'sys'>")
    check("lambda in a method", text(Plain(x=1).__init__)[:40],
          "<bound method Plain.__init__ of Plain(x=")


def test_bounds():
    big = "x" * (64 << 20)
    r = look(big)[2]
    check("a long string is cut", (len(r["text"]), r["cut"], r["count"]),
          (200, True, 0))
    deep = []
    for i in range(100000):
        deep = [deep]
    check("deep", text(deep), "[[[[[...]]]]]")
    while deep:
        deep = deep[0]
    many = list(range(1000000))
    items, total, own = look(many, first=999998, max=10)
    check("the end of a long list", ([i["label"] for i in items], total),
          (["[999998]", "[999999]"], 1000000))
    check("behind its end", look(many, first=5000000)[0], [])
    check("a page", [i["label"] for i in look(many, first=10, max=3)[0]],
          ["[10]", "[11]", "[12]"])
    check("the default", len(look(many)[0]), 100)
    check("the most", len(look(many, max=10 ** 18)[0]), 10000)
    check("positions up to the end of numbers",
          look(many, first=2 ** 64 - 1, max=5)[0], [])
    wide = {i: "y" * 100 for i in range(20000)}
    items = look(wide, first=19998)[0]
    check("the end of a large dict", [i["label"] for i in items],
          ["[19998]", "[19999]"])
    huge = ["z" * 70000] * 1000
    items, total, own = look(huge, max=1000, bytes=65536)
    check("a reply is bounded", (len(items) < 200, total), (True, 1000))
    check("a great int", text(1 << 100000000)[:8], "<int of ")
    check("many attributes", text(Plain(**{f"a{i:02}": i for i in range(20)}))
          .endswith("a11=11, ...)"), True)
    check("cut at a character", text("é" * 200, bytes=20), "'" + "é" * 9)


def test_loud():
    values = [LoudDict(a=1), LoudList([1, 2]), LoudTuple((1, 2)), LoudSet({1}),
              LoudFrozen({1}), LoudStr("s"), LoudInt(4), LoudFloat(0.5),
              LoudBytes(b"b"), LoudObject(), LoudDeque([1]),
              LoudDefault(int, a=1), LoudArray("i", [7]), LoudError("bad")]
    keyed = {LoudObject(): LoudObject(), LoudStr("k"): 1, LoudInt(3): 2}
    want = [("Loud({'a': 1})", ["['a']"]), ("Loud([1, 2])", ["[0]", "[1]"]),
            ("Loud((1, 2))", ["[0]", "[1]"]), ("Loud({1})", ["{0}"]),
            ("Loud({1})", ["{0}"]), ("Loud('s')", []), ("Loud(4)", []),
            ("Loud(0.5)", []), ("Loud(b'b')", []), (None, []),
            ("Loud([1])", ["[0]"]),
            ("Loud({'a': 1})", [".default_factory", "['a']"]),
            ("Loud([7])", ["[0]"]), ("Loud('bad')", [".args"])]
    del ran[:]
    for i, (t, labels) in enumerate(want):
        got, total, own = look(values[i])
        got = [x["label"] for x in got]
        if t:
            check(f"text of loud {t}", own["text"], t)
        check(f"parts of loud {t}", sorted(got), sorted(labels + [".prop"]))
    r = look(keyed)
    check("loud keys", (r[1], [x["label"] for x in r[0][1:]]),
          (3, ["[Loud('k')]", "[Loud(3)]"]))
    check("they lead nowhere", [x["expr"] for x in r[0]], [None] * 3)
    cls = look(LoudDict)
    check("a loud class", cls[0][0]["label"], ".__bases__")
    check("nothing of theirs ran", ran, [])


class Seen(Exception):
    pass


class Zone(datetime.tzinfo):
    """Its methods run when such a time is shown by repr()."""
    __repr__ = utcoffset = tzname = dst = noisy("Zone")


def test_zones():
    del ran[:]
    check("a zone of the program's",
          text(datetime.datetime(2024, 1, 2, 3, 4, tzinfo=Zone()))
          .split("<")[0], "datetime.datetime(2024, 1, 2, 3, 4, 0, 0, tzinfo=")
    check("... does not run", ran, [])


def test_quiet():
    """No allocation of ours starts a collection with its finalizers."""
    class Cycle:
        def __del__(self):
            ran.append("__del__")
    c = Cycle()
    c.me = c
    del ran[:]
    gc.collect()
    old = gc.get_threshold()
    data = [[{i: (i,)} for i in range(50)] for _ in range(50)]
    was = gc.isenabled()
    del c
    gc.set_threshold(1, 1, 1)
    r = look(data)
    gc.set_threshold(*old)
    check("the collector is as it was", gc.isenabled(), was)
    heard = []
    on = [True]

    def hook(event, args):
        if on[0]:
            heard.append(event)
    sys.addaudithook(hook)

    def gen(q):
        yield q
    g = gen(1)
    next(g)
    look(g)
    look(look)
    look(sys._getframe())
    try:
        raise Seen
    except Seen as e:
        look(e)
        look(e.__traceback__)
    on[0] = False
    check("no audit event", [x for x in heard if x != "sys._getframe"], [])


def test_objects():
    check("attributes", shape(Plain(x=1, y="z")), [(".x", "1"), (".y", "'z'")])
    check("slots", shape(Slots()), [(".a", "1"), (".b", "[2]")])
    d = Plain()
    vars(d)["not a name"] = 1
    check("what is no name", exprs(d), ["value.__dict__['not a name']"])
    vars(d)[5] = 1
    check("what is no str", exprs(d)[1], "value.__dict__[5]")
    s = Sly(w=1)
    del ran[:]
    check("properties have no value", shape(s),
          [(".w", "1"), (".area", None), (".broken", None), (".once", None)])
    check("... and a kind", [i["kind"] for i in look(s)[0]],
          [ATTR, PROPERTY, PROPERTY, PROPERTY])
    check("... and were not run", ran, [])
    fails("into one", look, s, 1, want="this is a property")
    check("into one, asked", shape(s, 1, ask=1),
          [("[0]", "1"), ("[1]", "2"), ("[2]", "3")])
    check("one asked", shape(s, first=1, max=1, ask=1),
          [(".area", "[1, 2, 3]")])
    i = look(s, first=2, max=1, ask=1)[0][0]
    check("one that raises", (i["failed"], i["text"]),
          (True, "KeyError: 'no such thing'"))
    check("no more than these", ran, ["area", "area"])
    fails("into one that raises", lambda: look(s, 2, ask=1),
          want="KeyError: 'no such thing'")
    check("once", shape(s, first=3, max=1, ask=1), [(".once", "5")])
    check("once, had", shape(s)[:2], [(".w", "1"), (".once", "5")])
    check("hidden by a class", shape(Child()), [(".broken", None),
          (".once", None)])
    check("named tuple", (shape(Pair(1, "x")), exprs(Pair(1, 2))),
          ([(".left", "1"), (".right", "'x'")], ["value.left", "value.right"]))
    check("subclass of a list with attributes",
          shape(type("L", (list,), {"__init__": lambda self: setattr(
              self, "tag", 1)})()), [(".tag", "1")])
    check("enum", [i["label"] for i in look(Colour.RED)[0]][:2],
          ["._value_", "._name_"])
    check("slice", shape(slice(1, None, 2)),
          [(".start", "1"), (".stop", "None"), (".step", "2")])


def test_kept():
    def outer(a, b=2, *, k=3):
        cell = [1]

        def inner():
            return cell, a
        return inner
    check("defaults", shape(outer),
          [(".__defaults__", "(2,)"), (".__kwdefaults__", "{'k': 3}")])
    inner = outer(9)
    check("closure", (shape(inner), exprs(inner)),
          ([("a", "9"), ("cell", "[1]")],
           ["value.__closure__[0].cell_contents",
            "value.__closure__[1].cell_contents"]))
    for e, v in zip(exprs(inner), (9, [1])):
        check(e, eval(e, {"value": inner}), v)

    def gen(n):
        total = n
        yield total
    g = gen(5)
    check("a generator that has not begun", shape(g), [("n", "5")])
    next(g)
    check("a generator", (shape(g), exprs(g)[1], eval(exprs(g)[1],
          {"value": g})), ([("n", "5"), ("total", "5")],
          "value.gi_frame.f_locals['total']", 5))
    list(g)
    check("its end", shape(g), [])

    async def coro(x):
        pass
    c = coro(1)
    check("a coroutine", (shape(c)[0], exprs(c)[0]),
          (("x", "1"), "value.cr_frame.f_locals['x']"))
    c.close()

    async def agen(x):
        yield x
    check("an asynchronous generator",
          (shape(agen(1))[0], exprs(agen(2))[0]),
          (("x", "1"), "value.ag_frame.f_locals['x']"))
    check("bound method", [x[0] for x in shape(Plain(x=1).__init__)],
          [".__self__", ".__func__"])
    check("built-in method", shape([1].append), [(".__self__", "[1]")])
    check("static and class methods",
          [x[0] for v in (staticmethod(look), classmethod(look))
           for x in shape(v)[:1]], [".__func__", ".__func__"])
    check("partial", shape(functools.partial(operator.add, 1))[:2],
          [(".func", "<built-in function add>"), (".args", "(1,)")])
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise OSError(2, "gone", "file") from e
    except OSError as e:
        e.add_note("take note")
        got = dict(shape(e))
        check("exception", [got.get(k) for k in (".args", ".__cause__",
              ".__notes__", ".errno", ".filename")],
              ["(2, 'gone')", "ZeroDivisionError('division by zero')",
               "['take note']", "2", "'file'"])
    check("class", [x for x in shape(Plain) if x[0] in (".__bases__",
          ".kind")], [(".__bases__", "(<class 'object'>,)"),
          (".kind", "'class attribute'")])
    m = types.ModuleType("m")
    m.x = 1
    check("module", dict(shape(m))[".x"], "1")


def test_items():
    check("keys", (shape({"a": 1, 2: "b", (1, "t"): 3}),
                   exprs({"a": 1, 2: "b", (1, "t"): 3})),
          ([("['a']", "1"), ("[2]", "'b'"), ("[(1, 't')]", "3")],
           ["value['a']", "value[2]", "value[(1, 't')]"]))
    check("no literal", exprs({1.5: 1, Colour.RED: 2, 1 << 20000: 3,
          ((((1,),),),): 4, (1 << 20000,): 5}), [None] * 5)
    check("nested", exprs({(((1,),),): 1}), ["value[(((1,),),)]"])
    check("a long key", (shape({"k" * 200: 1})[0][0], exprs({"k" * 200: 1})),
          ("['" + "k" * 79 + "...]", ["value['" + "k" * 200 + "']"]))
    check("set", (shape({5}), exprs({5})), ([("{0}", "5")], [None]))
    check("deque items", [x for x in shape(collections.deque("ab"))
          if x[0][0] == "["], [("[0]", "'a'"), ("[1]", "'b'")])
    check("proxy", (shape(types.MappingProxyType({"a": 1})),
                    exprs(types.MappingProxyType({"a": 1}))),
          ([("['a']", "1")], ["value['a']"]))
    d = {"a": 1}
    check("views", (shape(d.keys())[-1:], shape(d.values())[-1:],
                    shape(d.items())[-1:]),
          ([("{0}", "'a'")], [("{0}", "1")], [("{0}", "('a', 1)")]))
    check("array", [x for x in shape(array.array("i", [4, 5]))
                    if x[0][0] == "["], [("[0]", "4"), ("[1]", "5")])
    check("path", shape({"a": [1, (2, {"b": 3})]}, 0, 1, 1),
          [("['b']", "3")])
    check("path's expression", look({"a": [1, (2, {"b": 3})]}, 0, 1, 1)[2]
          ["expr"], "value['a'][1][1]")
    fails("a path that is not there", look, [1], 3,
          want="the value has changed")
    loop = []
    loop.append(loop)
    r = look(loop)
    check("cycle", (r[2]["ident"] == r[0][0]["ident"], r[2]["text"],
                    r[0][0]["count"]), (True, "[[...]]", 1))
    fails("another value", lambda: look([1], ident=5),
          want="the value has changed")
    check("the same value", look(loop, ident=r[2]["ident"])[1], 1)


def test_variables():
    def frame(a, b=2, /, *rest, k=1, **kw):
        loc = 3
        made = [lambda: loc, a]
        del b
        h.select(sys._getframe())
        frame.held = locals()
        loc = 4
        r = list(map(lambda root: h.children(0, root, b"", ()),
                     (ARGS, LOCALS, GLOBALS)))
        frame.seen = frame.held["loc"]
        h.stmt(0, b"extra = 5")
        r.append(h.children(0, LOCALS, b"", ()))
        r.append(h.children(0, EXPR, b"loc + 1", ()))
        r.append(h.children(0, EXPR, b"[loc] + [a]", ()))
        try:
            h.children(0, EXPR, b"nosuch", ())
        except RuntimeError as e:
            r.append(str(e))
        return r
    r = frame(1, 2, 3, k=9, z=1)
    h.select(None)
    check("arguments", [(i["label"], i["text"], i["expr"]) for i in r[0][0]],
          [("a", "1", "a"), ("k", "9", "k"), ("rest", "(3,)", "rest"),
           ("kw", "{'z': 1}", "kw")])
    check("locals", sorted(i["label"] for i in r[1][0]),
          sorted(["a", "k", "rest", "kw", "made", "loc", "frame"]))
    check("locals() of the program is not touched", frame.seen, 3)
    names = {i["label"] for i in r[2][0]}
    check("globals", {"check", "LoudDict", "collections"} <= names, True)
    check("modules", [i["module"] for i in r[2][0] if i["label"] == "gc"],
          [True])
    check("bound by hand", [(i["label"], i["text"]) for i in r[3][0]
          if i["label"] == "extra"], [("extra", "5")])
    check("expression", (r[4][2]["text"], r[4][2]["expr"], r[4][1]),
          ("5", "(loc + 1)", 0))
    check("its parts", [i["expr"] for i in r[5][0]],
          ["([loc] + [a])[0]", "([loc] + [a])[1]"])
    check("one that raises", r[6], "NameError: name 'nosuch' is not defined")
    fails("no frame", h.children, 0, LOCALS, b"", (),
          want="no frame is selected")
    h.select(sys._getframe())
    fails("no such root", h.children, 0, 9, b"", (),
          want="no such variables")
    h.select(None)


class Body:
    word = 1
    h.select(sys._getframe())
    seen = [i["label"] for i in h.children(0, LOCALS, b"", ())[0]]
    h.select(None)


def main():
    test_builtins()
    test_bounds()
    test_loud()
    test_zones()
    test_quiet()
    test_objects()
    test_kept()
    test_items()
    test_variables()
    check("class body", "word" in Body.seen, True)
    print(f"1..{count}")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
