/*
 * Arbitrary expressions over arbitrary objects: the evaluator of cores.
 *
 * The input is a byte that chooses the style and the version, a number of
 * bytes, as many bytes of which objects are made, and the expression.  The
 * objects fit the format, but not each other: any kind may have any parts.
 * Beside them there is one object of each class of the library that the
 * evaluator knows (library.h), whole as long as the bytes are 0 or at an end.
 *
 * What must hold: an answer comes, whatever it is, and soon.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/eval.h"
#include "core/write.h"
#include "library.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define OBJECTS	24

struct bytes {
	const uint8_t	*p;
	size_t		 n;
};

static unsigned
next(struct bytes *b)
{
	if (b->n == 0)
		return 0;
	b->n--;
	return *b->p++;
}

static const char *const words[] = { "a", "b", "__dict__", "maxlen", "args",
    "__func__", "__self__", "__name__", "_value_", "_name_", "abc",
    "h\xc3\xa9", "\xed\xa0\x80", "", "errno", "__qualname__" };
static const char *const reprs[] = { "", "dataclass", "namedtuple",
    "enum.Enum.__repr__", "builtins.object.__repr__", "builtins.int.__repr__",
    "collections.OrderedDict.__repr__", "collections.defaultdict.__repr__",
    "collections.Counter.__repr__", "types.SimpleNamespace.__repr__",
    "app.C.__repr__", "builtins.BaseException.__repr__",
    "builtins.KeyError.__str__", "builtins.OSError.__str__",
    "datetime.date.__repr__", "enum.Enum.__str__" };
static const char *const names[] = { "int", "str", "list", "dict", "object",
    "C", "type", "KeyError", "tuple", "set", "float", "Counter", "deque",
    "bool", "D", "function" };

static unsigned
put_types(struct pd_core_writer *w, struct bytes *b)
{
	unsigned n = 1 + next(b) % 6;

	for (unsigned i = 1; i <= n; i++) {
		struct pd_core_type t = { 0 };

		t.qualname = pd_str_from(names[next(b) % 16]);
		t.module = pd_str_from(next(b) % 2 ? "builtins" :
		    "collections");
		t.repr = pd_str_from(reprs[next(b) % 16]);
		t.str = pd_str_from(reprs[next(b) % 16]);
		t.flags = next(b) | next(b) << 8;
		t.object = next(b) % OBJECTS;
		t.meta = next(b) % 8;
		for (unsigned k = next(b) % 4; k > 0; k--)
			*PD_VEC_PUSH(&t.mro, uint64_t) = next(b) % 8;
		for (unsigned k = next(b) % 3; k > 0; k--)
			*PD_VEC_PUSH(&t.fields, struct pd_str) =
			    pd_str_from(words[next(b) % 16]);
		pd_core_put_rec(w, PD_CORE_T_TYPE, &pd_core_type_desc, &t);
		pd_rec_done(&pd_core_type_desc, &t);
	}
	for (unsigned i = 0; i < LIBRARY; i++) {
		const struct library *l = &library[i];
		struct pd_core_type t = { .flags = l->flags };

		t.qualname = pd_str_from(l->qualname);
		t.module = pd_str_from(l->module);
		t.repr = pd_str_from(l->repr);
		if (l->kind == PD_CORE_TYPE)
			t.object = OBJECTS + 1 + i;
		*PD_VEC_PUSH(&t.mro, uint64_t) = n + 1 + i;
		pd_core_put_rec(w, PD_CORE_T_TYPE, &pd_core_type_desc, &t);
		pd_rec_done(&pd_core_type_desc, &t);
	}
	return n;
}

/* One of the first, or of the library's: they begin behind n. */
static unsigned
type_number(struct bytes *b, unsigned n)
{
	unsigned c = next(b);

	return c < 128 ? c % 8 : n + 1 + c % LIBRARY;
}

static void	 put_ref(struct pd_core_writer *, struct bytes *);

/* References of a row, in its words; see library.h. */
static void
put_row(struct pd_core_writer *w, struct bytes *b, const char *spec)
{
	unsigned n = *spec != '\0';

	for (const char *p = spec; *p != '\0'; p++)
		n += *p == ' ';
	pd_core_put_array(w, n);
	for (const char *p = spec; n > 0; n--) {
		size_t len = strcspn(p, " ");

		if (next(b) > 200)
			put_ref(w, b);
		else if (*p == 'i')
			pd_core_ref_int(w, atoi(p + 1));
		else if (*p == 'o')
			pd_core_ref_id(w, (uint64_t)atoi(p + 1) + OBJECTS + 1);
		else if (*p == 's')
			pd_core_ref_name(w, p + 1, len - 1);
		else
			pd_core_ref_const(w, PD_CORE_NONE);
		p += len + (p[len] == ' ');
	}
}

static void
put_library(struct pd_core_writer *w, struct bytes *b, unsigned types)
{
	for (unsigned i = 0; i < LIBRARY; i++) {
		const struct library *l = &library[i];
		unsigned type = types + 1 + (l->of != 0 ? l->of : i);

		pd_core_obj_begin(w, l->kind, l->kind == PD_CORE_TYPE ? 0 :
		    type, 0x9000 + 16 * i, 32,
		    (l->value != NULL || l->kind == PD_CORE_TYPE ?
		    PD_CORE_P_VALUE : 0) | (l->items != NULL ?
		    PD_CORE_P_ITEMS : 0) | (l->attrs != NULL ?
		    PD_CORE_P_ATTRS : 0));
		if (l->kind == PD_CORE_TYPE)
			pd_core_put_uint(w, type);
		else if (l->value != NULL)
			pd_core_put_bytes(w, l->value, l->nvalue != 0 ?
			    l->nvalue : strlen(l->value));
		if (l->items != NULL)
			put_row(w, b, l->items);
		if (l->attrs != NULL)
			put_row(w, b, l->attrs);
		pd_core_obj_end(w);
	}
}

static void
put_ref(struct pd_core_writer *w, struct bytes *b)
{
	unsigned c = next(b);
	const char *s;

	switch (c % 8) {
	case 0:
		pd_core_ref_int(w, (int64_t)next(b) - 100);
		break;
	case 1:
		pd_core_ref_float(w, (double)next(b) / 4 - 8);
		break;
	case 2:
	case 3:
		s = words[c / 8 % 16];
		pd_core_ref_name(w, s, strlen(s));
		break;
	case 4:
		pd_core_ref_const(w, (enum pd_core_const)(c / 8 % 8));
		break;
	default:
		pd_core_ref_id(w, 1 + c / 8 % OBJECTS);
		break;
	}
}

static void
put_value(struct pd_core_writer *w, struct bytes *b)
{
	static const unsigned char big[] = "\x01\x00\xff\x00\x00\x00\x00\x00"
	    "\x00\x00\x80";
	unsigned c = next(b);
	const char *s = words[c / 8 % 16];

	switch (c % 6) {
	case 0:
		pd_core_put_int(w, (int64_t)next(b) - 9);
		break;
	case 1:
		pd_core_put_float(w, (double)c * 1e5);
		break;
	case 2:
		pd_core_put_complex(w, 1.5, (double)c);
		break;
	case 3:
		pd_core_put_bigint(w, c & 8, big, sizeof(big) - c / 32 % 4);
		break;
	default:
		pd_core_put_bytes(w, s, strlen(s));
		break;
	}
}

static void
put_object(struct pd_core_writer *w, struct bytes *b, unsigned types)
{
	unsigned kind = next(b) % (PD_CORE_KINDS + 2);
	unsigned parts = next(b) & PD_CORE_P_KNOWN, n;

	pd_core_obj_begin(w, (enum pd_core_kind)kind,
	    type_number(b, types), 0x1000 + next(b), 32, parts);
	if (parts & PD_CORE_P_VALUE)
		put_value(w, b);
	for (unsigned bit = PD_CORE_P_ITEMS; bit <= PD_CORE_P_ATTRS; bit <<= 1)
		if (parts & bit) {
			n = next(b) % 10;
			pd_core_put_array(w, n);
			for (unsigned i = 0; i < n; i++)
				put_ref(w, b);
		}
	if (parts & PD_CORE_P_DICT)
		pd_core_put_number(w, 1 + next(b) % OBJECTS);
	if (parts & PD_CORE_P_TOTAL)
		pd_core_put_uint(w, next(b) % 4 == 0 ? UINT64_MAX - next(b) :
		    next(b));
	if (parts & PD_CORE_P_MORE)
		pd_core_put_number(w, 1 + next(b) % OBJECTS);
	if (parts & PD_CORE_P_CUT)
		pd_core_put_uint(w, next(b) % 7);
	pd_core_obj_end(w);
}

/* The variables: x0, x1, ... are the objects 2, 3, ... */
static void
put_names(struct pd_core_writer *w)
{
	char name[16];

	pd_core_obj_begin(w, PD_CORE_NAMESPACE, 0, 0, 0, PD_CORE_P_ATTRS);
	pd_core_put_array(w, 2 * (OBJECTS - 1 + LIBRARY));
	for (uint64_t i = 2; i <= OBJECTS; i++) {
		snprintf(name, sizeof(name), "x%u", (unsigned)i - 2);
		pd_core_ref_name(w, name, strlen(name));
		pd_core_ref_id(w, i);
	}
	for (unsigned i = 0; i < LIBRARY; i++) {
		pd_core_ref_name(w, library[i].name, strlen(library[i].name));
		pd_core_ref_id(w, OBJECTS + 1 + i);
	}
	pd_core_obj_end(w);
}

static struct pd_core_store *
make(struct bytes *b, uint64_t hex)
{
	struct pd_core_head head = { .hex = hex };
	struct pd_core_frame frame = { .vars = 1, .globals = 2 };
	struct pd_core_exc exc = { .object = 3 };
	struct pd_err err = { "" };
	int fd = memfd_create("core", 0);
	struct pd_core_writer *w;
	unsigned types;

	if (fd < 0)
		abort();
	w = pd_core_writer_new(fd, 1);
	pd_core_put_rec(w, PD_CORE_T_HEAD, &pd_core_head_desc, &head);
	pd_core_put_rec(w, PD_CORE_T_EXC, &pd_core_exc_desc, &exc);
	pd_core_put_rec(w, PD_CORE_T_FRAME, &pd_core_frame_desc, &frame);
	types = put_types(w, b);
	put_names(w);
	for (unsigned i = 2; i <= OBJECTS; i++)
		put_object(w, b, types);
	put_library(w, b, types);
	if (pd_core_writer_close(w, true, &err) < 0)
		abort();
	if (lseek(fd, 0, SEEK_SET) < 0)
		abort();
	return pd_core_store_fd(fd, "core", &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const uint64_t versions[] = { 0x030b02f0, 0x030c01f0,
	    0x030d00f0, 0x030e00f0 };
	const struct pd_core_limits limits = { .steps = 20000,
	    .bytes = 8 << 20, .exc = 1 };
	struct pd_eval req = { 0 };
	struct pd_complete_req creq = { 0 };
	struct pd_complete complete = { 0 };
	struct pd_value v = { 0 };
	struct pd_core_ref ref = { .kind = PD_CORE_R_NONE };
	struct pd_err err = { "" };
	struct pd_core_store *store;
	const uint8_t *text;
	struct bytes b;

	if (n < 3)
		return 0;
	b.p = p + 2;
	b.n = p[1] < n - 2 ? p[1] : n - 2;
	text = b.p + b.n;
	req.text = creq.text = pd_str_new((const char *)text,
	    (size_t)(p + n - text));
	req.style = p[0] % 8 % 5;
	req.depth = p[0] / 32 % 3;
	store = make(&b, versions[p[0] / 8 % 4]);
	if (store == NULL)
		abort();
	if (pd_core_eval(store, 1, &req, &limits, &v, &err) == 0 &&
	    v.text.s == NULL)
		abort();
	pd_rec_done(&pd_value_desc, &v);
	pd_core_eval_ref(store, 1, &req.text, &limits, &ref, &v, &err);
	pd_rec_done(&pd_value_desc, &v);
	pd_core_complete(store, 1, &creq, NULL, &complete, &err);
	pd_rec_done(&pd_complete_desc, &complete);
	pd_str_done(&req.text);
	pd_core_store_close(store);
	return 0;
}
