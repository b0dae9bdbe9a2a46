/*
 * The file that a core is: blocks, tables, object records, references.
 *
 * Shared by the writer (write.h, in the engine) and the reader (store.h, in
 * the debugger); man/pydbg-core.5 says the same for others.  All numbers
 * outside CBOR are little endian.
 *
 * The file is a head (struct pd_core_file_head), blocks one behind the other,
 * and a trailer.  A block is a head and a payload, stored as it is or as one
 * zstd frame; the payload is CBOR items (RFC 8949, definite lengths), one
 * for each record.  A block belongs to one table.  The records of a table are
 * numbered from 1 in the order in which they stand in the file; a block says
 * the number of its first.  So a number leads to a block by a binary search
 * over the blocks, and no index over records is needed.
 *
 * The last block is of PD_CORE_T_INDEX, whose payload is a struct
 * pd_core_index_entry for each block before it, no CBOR; the trailer says
 * where it is.  A file without a trailer (cut off, its writer killed) is read
 * by going from block head to block head; where one is damaged, by looking for
 * the next PD_CORE_BLOCK_MAGIC.
 *
 * Order: HEAD, EXC, THREAD, FRAME, SOURCE, then OBJECT with TYPE in between
 * (a type stands before the first object of it), MODULE, END, INDEX.  Objects
 * come breadth first, beginning with the variables of the innermost frame: the
 * front of a file is what matters most.
 *
 * Records of all tables but OBJECT are maps by the descriptions in
 * model/coredump.h: keys that a reader does not know are skipped.  A reader
 * takes a file of a higher minor version as it is, and refuses one of a
 * higher major version.
 */
#ifndef PD_CORE_FORMAT_H
#define PD_CORE_FORMAT_H

#include <stdint.h>

#define PD_CORE_MAGIC		"\x93PYCORE\n"
#define PD_CORE_BLOCK_MAGIC	"\x93pdblk\r\n"
#define PD_CORE_TRAILER_MAGIC	"\x93pdend\r\n"
#define PD_CORE_MAGIC_LEN	8

#define PD_CORE_MAJOR		1
#define PD_CORE_MINOR		1

/* A writer ends a block when its payload has this many bytes. */
#define PD_CORE_BLOCK_BYTES	65536
/* One record may be larger, and then has a block of its own; a reader refuses
 * blocks whose payload is larger than this. */
#define PD_CORE_BLOCK_MAX	(32u << 20)
/* References in the ITEMS of one record; what is more goes to CHUNKs.  Even:
 * a dict's keys and values alternate. */
#define PD_CORE_CHUNK_ITEMS	4096
/* Names and values together that ATTRS may have; no chunks. */
#define PD_CORE_ATTRS_MAX	(2 * 65536)

enum pd_core_table {
	PD_CORE_T_HEAD = 1,	/* struct pd_core_head, one */
	PD_CORE_T_EXC,		/* struct pd_core_exc; 1 is what was raised */
	PD_CORE_T_THREAD,	/* struct pd_core_thread; 1 is the current */
	PD_CORE_T_FRAME,	/* struct pd_core_frame */
	PD_CORE_T_SOURCE,	/* struct pd_core_source */
	PD_CORE_T_TYPE,		/* struct pd_core_type */
	PD_CORE_T_OBJECT,	/* below */
	PD_CORE_T_MODULE,	/* struct pd_core_module */
	PD_CORE_T_END,		/* struct pd_core_end, one */
	PD_CORE_T_INDEX,
	PD_CORE_T_COUNT		/* one more than the last; unknown tables are
				   skipped */
};

enum pd_core_codec {
	PD_CORE_RAW,
	PD_CORE_ZSTD
};

struct pd_core_file_head {
	char		 magic[8];	/* PD_CORE_MAGIC */
	uint16_t	 major;
	uint16_t	 minor;
	uint32_t	 flags;		/* 0 */
};

struct pd_core_block_head {
	char		 magic[8];	/* PD_CORE_BLOCK_MAGIC */
	uint8_t		 table;		/* enum pd_core_table */
	uint8_t		 codec;		/* enum pd_core_codec */
	uint16_t	 zero;
	uint32_t	 raw;		/* bytes of the payload */
	uint32_t	 stored;	/* bytes that follow this head */
	uint32_t	 count;		/* records in it */
	uint64_t	 first;		/* number of the first of them */
	uint32_t	 crc;		/* CRC-32C of the bytes that follow */
	uint32_t	 head_crc;	/* CRC-32C of the 36 bytes before */
};

struct pd_core_index_entry {
	uint64_t	 offset;	/* of the block's head in the file */
	uint64_t	 first;
	uint32_t	 count;
	uint32_t	 raw;
	uint32_t	 stored;
	uint8_t		 table;
	uint8_t		 codec;
	uint16_t	 zero;
};

struct pd_core_trailer {
	uint64_t	 index;		/* offset of the INDEX block's head */
	uint64_t	 blocks;	/* entries in it */
	uint32_t	 crc;		/* CRC-32C of the 16 bytes before */
	uint32_t	 zero;
	char		 magic[8];	/* PD_CORE_TRAILER_MAGIC */
};

/* ---- an object ---------------------------------------------------------- */

/*
 * A CBOR array:
 *
 *	[kind, type, address, size, parts, PART...]
 *
 * kind	enum pd_core_kind: how the value is kept, also for subclasses: an
 *	OrderedDict is a DICT, an IntEnum's member an INT.
 * type	number in table TYPE; 0: not known (and for CHUNK, NAMESPACE).
 * address	id() of it, less that of the record before it in the block
 *	(of the first: less 0); signed.
 * size	bytes as sys.getsizeof() counts them for builtins, without running
 *	a __sizeof__.
 * parts	bits PD_CORE_P_*; for each bit that is set, from the lowest
 *	up, one item follows.  A reader ignores those of bits that it does not
 *	know.
 *
 * Numbers (exact ints within 64 bits, exact floats, bools), None, names
 * (interned strings of at most PD_CORE_NAME_MAX bytes, and strings of one
 * character below 256) and the empty tuple are no objects of their own; they
 * stand where they are referred to.  Interned strings that are equal are one
 * object, so identity is kept for all of them but numbers: whether two equal
 * ints beyond -5..256, or two floats, are the same object is not kept.
 */
#define PD_CORE_NAME_MAX	64

enum pd_core_kind {
	PD_CORE_OBJECT,		/* what has no kind: ATTRS */
	PD_CORE_INT,		/* VALUE: int or bignum */
	PD_CORE_FLOAT,		/* VALUE: float */
	PD_CORE_COMPLEX,	/* VALUE: array of two floats */
	PD_CORE_STR,		/* VALUE: bytes, UTF-8, lone surrogates as the
				   three bytes that they would have */
	PD_CORE_BYTES,		/* VALUE: bytes */
	PD_CORE_BYTEARRAY,	/* VALUE: bytes */
	PD_CORE_LIST,		/* ITEMS */
	PD_CORE_TUPLE,		/* ITEMS; namedtuples by their type's fields */
	PD_CORE_DICT,		/* ITEMS: key, value, key, value */
	PD_CORE_SET,		/* ITEMS, in the order of iteration */
	PD_CORE_FROZENSET,	/* ITEMS, the same */
	PD_CORE_DEQUE,		/* ITEMS; ATTRS: maxlen */
	PD_CORE_RANGE,		/* ITEMS: start, stop, step */
	PD_CORE_SLICE,		/* ITEMS: start, stop, step */
	PD_CORE_TYPE,		/* VALUE: number in table TYPE; ATTRS: the
				   class' own __dict__ */
	PD_CORE_MODULE,		/* DICT; ATTRS: __name__, __file__ */
	PD_CORE_FUNCTION,	/* ATTRS: __name__, __qualname__, __module__,
				   __code__, __defaults__, __kwdefaults__,
				   __closure__, __globals__, __doc__, and those
				   of its __dict__ */
	PD_CORE_METHOD,		/* ATTRS: __self__, __func__ */
	PD_CORE_BUILTIN,	/* ATTRS: __name__, __qualname__, __module__,
				   __self__ */
	PD_CORE_CODE,		/* ATTRS: co_name, co_qualname, co_filename,
				   co_firstlineno, co_argcount,
				   co_posonlyargcount, co_kwonlyargcount,
				   co_nlocals, co_flags, co_names,
				   co_consts */
	PD_CORE_EXCEPTION,	/* ATTRS: args, __cause__, __context__,
				   __suppress_context__, those of the builtin
				   class (errno, exceptions, name, obj, value,
				   ...), and those of its __dict__ */
	PD_CORE_DATE,		/* ITEMS: year, month, day */
	PD_CORE_TIME,		/* ITEMS: hour, minute, second, microsecond,
				   fold, tzinfo */
	PD_CORE_DATETIME,	/* ITEMS: those of both, in that order */
	PD_CORE_TIMEDELTA,	/* ITEMS: days, seconds, microseconds */
	PD_CORE_TIMEZONE,	/* ITEMS: offset, name */
	PD_CORE_PATH,		/* VALUE: bytes, str() of it; pathlib's */
	PD_CORE_NDARRAY,	/* ITEMS: dtype's name, its typestr ("<f8"),
				   number of dimensions, their lengths;
				   VALUE: the first bytes of the data in C
				   order; TOTAL: how many bytes there were.
				   Those of objects: behind the lengths the
				   first of these.  ATTRS: dtype.  Scalars of
				   numpy that are no numbers, too */
	PD_CORE_PROPERTY,	/* ATTRS: fget, fset, fdel, __doc__ */
	PD_CORE_WRAPPER,	/* staticmethod, classmethod: ATTRS: __func__ */
	PD_CORE_GENERATOR,	/* also coroutine, async generator. ATTRS:
				   __name__, __qualname__, code, frame (a
				   NAMESPACE of its variables), line */
	PD_CORE_CELL,		/* ITEMS: what it holds; none: empty */
	PD_CORE_PROXY,		/* mappingproxy. ITEMS: the mapping */
	PD_CORE_WEAKREF,	/* ITEMS: the object, or None */
	PD_CORE_NAMESPACE,	/* a frame's variables, no Python object: ATTRS
				   in the order of pdb's locals, arguments
				   first; UNBOUND for those without a value */
	PD_CORE_CHUNK,		/* further ITEMS of a container, no object */
	PD_CORE_MEMORYVIEW,	/* ITEMS: the object, format, length, itemsize*/
	PD_CORE_DESCR,		/* slots' member, getset, wrapper and method
				   descriptors. ATTRS: __name__,
				   __objclass__ */
	/* 1.1: */
	PD_CORE_DTYPE,		/* numpy's. VALUE: bytes, str() of it */
	PD_CORE_DECIMAL,	/* VALUE: bytes, str() of it */
	PD_CORE_ARRAY,		/* array.array. ITEMS: typecode, bytes of an
				   item; VALUE: the first bytes of the data;
				   TOTAL: how many bytes there were */
	PD_CORE_VIEW,		/* keys, values, items of a dict. ITEMS: the
				   dict */
	PD_CORE_KINDS
};

enum {
	PD_CORE_P_VALUE	= 1 << 0,	/* by kind; a bignum is tag 2 or 3 and
					   its bytes, as RFC 8949 has it */
	PD_CORE_P_ITEMS	= 1 << 1,	/* array of references */
	PD_CORE_P_ATTRS	= 1 << 2,	/* array of references: name, value,
					   name, value.  Never what a property
					   or a __getattr__ gives */
	PD_CORE_P_DICT	= 1 << 3,	/* int: number of the DICT that is its
					   __dict__, where others may refer to
					   that, less its own; the items are
					   attributes then */
	PD_CORE_P_TOTAL	= 1 << 4,	/* uint: items (a dict's: pairs) or
					   characters or bytes that there were;
					   missing: as many as are here */
	PD_CORE_P_MORE	= 1 << 5,	/* int: number of the first CHUNK, less
					   that of this object; the others
					   follow it one by one.  All but the
					   last hold PD_CORE_CHUNK_ITEMS, as
					   does this record */
	PD_CORE_P_CUT	= 1 << 6,	/* uint, enum pd_core_cut: something of
					   it was left out */
	PD_CORE_P_TAIL	= 1 << 7,	/* bytes: the end of a VALUE, its middle
					   was left out */
	PD_CORE_P_KNOWN	= (1 << 8) - 1
};

enum pd_core_cut {
	PD_CORE_CUT_NONE,
	PD_CORE_CUT_BYTES,	/* the budget for bytes; a text too long */
	PD_CORE_CUT_OBJECTS,
	PD_CORE_CUT_SECONDS,
	PD_CORE_CUT_DEPTH,
	PD_CORE_CUT_UNSAFE	/* not to be read without running its code */
};

/*
 * A reference is one CBOR item:
 *
 *	integer			an object's number, less that of the reference
 *				to an object before it in the same part (of
 *				the first: less the object's own number)
 *	false, true, null	False, True, None
 *	undefined		not in the core: a budget ended before it
 *	simple 0, simple 1	Ellipsis, NotImplemented
 *	simple 2		no value: an unbound variable, an empty slot
 *	tag 10, integer		an int
 *	float (64 bits)		a float
 *	byte string		a str, by the rule above
 *	empty array		the empty tuple
 */
#define PD_CORE_REF_TAG_INT	10
enum { PD_CORE_SIMPLE_ELLIPSIS, PD_CORE_SIMPLE_NOTIMPL,
	PD_CORE_SIMPLE_UNBOUND };

#endif
