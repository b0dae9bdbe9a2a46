"""A reader of core files that shares nothing with pydbg's own.

For tests of the writer: it goes by man/pydbg-core.5 (src/core/format.h) and
takes the names of members from src/model/coredump.c.  It believes nothing: a
checksum, a number or an order that is not as the format says is an error.
zstd is libzstd.so.1, which every Debian has.
"""

import ctypes
import os
import re
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
SRC = os.path.join(os.path.dirname(os.path.dirname(HERE)), "src")
BLOCK = struct.Struct("<8sBBHIIIQII")
ENTRY = struct.Struct("<QQIIIBBH")


def names_of(path, prefix):
    """{record: {key: member}} from the tables of descriptions."""
    with open(os.path.join(SRC, path), encoding="utf-8") as f:
        text = f.read()
    result = {}
    for rec, key, member in re.findall(
            r"PD_FIELD(?:_OF)?\((\w+), (\d+), \w+, (\w+)", text):
        result.setdefault(rec, {})[int(key)] = member
    for rec, body in re.findall(
            r"(?s)#define REC (\w+)\n(.*?)#undef REC", text):
        for key, member in re.findall(r"\w+\((\d+), (\w+)", body):
            result.setdefault(rec, {})[int(key)] = member
    return {rec: members for rec, members in result.items()
            if rec.startswith(prefix)}


def enum_of(path, first):
    """[name] of an enum of a header that begins with that constant."""
    with open(os.path.join(SRC, path), encoding="utf-8") as f:
        text = re.sub(r"(?s)/\*.*?\*/", "", f.read())
    body = re.search(r"\{\s*(%s\b.*?)\}" % first, text, re.S)[1]
    return re.findall(r"([A-Z_]+)", re.sub(r"=\s*\d+", "", body))


NAMES = names_of("model/coredump.c", "pd_core_")
KINDS = enum_of("core/format.h", "PD_CORE_OBJECT")
CUTS = enum_of("core/format.h", "PD_CORE_CUT_NONE")
TABLES = [None, "head", "exc", "thread", "frame", "source", "type", "object",
          "module", "end", "index"]
CRC = []


def crc32c(data):
    if not CRC:
        for i in range(256):
            for _ in range(8):
                i = i >> 1 ^ (0x82f63b78 if i & 1 else 0)
            CRC.append(i)
    c = 0xffffffff
    for b in data:
        c = c >> 8 ^ CRC[(c ^ b) & 255]
    return c ^ 0xffffffff


def unpack_zstd(data, raw):
    lib = ctypes.CDLL("libzstd.so.1")
    lib.ZSTD_decompress.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(raw)
    n = lib.ZSTD_decompress(out, ctypes.c_size_t(raw), data,
                            ctypes.c_size_t(len(data)))
    assert n == raw, "zstd gives %d bytes, not %d" % (n, raw)
    return out.raw


class Simple:
    """What stands for no object: Ellipsis, no value, left out."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


LEFT_OUT, UNBOUND = Simple("LEFT_OUT"), Simple("UNBOUND")
SIMPLE = {0: Ellipsis, 1: NotImplemented, 2: UNBOUND, 20: False, 21: True,
          22: None, 23: LEFT_OUT}


class Int(int):
    """An int that stands where it is referred to."""


def item(b, at):
    """One CBOR item: (value, behind it)."""
    major, low = b[at] >> 5, b[at] & 31
    at += 1
    if major == 7 and low == 27:
        return struct.unpack_from(">d", b, at)[0], at + 8
    if low >= 24:
        size = 1 << low - 24
        n, at = int.from_bytes(b[at:at + size], "big"), at + size
        assert n >= (24 if size == 1 else 1 << 4 * size), "not the shortest"
    else:
        n = low
    if major == 0:
        return n, at
    if major == 1:
        return -1 - n, at
    if major == 2:
        assert at + n <= len(b), "bytes beyond the block"
        return b[at:at + n], at + n
    if major == 4:
        out = []
        for _ in range(n):
            v, at = item(b, at)
            out.append(v)
        return out, at
    if major == 5:
        out = {}
        for _ in range(n):
            k, at = item(b, at)
            assert not out or k > max(out), "keys do not ascend"
            out[k], at = item(b, at)
        return out, at
    if major == 6:
        v, at = item(b, at)
        if n == 10:
            return Int(v), at
        big = int.from_bytes(v, "big")
        return (big if n == 2 else -1 - big), at
    return SIMPLE[n], at


class Ref(int):
    """The number of an object."""


def refs(values, own):
    """The references of a part."""
    prev, out = own, []
    for v in values:
        if isinstance(v, int) and not isinstance(v, (bool, Int)):
            prev += v
            v = Ref(prev)
        elif isinstance(v, list):
            v = ()
        elif isinstance(v, bytes):
            v = v.decode("utf-8", "surrogatepass")
        elif isinstance(v, Int):
            v = int(v)
        out.append(v)
    return out


class Obj:
    def __init__(self, core, n, values, addr):
        kind, self.type, _, self.size, parts = values[:5]
        self.core, self.n, self.addr = core, n, addr
        self.kind = KINDS[kind]
        rest = iter(values[5:])
        take = [next(rest) if parts & 1 << bit else None for bit in range(8)]
        self.value = take[0]
        self.items = refs(take[1], n) if take[1] is not None else None
        self.attr_refs = refs(take[2], n) if take[2] is not None else []
        self.dict = n + take[3] if take[3] is not None else None
        self.total = take[4]
        self.more = n + take[5] if take[5] is not None else None
        self.cut = CUTS[take[6]] if take[6] is not None else None
        self.tail = take[7]
        assert not list(rest) and parts < 256, "unknown parts"

    @property
    def attrs(self):
        pairs = zip(self.attr_refs[::2], self.attr_refs[1::2])
        out = {self.core.plain(k): v for k, v in pairs}
        if self.dict and self.kind != "PD_CORE_MODULE":
            out.update(self.core.objects[self.dict].pairs())
        return out

    def all_items(self):
        out = list(self.items)
        n = len(out) * (2 if self.kind == "PD_CORE_DICT" else 1)
        want = self.total if self.total is not None else len(out)
        if self.kind == "PD_CORE_DICT" and self.total is not None:
            want *= 2
        at = self.more
        while at is not None and len(out) < want:
            chunk = self.core.objects.get(at)
            if chunk is None:
                break
            assert chunk.kind == "PD_CORE_CHUNK" and n
            out += chunk.items
            at += 1
        return out

    def pairs(self):
        items = self.all_items()
        return {self.core.plain(k): v
                for k, v in zip(items[::2], items[1::2])}

    def __getattr__(self, name):
        return self.core.plain(self.attrs[name])


class Core:
    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        self.tables = {t: {} for t in TABLES if t}
        self.objects, self.raw, self.order = {}, b"", []
        self.memo = {}
        self.read()

    def read(self):
        d = self.data
        assert d[:8] == b"\x93PYCORE\n", "magic"
        assert struct.unpack_from("<HHI", d, 8) == (1, 1, 0), "version"
        index, blocks, crc, zero, magic = struct.unpack_from(
            "<QQII8s", d, len(d) - 32)
        assert magic == b"\x93pdend\r\n" and crc == crc32c(d[-32:-16])
        at, seen = 16, []
        while at < len(d) - 32:
            at = self.block(at, seen)
        assert seen[-1][0] == index and len(seen) - 1 == blocks
        for n in range(blocks):
            entry = ENTRY.unpack_from(self.index, n * ENTRY.size)
            assert entry == seen[n], (entry, seen[n])

    def block(self, at, seen):
        head = self.data[at:at + BLOCK.size]
        (magic, table, codec, zero, raw, stored, count, first, crc,
         head_crc) = BLOCK.unpack(head)
        assert magic == b"\x93pdblk\r\n" and head_crc == crc32c(head[:36])
        payload = self.data[at + BLOCK.size:at + BLOCK.size + stored]
        # All of the small ones; of the others some.
        if stored < 4096 or len(seen) % 16 == 0:
            assert crc == crc32c(payload), "block's checksum"
        if codec == 1:
            payload = unpack_zstd(payload, raw)
        assert len(payload) == raw
        seen.append((at, first, count, raw, stored, table, codec, 0))
        self.raw += payload
        self.order.append(TABLES[table])
        if TABLES[table] == "index":
            self.index = payload
        else:
            self.records(TABLES[table], payload, first, count)
        return at + BLOCK.size + stored

    def records(self, table, b, first, count):
        at, addr = 0, 0
        into = self.objects if table == "object" else self.tables[table]
        for n in range(first, first + count):
            assert n == len(into) + 1, "numbers have a gap"
            value, at = item(b, at)
            if table == "object":
                addr += value[2]
                into[n] = Obj(self, n, value, addr)
                if into[n].type:
                    assert into[n].type in self.tables["type"], "type's order"
            else:
                names = NAMES["pd_core_" + table]
                into[n] = {names[k]: v for k, v in value.items()}
        assert at == len(b), "bytes behind the last record"

    # ---- what tests ask ---------------------------------------------------

    def rows(self, table):
        return list(self.tables[table].values())

    def one(self, table):
        got = self.rows(table)
        assert len(got) == 1, "%d of %s" % (len(got), table)
        return got[0]

    def type_name(self, o):
        t = self.tables["type"][o.type]
        return "%s.%s" % (t["module"].decode(), t["qualname"].decode())

    def frame_vars(self, frame):
        """{name: reference} of a record of table frame."""
        o = self.objects[frame["vars"]]
        return o.pairs() if o.kind == "PD_CORE_DICT" else o.attrs

    def frames(self, first, count):
        return [self.tables["frame"][first + i] for i in range(count)]

    def plain(self, ref):
        """A Python value for what has one, else the Obj."""
        if not isinstance(ref, Ref):
            return ref
        o = self.objects.get(int(ref))
        if o is None:
            return LEFT_OUT
        if o.n in self.memo:
            return self.memo[o.n]
        make = MAKERS.get(o.kind)
        self.memo[o.n] = o
        if make is None or (o.type and self.type_name(o) not in PLAIN):
            return o
        return make(self, o)


PLAIN = {"builtins." + t for t in (
    "int", "float", "complex", "str", "bytes", "bytearray", "list", "tuple",
    "dict", "set", "frozenset", "range", "slice")}


def keep(make):
    def kept(core, o):
        core.memo[o.n] = make(core, o)
        return core.memo[o.n]
    return kept


def make_list(core, o):
    out = core.memo[o.n] = []
    out.extend(core.plain(r) for r in o.all_items())
    return out


def make_dict(core, o):
    out = core.memo[o.n] = {}
    items = o.all_items()
    for k, v in zip(items[::2], items[1::2]):
        out[core.plain(k)] = core.plain(v)
    return out


def parts(core, o):
    return (core.plain(r) for r in o.all_items())


MAKERS = {
    "PD_CORE_INT": keep(lambda c, o: o.value),
    "PD_CORE_FLOAT": keep(lambda c, o: o.value),
    "PD_CORE_COMPLEX": keep(lambda c, o: complex(*o.value)),
    "PD_CORE_STR": keep(lambda c, o: o.value.decode("utf-8",
                                                    "surrogatepass")),
    "PD_CORE_BYTES": keep(lambda c, o: bytes(o.value)),
    "PD_CORE_BYTEARRAY": keep(lambda c, o: bytearray(o.value)),
    "PD_CORE_LIST": make_list,
    "PD_CORE_DICT": make_dict,
    "PD_CORE_TUPLE": keep(lambda c, o: tuple(parts(c, o))),
    "PD_CORE_SET": keep(lambda c, o: set(parts(c, o))),
    "PD_CORE_FROZENSET": keep(lambda c, o: frozenset(parts(c, o))),
    "PD_CORE_RANGE": keep(lambda c, o: range(*parts(c, o))),
    "PD_CORE_SLICE": keep(lambda c, o: slice(*parts(c, o))),
}
