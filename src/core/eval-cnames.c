/*
 * What the classes that are made in C have, by name: whether there is such an
 * attribute can be told without a process, what it is cannot.
 *
 * Called by the evaluator of cores.  The names are those that a class has
 * itself, beyond those that object has, in CPython 3.12.
 */
#include "core/eval-room.h"

/* With a dot: no method. */
static const struct {
	const char	*name;		/* MODULE.QUALNAME; builtins without */
	const char	*attrs;
} rows[] = {
	{ "object",
	    ".__class__ __delattr__ __dir__ .__doc__ __eq__ __format__ __ge__ "
	    "__getattribute__ __getstate__ __gt__ __hash__ __init__ "
	    "__init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ "
	    "__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ "
	    "__subclasshook__" },
	{ "type",
	    ".__abstractmethods__ .__annotations__ .__base__ .__bases__ "
	    ".__basicsize__ __call__ .__dict__ .__dictoffset__ .__flags__ "
	    "__instancecheck__ .__itemsize__ .__module__ .__mro__ "
	    ".__name__ __or__ __prepare__ .__qualname__ __ror__ "
	    "__subclasscheck__ __subclasses__ .__text_signature__ "
	    ".__type_params__ .__weakrefoffset__ mro" },
	{ "NoneType",
	    "__bool__ __eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__" },
	{ "int",
	    "__abs__ __add__ __and__ __bool__ __ceil__ __divmod__ __eq__ "
	    "__float__ __floor__ __floordiv__ __ge__ __getnewargs__ "
	    "__gt__ __hash__ __index__ __int__ __invert__ __le__ "
	    "__lshift__ __lt__ __mod__ __mul__ __ne__ __neg__ __or__ "
	    "__pos__ __pow__ __radd__ __rand__ __rdivmod__ __rfloordiv__ "
	    "__rlshift__ __rmod__ __rmul__ __ror__ __round__ __rpow__ "
	    "__rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ "
	    "__sub__ __truediv__ __trunc__ __xor__ as_integer_ratio "
	    "bit_count bit_length conjugate .denominator from_bytes .imag "
	    "is_integer .numerator .real to_bytes" },
	{ "bool",
	    "__and__ __invert__ __or__ __rand__ __ror__ __rxor__ __xor__" },
	{ "float",
	    "__abs__ __add__ __bool__ __ceil__ __divmod__ __eq__ "
	    "__float__ __floor__ __floordiv__ __ge__ __getformat__ "
	    "__getnewargs__ __gt__ __hash__ __int__ __le__ __lt__ __mod__ "
	    "__mul__ __ne__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ "
	    "__rfloordiv__ __rmod__ __rmul__ __round__ __rpow__ __rsub__ "
	    "__rtruediv__ __sub__ __truediv__ __trunc__ as_integer_ratio "
	    "conjugate fromhex hex .imag is_integer .real" },
	{ "complex",
	    "__abs__ __add__ __bool__ __complex__ __eq__ __ge__ "
	    "__getnewargs__ __gt__ __hash__ __le__ __lt__ __mul__ __ne__ "
	    "__neg__ __pos__ __pow__ __radd__ __rmul__ __rpow__ __rsub__ "
	    "__rtruediv__ __sub__ __truediv__ conjugate .imag .real" },
	{ "str",
	    "__add__ __contains__ __eq__ __ge__ __getitem__ "
	    "__getnewargs__ __gt__ __hash__ __iter__ __le__ __len__ "
	    "__lt__ __mod__ __mul__ __ne__ __rmod__ __rmul__ capitalize "
	    "casefold center count encode endswith expandtabs find format "
	    "format_map index isalnum isalpha isascii isdecimal isdigit "
	    "isidentifier islower isnumeric isprintable isspace istitle "
	    "isupper join ljust lower lstrip maketrans partition "
	    "removeprefix removesuffix replace rfind rindex rjust "
	    "rpartition rsplit rstrip split splitlines startswith strip "
	    "swapcase title translate upper zfill" },
	{ "bytes",
	    "__add__ __buffer__ __bytes__ __contains__ __eq__ __ge__ "
	    "__getitem__ __getnewargs__ __gt__ __hash__ __iter__ __le__ "
	    "__len__ __lt__ __mod__ __mul__ __ne__ __rmod__ __rmul__ "
	    "capitalize center count decode endswith expandtabs find "
	    "fromhex hex index isalnum isalpha isascii isdigit islower "
	    "isspace istitle isupper join ljust lower lstrip maketrans "
	    "partition removeprefix removesuffix replace rfind rindex "
	    "rjust rpartition rsplit rstrip split splitlines startswith "
	    "strip swapcase title translate upper zfill" },
	{ "bytearray",
	    "__add__ __alloc__ __buffer__ __contains__ __delitem__ __eq__ "
	    "__ge__ __getitem__ __gt__ .__hash__ __iadd__ __imul__ "
	    "__iter__ __le__ __len__ __lt__ __mod__ __mul__ __ne__ "
	    "__release_buffer__ __rmod__ __rmul__ __setitem__ append "
	    "capitalize center clear copy count decode endswith "
	    "expandtabs extend find fromhex hex index insert isalnum "
	    "isalpha isascii isdigit islower isspace istitle isupper join "
	    "ljust lower lstrip maketrans partition pop remove "
	    "removeprefix removesuffix replace reverse rfind rindex rjust "
	    "rpartition rsplit rstrip split splitlines startswith strip "
	    "swapcase title translate upper zfill" },
	{ "list",
	    "__add__ __class_getitem__ __contains__ __delitem__ __eq__ "
	    "__ge__ __getitem__ __gt__ .__hash__ __iadd__ __imul__ "
	    "__iter__ __le__ __len__ __lt__ __mul__ __ne__ __reversed__ "
	    "__rmul__ __setitem__ append clear copy count extend index "
	    "insert pop remove reverse sort" },
	{ "tuple",
	    "__add__ __class_getitem__ __contains__ __eq__ __ge__ "
	    "__getitem__ __getnewargs__ __gt__ __hash__ __iter__ __le__ "
	    "__len__ __lt__ __mul__ __ne__ __rmul__ count index" },
	{ "dict",
	    "__class_getitem__ __contains__ __delitem__ __eq__ __ge__ "
	    "__getitem__ __gt__ .__hash__ __ior__ __iter__ __le__ __len__ "
	    "__lt__ __ne__ __or__ __reversed__ __ror__ __setitem__ clear "
	    "copy fromkeys get items keys pop popitem setdefault update "
	    "values" },
	{ "set",
	    "__and__ __class_getitem__ __contains__ __eq__ __ge__ __gt__ "
	    ".__hash__ __iand__ __ior__ __isub__ __iter__ __ixor__ __le__ "
	    "__len__ __lt__ __ne__ __or__ __rand__ __ror__ __rsub__ "
	    "__rxor__ __sub__ __xor__ add clear copy difference "
	    "difference_update discard intersection intersection_update "
	    "isdisjoint issubset issuperset pop remove "
	    "symmetric_difference symmetric_difference_update union "
	    "update" },
	{ "frozenset",
	    "__and__ __class_getitem__ __contains__ __eq__ __ge__ __gt__ "
	    "__hash__ __iter__ __le__ __len__ __lt__ __ne__ __or__ "
	    "__rand__ __ror__ __rsub__ __rxor__ __sub__ __xor__ copy "
	    "difference intersection isdisjoint issubset issuperset "
	    "symmetric_difference union" },
	{ "dict_keys",
	    "__and__ __contains__ __eq__ __ge__ __gt__ .__hash__ "
	    "__iter__ __le__ __len__ __lt__ __ne__ __or__ __rand__ "
	    "__reversed__ __ror__ __rsub__ __rxor__ __sub__ __xor__ "
	    "isdisjoint .mapping" },
	{ "dict_values",
	    "__iter__ __len__ __reversed__ .mapping" },
	{ "dict_items",
	    "__and__ __contains__ __eq__ __ge__ __gt__ .__hash__ "
	    "__iter__ __le__ __len__ __lt__ __ne__ __or__ __rand__ "
	    "__reversed__ __ror__ __rsub__ __rxor__ __sub__ __xor__ "
	    "isdisjoint .mapping" },
	{ "odict_keys",
	    "__and__ __contains__ __eq__ __ge__ __gt__ .__hash__ "
	    "__iter__ __le__ __len__ __lt__ __ne__ __or__ __rand__ "
	    "__reversed__ __ror__ __rsub__ __rxor__ __sub__ __xor__ "
	    "isdisjoint .mapping" },
	{ "odict_values",
	    "__iter__ __len__ __reversed__ .mapping" },
	{ "odict_items",
	    "__and__ __contains__ __eq__ __ge__ __gt__ .__hash__ "
	    "__iter__ __le__ __len__ __lt__ __ne__ __or__ __rand__ "
	    "__reversed__ __ror__ __rsub__ __rxor__ __sub__ __xor__ "
	    "isdisjoint .mapping" },
	{ "range",
	    "__bool__ __contains__ __eq__ __ge__ __getitem__ __gt__ "
	    "__hash__ __iter__ __le__ __len__ __lt__ __ne__ __reversed__ "
	    "count index .start .step .stop" },
	{ "slice",
	    "__eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__ indices "
	    ".start .step .stop" },
	{ "BaseException",
	    ".__cause__ .__context__ .__dict__ __setstate__ "
	    ".__suppress_context__ .__traceback__ add_note .args "
	    "with_traceback" },
	{ "function",
	    ".__annotations__ .__builtins__ __call__ .__closure__ "
	    ".__code__ .__defaults__ .__dict__ __get__ .__globals__ "
	    ".__kwdefaults__ .__module__ .__name__ .__qualname__ "
	    ".__type_params__" },
	{ "method",
	    "__call__ __eq__ .__func__ __ge__ __gt__ __hash__ __le__ "
	    "__lt__ __ne__ .__self__" },
	{ "module",
	    ".__annotations__ .__dict__" },
	{ "builtin_function_or_method",
	    "__call__ __eq__ __ge__ __gt__ __hash__ __le__ __lt__ "
	    ".__module__ .__name__ __ne__ .__qualname__ .__self__ "
	    ".__text_signature__" },
	{ "generator",
	    "__del__ __iter__ .__name__ __next__ .__qualname__ close "
	    ".gi_code .gi_frame .gi_running .gi_suspended .gi_yieldfrom "
	    "send throw" },
	{ "coroutine",
	    "__await__ __del__ .__name__ .__qualname__ close .cr_await "
	    ".cr_code .cr_frame .cr_origin .cr_running .cr_suspended send "
	    "throw" },
	{ "async_generator",
	    "__aiter__ __anext__ __class_getitem__ __del__ .__name__ "
	    ".__qualname__ aclose .ag_await .ag_code .ag_frame "
	    ".ag_running .ag_suspended asend athrow" },
	{ "code",
	    "__eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__ "
	    ".co_argcount .co_cellvars .co_code .co_consts "
	    ".co_exceptiontable .co_filename .co_firstlineno .co_flags "
	    ".co_freevars .co_kwonlyargcount co_lines .co_linetable "
	    ".co_lnotab .co_name .co_names .co_nlocals co_positions "
	    ".co_posonlyargcount .co_qualname .co_stacksize .co_varnames "
	    "replace" },
	{ "cell",
	    "__eq__ __ge__ __gt__ .__hash__ __le__ __lt__ __ne__ "
	    ".cell_contents" },
	{ "mappingproxy",
	    "__class_getitem__ __contains__ __eq__ __ge__ __getitem__ "
	    "__gt__ __hash__ __ior__ __iter__ __le__ __len__ __lt__ "
	    "__ne__ __or__ __reversed__ __ror__ copy get items keys "
	    "values" },
	{ "property",
	    "__delete__ __get__ .__isabstractmethod__ __set__ "
	    "__set_name__ deleter .fdel .fget .fset getter setter" },
	{ "memoryview",
	    "__buffer__ __delitem__ __enter__ __eq__ __exit__ __ge__ "
	    "__getitem__ __gt__ __hash__ __iter__ __le__ __len__ __lt__ "
	    "__ne__ __release_buffer__ __setitem__ .c_contiguous cast "
	    ".contiguous .f_contiguous .format hex .itemsize .nbytes "
	    ".ndim .obj .readonly release .shape .strides .suboffsets "
	    "tobytes tolist toreadonly" },
	{ "weakref.ReferenceType",
	    "__call__ .__callback__ __class_getitem__ __eq__ __ge__ "
	    "__gt__ __hash__ __le__ __lt__ __ne__" },
	{ "collections.deque",
	    "__add__ __class_getitem__ __contains__ __copy__ __delitem__ "
	    "__eq__ __ge__ __getitem__ __gt__ .__hash__ __iadd__ __imul__ "
	    "__iter__ __le__ __len__ __lt__ .__module__ __mul__ __ne__ "
	    "__reversed__ __rmul__ __setitem__ append appendleft clear "
	    "copy count extend extendleft index insert .maxlen pop "
	    "popleft remove reverse rotate" },
	{ "array.array",
	    "__add__ __buffer__ __class_getitem__ __contains__ __copy__ "
	    "__deepcopy__ __delitem__ __eq__ __ge__ __getitem__ __gt__ "
	    ".__hash__ __iadd__ __imul__ __iter__ __le__ __len__ __lt__ "
	    ".__module__ __mul__ __ne__ __release_buffer__ __rmul__ "
	    "__setitem__ append buffer_info byteswap count extend "
	    "frombytes fromfile fromlist fromunicode index insert "
	    ".itemsize pop remove reverse tobytes tofile tolist tounicode "
	    ".typecode" },
	{ "decimal.Decimal",
	    "__abs__ __add__ __bool__ __ceil__ __complex__ __copy__ "
	    "__deepcopy__ __divmod__ __eq__ __float__ __floor__ "
	    "__floordiv__ __ge__ __gt__ __hash__ __int__ __le__ __lt__ "
	    "__mod__ .__module__ __mul__ __ne__ __neg__ __pos__ __pow__ "
	    "__radd__ __rdivmod__ __rfloordiv__ __rmod__ __rmul__ "
	    "__round__ __rpow__ __rsub__ __rtruediv__ __sub__ __truediv__ "
	    "__trunc__ adjusted as_integer_ratio as_tuple canonical "
	    "compare compare_signal compare_total compare_total_mag "
	    "conjugate copy_abs copy_negate copy_sign exp fma from_float "
	    ".imag is_canonical is_finite is_infinite is_nan is_normal "
	    "is_qnan is_signed is_snan is_subnormal is_zero ln log10 logb "
	    "logical_and logical_invert logical_or logical_xor max "
	    "max_mag min min_mag next_minus next_plus next_toward "
	    "normalize number_class quantize radix .real remainder_near "
	    "rotate same_quantum scaleb shift sqrt to_eng_string "
	    "to_integral to_integral_exact to_integral_value" },
	{ "datetime.date",
	    "__add__ __eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__ "
	    "__radd__ __rsub__ __sub__ ctime .day fromisocalendar "
	    "fromisoformat fromordinal fromtimestamp isocalendar "
	    "isoformat isoweekday .max .min .month replace .resolution "
	    "strftime timetuple today toordinal weekday .year" },
	{ "datetime.datetime",
	    "__add__ __eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__ "
	    "__radd__ __rsub__ __sub__ astimezone combine ctime date dst "
	    ".fold fromisoformat fromtimestamp .hour isoformat .max "
	    ".microsecond .min .minute now replace .resolution .second "
	    "strptime time timestamp timetuple timetz .tzinfo tzname "
	    "utcfromtimestamp utcnow utcoffset utctimetuple" },
	{ "datetime.time",
	    "__eq__ __ge__ __gt__ __hash__ __le__ __lt__ __ne__ dst .fold "
	    "fromisoformat .hour isoformat .max .microsecond .min .minute "
	    "replace .resolution .second strftime .tzinfo tzname "
	    "utcoffset" },
	{ "datetime.timedelta",
	    "__abs__ __add__ __bool__ __divmod__ __eq__ __floordiv__ "
	    "__ge__ __gt__ __hash__ __le__ __lt__ __mod__ __mul__ __ne__ "
	    "__neg__ __pos__ __radd__ __rdivmod__ __rfloordiv__ __rmod__ "
	    "__rmul__ __rsub__ __rtruediv__ __sub__ __truediv__ .days "
	    ".max .microseconds .min .resolution .seconds total_seconds" },
	{ "datetime.timezone",
	    "__eq__ __ge__ __getinitargs__ __gt__ __hash__ __le__ __lt__ "
	    "__ne__ dst fromutc .max .min tzname .utc utcoffset" },
	{ "datetime.tzinfo",
	    "dst fromutc tzname utcoffset" },
};

/* The rest of s behind the words, with the dot that may stand before it. */
static const char *
find_word(const char *words, const char *name)
{
	size_t n = strlen(name);
	const char *p = words;

	/* hasattr() is asked for anything: no word is made of those. */
	if (n == 0 || strpbrk(name, " .") != NULL)
		return NULL;
	while ((p = strstr(p, name)) != NULL) {
		if ((p == words || p[-1] == ' ' || p[-1] == '.') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return p > words && p[-1] == '.' ? p - 1 : p;
		p++;
	}
	return NULL;
}

struct pd_pv *
pd_cname(struct pd_ev *ev, const char *module, const char *cls,
    const char *name, bool *known)
{
	struct pd_ptext full = { 0 };
	struct pd_pfunc *fn;
	struct pd_pv *v;
	const char *p;

	*known = false;
	if (strcmp(module, "builtins") != 0)
		pd_pt_addf(ev, &full, "%.200s.", module);
	pd_pt_addf(ev, &full, "%.200s", cls);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].name, full.p) != 0)
			continue;
		*known = true;
		p = find_word(rows[i].attrs, name);
		if (p == NULL || *p == '.')
			return p != NULL ? pd_pv_const(PD_K_CUT) : NULL;
		pd_pt_addf(ev, &full, ".%s", name);
		fn = pd_ev_alloc(ev, sizeof(*fn));
		fn->name = full.p;
		v = pd_pv_new(ev, PD_K_FUNC);
		v->func = fn;
		return v;
	}
	return NULL;
}
