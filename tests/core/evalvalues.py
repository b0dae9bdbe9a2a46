"""A program for evalcore.py: says what its values are, then writes a core.

	evalvalues.py CORE ANSWERS EXPRESSIONS

Answers is a file of JSON: for each line of EXPRESSIONS [repr, pprint], as this
Python gives them, or ["! Type: message", None].
"""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import json
import pathlib
import pprint
import sys
import types
import warnings
import weakref

import pydbg

import evalkinds


class Plain:
    shared = [1, 2]

    def __init__(self, **values):
        self.__dict__.update(values)

    def method(self):
        return 1

    @property
    def prop(self):
        return 1

    @classmethod
    def made(cls):
        return cls()

    @staticmethod
    def static():
        return 1


class Child(Plain):
    shared = "child"


class Slots:
    __slots__ = ("a", "b", "__weakref__")


class Own:
    def __repr__(self):
        return "own"

    def __eq__(self, other):
        return True

    def __len__(self):
        return 3

    def __getattr__(self, name):
        return name


class Stack(list):
    pass


class Words(dict):
    pass


class Name(str):
    pass


class Number(int):
    pass


class Colour(enum.Enum):
    RED = 1
    BLUE = "b"


class Level(enum.IntEnum):
    LOW = 3


class Bits(enum.Flag):
    A = 1
    B = 2


class Tag(enum.StrEnum):
    A = "tag a"


class Kind(str, enum.Enum):
    X = "kind x"


class Perm(enum.IntFlag):
    R = 4
    W = 2


Pair = collections.namedtuple("Pair", "left right")


@dataclasses.dataclass
class Order:
    item: str
    count: int = 1
    hidden: int = dataclasses.field(default=0, repr=False)


@dataclasses.dataclass
class Tree:
    left: object = None
    right: object = None


class Custom(Exception):
    pass


def function(a, b=2):
    return a


def outer():
    held = 5

    def inner():
        return held
    return inner


def generate():
    yield 1


def work(core, expressions, answers):
    small, big, minus = 5, 2 ** 200 + 1, -2 ** 64
    edge, least = 2 ** 63 - 1, -2 ** 63
    real, tiny, inf, comp = 0.1, 5e-324, float("-inf"), 1 - 2j
    none, yes, dots = None, True, ...
    text, wide, lone = "abc", "h\xe9llo \u4e2d\U0001f600", "\udc80x"
    quote, para = "it's \"so\"\n\0", "some words in a row " * 12
    lines = "first\nsecond line\n" * 8
    data, array_ = b"\0\xff", bytearray(b"abc")
    longdata = bytes(range(256))
    one, nested = (1,), [1, [2, (3, {"k": [4]})], {5, 6}, frozenset([7])]
    numbers, table = list(range(10000)), {str(i): i for i in range(5000)}
    rows = [{"name": "row %d" % i, "value": i * 1.5, "tags": ["a", "b"]}
            for i in range(6)]
    mixed = {2: "b", 1: "a", "x": [1, 2], None: 3.5, (1, 2): {}}
    span, back, part = range(2, 20, 3), range(10, 0, -1), slice(1, None, 2)
    shared = [1]
    twice = [shared, shared]
    cycle = []
    cycle.append(cycle)
    loop = {}
    loop["self"] = loop
    plain = Plain(b=1, a=[2], c="x")
    child = Child(me=plain)
    slots = Slots()
    slots.a = plain
    own, stack, words = Own(), Stack([1, 2]), Words(a=1)
    name, number = Name("nm"), Number(7)
    colour, level, bits = Colour.RED, Level.LOW, Bits.A | Bits.B
    pair, order = Pair(1, "r"), Order("pen", 2, 9)
    tree = Tree(Tree(1, 2), Tree([1] * 30, "x" * 40))
    knot = Tree()
    knot.left = knot
    ordered = collections.OrderedDict(a=1, b=[2])
    counter = collections.Counter("abracadabra")
    default = collections.defaultdict(list, k=[1])
    deque, limited = collections.deque([1, 2]), collections.deque([3], 5)
    chain = collections.ChainMap({"a": 1})
    space = types.SimpleNamespace(x=1, y="two")
    proxy = types.MappingProxyType({"k": 1})
    date, time = datetime.date(2024, 2, 29), datetime.time(12, 30)
    moment = datetime.datetime(2024, 1, 2, 3, 4, 5, 678)
    aware = datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)
    delta = datetime.timedelta(days=-1, seconds=5, microseconds=7)
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    named = datetime.timezone(datetime.timedelta(hours=1), "CET")
    path, pure = pathlib.Path("/a/b.tar.gz"), pathlib.PurePosixPath("rel/x")
    noon = datetime.datetime(1999, 12, 31, 12, 0, 1)
    eve, leap = datetime.date(1999, 12, 31), datetime.date(2000, 2, 29)
    east = datetime.datetime(2024, 1, 2, 3, tzinfo=zone)
    clock = datetime.time(23, 59, 58, 999999, tzinfo=named)
    long, short = datetime.timedelta(400, 7261, 5), datetime.timedelta(0, 90)
    dot, root, hidden = (pathlib.PurePosixPath(p) for p in (".", "/", ".rc"))
    deep, odd = pathlib.Path("/a/b"), pathlib.PurePosixPath("a/x.")
    dec, frac = decimal.Decimal("1.50"), fractions.Fraction(1, 3)
    money = [decimal.Decimal(s) for s in (
        "0 -0 0E+3 1E+3 -1.5E-7 0.1 2.5 99.995 -1234567.125 1E-400".split())]
    extreme = [decimal.Decimal(s) for s in "Infinity -Infinity NaN".split()]
    half, big_frac = fractions.Fraction(-7, 2), fractions.Fraction(10**20, 3)
    tally = collections.Counter(a=1, b=-2, z=5)
    same, other = Order("pen", 2, 9), Order("ink", 2)
    state, mode, perm = Tag.A, Kind.X, Perm.R | Perm.W
    flag_list = [Bits.A, Bits.B, Perm.R, Perm.W]
    error, empty = ValueError("bad", 1), Custom()
    missing, failed = KeyError("k"), OSError(2, "No such file", "f.txt")
    group = ExceptionGroup("many", [ValueError(1), TypeError("t")])
    func, meth, lam = function, plain.method, lambda x: x
    inner, gen = outer(), generate()
    builtin, bmeth, partial = len, [].append, functools.partial(function, 1)
    cls, typ, code = Plain, type, function.__code__
    module, weak, obj = json, weakref.ref(slots), object()
    arr = array.array("i", [1, 2])
    things = [plain, error, colour, path]
    mapping = {"plain": plain, "list": things, "when": date}
    kinds = evalkinds.kinds()
    names = dict(locals())
    del names["core"], names["answers"], names["expressions"]
    for expression in expressions:
        answers.append(answer(expression, dict(globals(), **names)))
    del names, expression
    pydbg.dump(file=core, max_bytes=0, max_objects=0, max_seconds=0)


def answer(expression, names):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = eval(expression, names)
        return ["= " + repr(value), pprint.pformat(value)]
    except Exception as e:
        message = str(e)
        return ["! " + type(e).__name__ + (": " + message if message else ""),
                None]


def main():
    core, out, source = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        expressions = f.read().split("\n")
    answers = []
    work(core, expressions, answers)
    with open(out, "w", encoding="utf-8") as f:
        json.dump(answers, f)


main()
