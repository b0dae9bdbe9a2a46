"""A reader of cores written from man/pydbg-core.5 alone: what that page says is
all that it knows, and the members' names are read from it.

For run.py, which holds what it reads against what pydbg says of the core.
"""

import ctypes
import re
import struct

ZSTD = ctypes.CDLL("libzstd.so.1")


def members(page):
    """{table's name: {key: member}} from the page's lists."""
    tables = {}
    for name, body in re.findall(r"(?m)^([A-Z]+)\n((?: {3,}\S.*\n)+)", page):
        tables[name] = {int(k): m for k, m in re.findall(
            r"(?m)^ {3,4}(\d+) \w+ +(\w+)", body)}
    return tables


def item(b, at):
    """(a CBOR item, where the next begins); tags and simple values as pairs."""
    major, n = b[at] >> 5, b[at] & 31
    at += 1
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(n, 0)
    if size:
        raw = b[at:at + size]
        n, at = int.from_bytes(raw, "big"), at + size
    if major in (0, 1):
        return (n if major == 0 else -1 - n), at
    if major == 2:
        return b[at:at + n], at + n
    if major == 4:
        out = []
        for _ in range(n):
            value, at = item(b, at)
            out.append(value)
        return out, at
    if major == 5:
        out = {}
        for _ in range(n):
            key, at = item(b, at)
            out[key], at = item(b, at)
        return out, at
    if major == 6:
        value, at = item(b, at)
        return ("tag", n, value), at
    if size == 8:
        return struct.unpack(">d", raw)[0], at
    return {20: False, 21: True, 22: None}.get(n, ("simple", n)), at


def read(path, page):
    """{table's name: [record]}; objects as they stand there."""
    with open(path, "rb") as f:
        d = f.read()
    names = {int(n): name for n, name in re.findall(
        r"(?m)^\.It (\d+) Ta ([A-Z]+) Ta ", page.split(".Ss Objects")[0])}
    keys, tables = members(page), {name: [] for name in names.values()}
    assert d[:8] == b"\x93PYCORE\n" and d[8:10] == b"\1\0", d[:16]
    at = 16
    while d[at:at + 8] == b"\x93pdblk\r\n":
        table, codec, _, raw, stored, count = struct.unpack_from(
            "<BBHIII", d, at + 8)
        p = d[at + 40:at + 40 + stored]
        at += 40 + stored
        if codec == 1:
            out = ctypes.create_string_buffer(raw)
            assert ZSTD.ZSTD_decompress(out, raw, p, stored) == raw
            p = out.raw
        where, name = 0, names.get(table)
        for _ in range(count if name not in (None, "INDEX") else 0):
            record, where = item(p, where)
            if isinstance(record, dict):
                record = {keys[name].get(k, k): v for k, v in record.items()}
            tables[name].append(record)
    assert d[-8:] == b"\x93pdend\r\n" and len(d) == at + 32, "trailer"
    return tables
