/*
 * One object of each class of the library that the evaluator of cores knows,
 * for fuzz-coreeval.c: as the writer would have it.
 */
#include "core/format.h"
#include "model/coredump.h"

/* Items and attributes are words: i7 an int, sNAME a name, o3 the object of row
 * 3, n None. */
static const struct library {
	const char		*name;		/* the variable's */
	enum pd_core_kind	 kind;
	const char		*module, *qualname, *repr;
	const char		*items, *attrs;
	const char		*value;
	size_t			 nvalue;	/* 0: its strlen() */
	uint64_t		 flags;
	unsigned		 of;		/* the row whose type it has;
						   0: its own */
} library[] = {
	{ "date", PD_CORE_DATE, "datetime", "date",
	    "builtins.object.__repr__", "i2024 i2 i29" },
	{ "moment", PD_CORE_DATETIME, "datetime", "datetime", "",
	    "i2024 i1 i2 i3 i4 i5 i678 i0 n" },
	{ "aware", PD_CORE_DATETIME, "datetime", "datetime", "",
	    "i1999 i12 i31 i23 i59 i59 i999999 i1 o5" },
	{ "clock", PD_CORE_TIME, "datetime", "time", "",
	    "i23 i59 i0 i0 i0 o5" },
	{ "delta", PD_CORE_TIMEDELTA, "datetime", "timedelta", "",
	    "i-3 i86399 i7" },
	{ "zone", PD_CORE_TIMEZONE, "datetime", "timezone", "", "o4 n" },
	{ "path", PD_CORE_PATH, "pathlib", "PosixPath",
	    "pathlib.PurePath.__repr__", NULL, NULL, "/a/b.tar.gz" },
	{ "pure", PD_CORE_PATH, "pathlib", "PurePosixPath",
	    "pathlib.PurePath.__repr__", NULL, NULL, "../x" },
	{ "frac", PD_CORE_OBJECT, "fractions", "Fraction",
	    "fractions.Fraction.__repr__", NULL,
	    "s_numerator i-7 s_denominator i3" },
	{ "counter", PD_CORE_DICT, "collections", "Counter",
	    "collections.Counter.__repr__", "sa i2 sb i1 sc i-1" },
	{ "ordered", PD_CORE_DICT, "collections", "OrderedDict",
	    "collections.OrderedDict.__repr__", "sa i1 sb o9" },
	{ "default", PD_CORE_DICT, "collections", "defaultdict",
	    "collections.defaultdict.__repr__", "sk i1",
	    "sdefault_factory n" },
	{ "dec", PD_CORE_DECIMAL, "decimal", "Decimal", "", NULL, NULL,
	    "-1.50E+3" },
	{ "array", PD_CORE_ARRAY, "array", "array", "", "si i4", NULL,
	    "\1\0\0\0\377\377\377\377", 8 },
	{ "nd", PD_CORE_NDARRAY, "numpy", "ndarray", "",
	    "sint16 s<i2 i2 i2 i3", NULL, "\1\0\2\0\3\0\4\0\5\0\6\200",
	    12 },
	{ "floats", PD_CORE_NDARRAY, "numpy", "ndarray", "",
	    "sfloat64 s<f8 i1 i2", NULL, "\0\0\0\0\0\0\370\77"
	    "\0\0\0\0\0\0\360\177", 16 },
	{ "times", PD_CORE_NDARRAY, "numpy", "ndarray", "",
	    "sdatetime64[D] s<M8[D] i1 i1", NULL, "\1\100\0\0\0\0\0\0", 8 },
	{ "dtype", PD_CORE_DTYPE, "numpy", "dtype", "", NULL, NULL,
	    "float64" },
	{ "keys", PD_CORE_VIEW, "builtins", "dict_keys", "", "o9" },
	{ "pairs", PD_CORE_VIEW, "builtins", "odict_items", "", "o10" },
	{ "proxy", PD_CORE_PROXY, "builtins", "mappingproxy", "", "o9" },
	{ "memory", PD_CORE_MEMORYVIEW, "builtins", "memoryview", "",
	    "o13 sb i8 i1" },
	{ "Colour", PD_CORE_TYPE, "app", "Colour", "enum.Enum.__repr__", NULL,
	    "s_member_map_ o24 s_member_names_ o25 s_value2member_map_ o24",
	    NULL, 0, PD_CORE_TYPE_ENUM },
	{ "red", PD_CORE_OBJECT, "app", "Colour", "enum.Enum.__repr__", NULL,
	    "s_name_ sRED s_value_ i1", NULL, 0, 0, 22 },
	{ "members", PD_CORE_DICT, "builtins", "dict", "", "sRED o23" },
	{ "order", PD_CORE_LIST, "builtins", "list", "", "sRED" },
	{ "point", PD_CORE_TUPLE, "app", "Point", "namedtuple", "i1 i2" },
	{ "chain", PD_CORE_OBJECT, "collections", "ChainMap",
	    "collections.ChainMap.__repr__", NULL, "smaps o25" },
	{ "part", PD_CORE_OBJECT, "functools", "partial", "", NULL,
	    "sfunc o22 sargs o26 skeywords o24" },
	{ "uuid", PD_CORE_OBJECT, "uuid", "UUID", "uuid.UUID.__repr__", NULL,
	    "sint i77" },
	{ "simple", PD_CORE_OBJECT, "types", "SimpleNamespace",
	    "types.SimpleNamespace.__repr__", NULL, "sa i1 sb o30" },
	{ "error", PD_CORE_EXCEPTION, "builtins", "KeyError",
	    "builtins.BaseException.__repr__", NULL, "sargs o26" },
};

#define LIBRARY	(sizeof(library) / sizeof(library[0]))
