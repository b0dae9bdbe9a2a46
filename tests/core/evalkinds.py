"""Values of the library and of numpy, for evalvalues.py: by their names.

Without numpy its are missing, and asking for one is a KeyError everywhere.
"""

import argparse
import array
import collections
import decimal
import enum
import functools
import ipaddress
import logging
import os
import pathlib
import re
import threading
import time
import uuid



def sanitized():
    with open("/proc/self/maps") as f:
        return "libasan" in f.read()


try:
    # Wheels of numpy have a C++ runtime that the sanitizer's takes apart.
    if sanitized():
        raise ImportError
    import numpy as np
except ImportError:
    np = None


class Mine(decimal.Decimal):
    pass


class Kept(collections.UserDict):
    pass


def library():
    started = threading.Thread(target=time.sleep, args=(0,), name="brief")
    started.start()
    started.join()
    happened = threading.Event()
    happened.set()
    view = {"a": 1, "b": [2]}
    return {
        "decimals": [decimal.Decimal(s) for s in (
            "1.50", "-0", "0E+10", "1E-400", "NaN", "-sNaN123", "-Infinity",
            "123456789012345678901234567890123456789.5", "1E+30", "0.0000001",
            "-1.2E-7", "0.000001", "100", "1.0E+3", "0E-7", "0.00",
            "12345678901234567890123456789", "10000000000000000000",
            "1E+19", "1000000000000000000000000000000000000000")],
        "mine": Mine("2.5"),
        "uuids": [uuid.UUID(int=5), uuid.UUID(int=2 ** 128 - 1)],
        "ips": [ipaddress.ip_address(s) for s in (
            "1.2.3.4", "::", "::1", "1::", "2001:db8::8:800:200c:417a",
            "1:0:0:2:0:0:0:3", "::ffff:1.2.3.4", "fe80::1%eth0",
            "1:2:3:4:5:6:7:8", "0:1:0:1:0:1:0:1")],
        "nets": [ipaddress.ip_network(s) for s in ("10.0.0.0/8", "fe80::/10")],
        "arrays": [array.array("i", [1, -2]), array.array("d", [1.5]),
                   array.array("u", "h\xe9llo"), array.array("b"),
                   array.array("Q", [2 ** 64 - 1]), array.array("f", [0.1]),
                   array.array("B", b"abc"), array.array("H", [65535])],
        "chain": collections.ChainMap({"a": 1}, {"b": 2}),
        "users": [collections.UserDict(a=1), collections.UserList([1]),
                  collections.UserString("abc"), Kept(z=1)],
        "partials": [functools.partial(int, base=2),
                     functools.partial(max, 1, key=None)],
        "patterns": [re.compile("a+", re.I), re.compile(b"x"),
                     re.compile("'" * 300, re.X | re.S | re.A)],
        "flags": [re.I, re.I | re.M],
        "space": argparse.Namespace(a=1, b="x"),
        "loggers": [logging.getLogger("x"), logging.getLogger()],
        "events": [threading.Event(), happened],
        "threads": [threading.Thread(name="new"), started,
                    threading.main_thread()],
        "windows": pathlib.PureWindowsPath("C:\\a\\b"),
        "views": [view.keys(), view.values(), view.items(),
                  collections.OrderedDict(x=1).items()],
        "stat": os.stat_result(range(10)),
        "date": time.struct_time((2020, 1, 1, 0, 0, 0, 0, 0, 0)),
    }


def arrays():
    if np is None:
        return {}
    a = np.arange(12).reshape(3, 4)
    return {
        "int": [a, a[:, ::2], a[::-1, ::-1], np.asfortranarray(a), a.T,
                np.array([1, -100, 20], dtype="i1"), np.array(5),
                np.array([1, 2], dtype=">i4"), np.arange(2000), np.arange(100),
                np.arange(60000), np.zeros((1200, 1000), dtype="u1"),
                np.arange(27).reshape(3, 3, 3), np.full(3, 2 ** 64 - 1, "u8")],
        "float": [a / 7, np.array(1.5), np.array([0.1, 1e30, -2.0]),
                  np.array([np.nan, 1.0, -np.inf]), np.arange(100) / 3,
                  np.array([1e-10, 1.0]), np.array([np.nan, np.inf]),
                  np.array([0.1, 1.5, 1 / 3], dtype="f4"),
                  np.array([0.1, 1.25, 65504], dtype="f2"),
                  np.array([1.5, 2.0], dtype=">f8"), np.zeros((100, 100)),
                  np.array([123456789.125, 1.0]), np.array([1e-5, 2e-5]),
                  np.array([1e300, 1e-300]), np.array([-0.0, 0.0])],
        "complex": [np.array([1 + 2j, -0.5j]), np.array([1e20 + 1j, np.nan]),
                    np.array([1 + 1j], dtype="c8")],
        "bool": [np.array([True, False]), np.zeros((2, 2), dtype=bool),
                 np.array(True)],
        "text": [np.array([b"ab", b"c\0d"]), np.array(["ab", "h\xe9'"]),
                 np.array([""]), np.array(["x" * 30] * 4)],
        "time": [np.array(["2020-02-29", "NaT"], dtype="datetime64[D]"),
                 np.array(["1969-12-31T23:59:59.5"], dtype="datetime64[ms]"),
                 np.array(["0001-01", "12000-12"], dtype="datetime64[M]"),
                 np.array([5, 25], dtype="datetime64[25us]"),
                 np.array(["1960-01-01T05"], dtype="datetime64[h]"),
                 np.array(["2024-03-07"], dtype="datetime64[W]"),
                 np.array(["1666"], dtype="datetime64[Y]"),
                 np.array(["2262-01-01T01:02:03.000000004"],
                          dtype="datetime64[ns]"),
                 np.array([1, -20], dtype="timedelta64[ms]")],
        "record": [np.array([(1, 2.5, b"x", True), (300, -1, b"yz", False)],
                            dtype=[("a", "i4"), ("b", "f8"), ("c", "S3"),
                                   ("d", "?")]),
                   np.array([(1, (2.0, 3))], dtype=[
                       ("p", "u1"), ("q", [("x", "f4"), ("y", "i2")])]),
                   np.zeros(2, dtype=[("only", "i8")])],
        "object": [np.array([1, "x", None, [1]], dtype=object),
                   np.array([[{}, ()]], dtype=object)],
        "empty": [np.zeros(0), np.zeros((0, 3)), np.zeros((2, 0), dtype="i4")],
        "scalar": [np.float64(3), np.float32(0.1), np.int32(7), np.int64(-1),
                   np.uint8(255), np.uint64(2 ** 64 - 1), np.bool_(True),
                   np.str_("x"), np.bytes_(b"y"), np.complex128(1 + 2j),
                   np.complex64(0.1j), np.float16(0.1), np.float32(1e20),
                   np.datetime64("2020-01-01"), np.timedelta64(5, "D"),
                   np.timedelta64("NaT", "s")],
        "void": np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")])[0],
        "dtype": [np.dtype(s) for s in ("f8", "<U3", "S5", "O", "?", ">i4",
                                        "M8[us]", "m8[D]", "V7")],
        "matrix": np.matrix([[1, 2], [3, 4]]),
    }


def kinds():
    return dict(library(), **arrays())


EXPRESSIONS = ["kinds[%r]" % k for k in """
decimals mine uuids ips nets arrays chain users partials patterns flags space
loggers events threads windows views stat date int float complex bool text
time record object empty scalar void dtype matrix
""".split()] + """
[str(x) for x in kinds['decimals']]
[str(x) for x in kinds['uuids'] + kinds['ips'] + kinds['nets']]
kinds['stat'].st_size, kinds['stat'].st_atime_ns, kinds['date'].tm_year
len(kinds['arrays'][0]), kinds['arrays'][0][1], sum(kinds['arrays'][5])
list(kinds['arrays'][2]), kinds['arrays'][4].typecode
kinds['arrays'][0][7]
'a' in kinds['views'][0], len(kinds['views'][1]), list(kinds['views'][2])
[str(x) for x in kinds['int'] + kinds['float'] + kinds['complex']]
[str(x) for x in kinds['bool'] + kinds['text'] + kinds['time'] + kinds['empty']]
[str(x) for x in kinds['dtype']]
[x.shape for x in kinds['int']], [x.dtype for x in kinds['float']]
[x.tolist() for x in kinds['int'][:7]], kinds['record'][0].tolist()
[x.ndim for x in kinds['int']], [x.size for x in kinds['float']]
[x.nbytes for x in kinds['int']], [x.itemsize for x in kinds['float']]
int(kinds['int'][0][1, 2] + 1), bool(kinds['int'][0][-1, -1] == 11)
int(sum(kinds['int'][9])), int(max(kinds['int'][5])), len(kinds['int'][0])
kinds['int'][0][7, 0]
kinds['int'][9][100]
int(kinds['scalar'][2] + 1), bool(kinds['scalar'][3] < 0)
bool(kinds['scalar'][6])
kinds['object'][0][3], kinds['void'].dtype
""".strip().split("\n")
