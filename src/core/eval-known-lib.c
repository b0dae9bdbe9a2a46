/*
 * repr() of classes of the standard library that are written in Python, or in C
 * with all that is needed as attributes.
 *
 * Called by eval-known.c.  The table is by the function that a class has for
 * it, so that a class of the program's that comes from one of these and says
 * nothing else is shown as Python would.
 */
#include "core/eval-lib.h"

#include "base/str.h"

typedef bool	(*repr_fn)(struct pd_ev *, struct pd_ptext *,
		    struct pd_pv *);

static bool
is_text(const struct pd_pv *v)
{
	return v != NULL && v->kind == PD_K_STR;
}

static void
add_attr(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const char *name)
{
	struct pd_pv *x = pd_obj_attr(ev, v, name);

	pd_ev_repr(ev, t, x != NULL ? x : pd_pv_const(PD_K_CUT));
}

/* ---- uuid, ipaddress ----------------------------------------------------- */

static bool
big_bytes(struct pd_ev *ev, struct pd_pv *v, const char *attr, char *b,
    size_t n)
{
	struct pd_pv *i = pd_obj_attr(ev, v, attr);

	return i != NULL && pd_pv_is_int(i) && pd_int_sign(i) >= 0 &&
	    pd_int_bits(i) <= n * 8 && pd_int_export(ev, i, b, n, true, false);
}

static bool
str_uuid(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	char b[16];

	if (!big_bytes(ev, v, "int", b, sizeof(b)))
		return false;
	for (size_t i = 0; i < sizeof(b); i++)
		pd_pt_addf(ev, t, "%s%02x", i == 4 || i == 6 || i == 8 ||
		    i == 10 ? "-" : "", (unsigned)(unsigned char)b[i]);
	return true;
}

/* The longest run of zeros is left out, the first of equal ones. */
static void
add_ip6(struct pd_ev *ev, struct pd_ptext *t, const char *b)
{
	unsigned part[8];
	int best = -1, len = 1, n;

	for (int i = 0; i < 8; i++)
		part[i] = (unsigned)(unsigned char)b[2 * i] << 8 |
		    (unsigned char)b[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		for (n = 0; i + n < 8 && part[i + n] == 0; n++)
			;
		if (n > len) {
			best = i;
			len = n;
		}
	}
	for (int i = 0; i < 8; i++) {
		if (i == best) {
			pd_pt_adds(ev, t, "::");
			i += len - 1;
			continue;
		}
		pd_pt_addf(ev, t, "%s%x", i > 0 && i != best + len ? ":" :
		    "", part[i]);
	}
}

static bool
add_ip(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *scope = pd_obj_attr(ev, v, "_scope_id");
	char b[16];

	if (pd_core_type_is(ev->store, v->st->type, "ipaddress",
	    "IPv4Address")) {
		if (!big_bytes(ev, v, "_ip", b, 4))
			return false;
		pd_pt_addf(ev, t, "%d.%d.%d.%d", (unsigned char)b[0],
		    (unsigned char)b[1], (unsigned char)b[2],
		    (unsigned char)b[3]);
		return true;
	}
	if (!pd_core_type_is(ev->store, v->st->type, "ipaddress",
	    "IPv6Address") || !big_bytes(ev, v, "_ip", b, 16))
		return false;
	/* 3.13 writes the last part of ::ffff:0:0/96 as one of 4. */
	if (ev->hex >= 0x030d0000 && memcmp(b,
	    "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0)
		pd_pt_addf(ev, t, "::ffff:%d.%d.%d.%d",
		    (unsigned char)b[12], (unsigned char)b[13],
		    (unsigned char)b[14], (unsigned char)b[15]);
	else
		add_ip6(ev, t, b);
	if (is_text(scope))
		pd_pt_addf(ev, t, "%%%.*s", (int)scope->s.n, scope->s.p);
	return true;
}

static bool
str_network(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *ip = pd_obj_attr(ev, v, "network_address");
	struct pd_pv *len = pd_obj_attr(ev, v, "_prefixlen");

	if (ip == NULL || ip->st == NULL || ip->st->type == NULL ||
	    len == NULL || !pd_pv_is_int(len) || !add_ip(ev, t, ip))
		return false;
	pd_pt_addc(ev, t, '/');
	pd_ev_repr(ev, t, len);
	return true;
}

static bool
quoted(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, repr_fn fn)
{
	struct pd_ptext s = { 0 };

	if (!fn(ev, &s, v))
		return false;
	pd_pt_addf(ev, t, "%s('%.*s')", pd_pv_short_name(ev, v), (int)s.n,
	    s.p);
	return true;
}

static bool
repr_uuid(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	return quoted(ev, t, v, str_uuid);
}

static bool
repr_ip(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	return quoted(ev, t, v, add_ip);
}

static bool
repr_network(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	return quoted(ev, t, v, str_network);
}

/* ---- collections, functools ---------------------------------------------- */

static bool
repr_data(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "{...}");
		return true;
	}
	add_attr(ev, t, v, "data");
	pd_repr_leave(ev);
	return true;
}

static bool
repr_chain(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *maps = pd_obj_attr(ev, v, "maps");

	if (maps == NULL || maps->kind != PD_K_LIST)
		return false;
	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return true;
	}
	pd_pt_addf(ev, t, "%s(", pd_pv_short_name(ev, v));
	for (size_t i = 0; i < pd_seq_len(maps) && !t->full; i++) {
		pd_pt_adds(ev, t, i > 0 ? ", " : "");
		pd_ev_repr(ev, t, pd_seq_at(ev, maps, i));
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
	return true;
}

static bool
repr_partial(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *args = pd_obj_attr(ev, v, "args");
	struct pd_pv *kw = pd_obj_attr(ev, v, "keywords");
	const struct pd_ptab *tab;

	if (args == NULL || args->kind != PD_K_TUPLE || kw == NULL ||
	    kw->kind != PD_K_DICT)
		return false;
	if (!pd_repr_enter(ev, v)) {
		pd_pt_adds(ev, t, "...");
		return true;
	}
	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	add_attr(ev, t, v, "func");
	for (size_t i = 0; i < pd_seq_len(args) && !t->full; i++) {
		pd_pt_adds(ev, t, ", ");
		pd_ev_repr(ev, t, pd_seq_at(ev, args, i));
	}
	tab = pd_tab_of(ev, kw);
	for (size_t i = 0; i < tab->n && !t->full; i++) {
		pd_pt_adds(ev, t, ", ");
		pd_ev_str(ev, t, tab->ent[i].key);
		pd_pt_addc(ev, t, '=');
		pd_ev_repr(ev, t, tab->ent[i].value);
	}
	pd_pt_addc(ev, t, ')');
	pd_repr_leave(ev);
	return true;
}

/* ---- re, enums whose members are globals --------------------------------- */

static bool
repr_pattern(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	static const char *const names[] = { "TEMPLATE", "IGNORECASE",
	    "LOCALE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "DEBUG",
	    "ASCII" };
	struct pd_pv *pattern = pd_obj_attr(ev, v, "pattern");
	struct pd_pv *flags = pd_obj_attr(ev, v, "flags");
	struct pd_ptext s = { .max = 200 };
	const char *sep = ", ";
	int64_t bits;

	if (pattern == NULL || pattern->kind == PD_K_CUT || flags == NULL ||
	    !pd_pv_is_int(flags) || !pd_int_fits(flags, &bits))
		return false;
	/* What a text has anyway is not told. */
	if (pattern->kind == PD_K_STR && (bits & (4 | 32 | 256)) == 32)
		bits &= ~32;
	pd_ev_repr(ev, &s, pattern);
	pd_pt_addf(ev, t, "re.compile(%.*s", (int)(s.n < 200 ? s.n : 200),
	    s.p);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if ((bits >> i & 1) == 0)
			continue;
		pd_pt_addf(ev, t, "%sre.%s", sep, names[i]);
		sep = "|";
	}
	pd_pt_addc(ev, t, ')');
	return true;
}

/* re.IGNORECASE|re.MULTILINE */
static bool
repr_global(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *name = pd_obj_attr(ev, v, "_name_");
	const char *module = pd_str_c(&v->st->type->module), *dot;

	if (!is_text(name))
		return false;
	if ((dot = strrchr(module, '.')) != NULL)
		module = dot + 1;
	pd_pt_addf(ev, t, "%s.", module);
	for (size_t i = 0; i < name->s.n; i++) {
		pd_pt_addc(ev, t, name->s.p[i]);
		if (name->s.p[i] == '|')
			pd_pt_addf(ev, t, "%s.", module);
	}
	return true;
}

/* ---- logging, threading, zoneinfo ---------------------------------------- */

static bool
repr_logger(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	static const char *const names[] = { "NOTSET", "DEBUG", "INFO",
	    "WARNING", "ERROR", "CRITICAL" };
	struct pd_pv *at = v, *level = NULL;
	int64_t n = 0;

	for (int i = 0; i < 100 && at != NULL && at->st != NULL && n == 0;
	    i++) {
		level = pd_obj_attr(ev, at, "level");
		if (level == NULL || !pd_int_fits(level, &n))
			return false;
		at = pd_obj_attr(ev, at, "parent");
	}
	pd_pt_addf(ev, t, "<%s ", pd_pv_short_name(ev, v));
	pd_known_add(ev, t, v, "name");
	if (n >= 0 && n <= 50 && n % 10 == 0)
		pd_pt_addf(ev, t, " (%s)>", names[n / 10]);
	else
		pd_pt_addf(ev, t, " (Level %lld)>", (long long)n);
	return true;
}

static bool
is_set(struct pd_ev *ev, struct pd_pv *event, bool *set)
{
	struct pd_pv *flag = event != NULL ? pd_obj_attr(ev, event, "_flag") :
	    NULL;

	*set = flag != NULL && flag->kind == PD_K_BOOL && flag->i != 0;
	return flag != NULL && flag->kind == PD_K_BOOL;
}

static bool
repr_event(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	bool set;

	if (!is_set(ev, v, &set))
		return false;
	pd_pt_addc(ev, t, '<');
	pd_type_full(ev, v->st->type, t);
	pd_pt_addf(ev, t, " at 0x%llx: %s>",
	    (unsigned long long)v->st->obj.addr, set ? "set" : "unset");
	return true;
}

/* From 3.13 on only the system knows whether it has ended: one that was there
 * when the core was written is in it. */
static bool
is_alive(struct pd_ev *ev, const struct pd_pv *ident)
{
	struct pd_core_thread t = { 0 };
	uint64_t n = 0;
	bool same = false;
	int64_t i;

	if (!pd_pv_is_int(ident) || !pd_int_fits(ident, &i))
		return false;
	while (!same && (n = pd_core_store_next(ev->store, PD_CORE_T_THREAD,
	    n + 1)) != 0) {
		pd_ev_step(ev, 1);
		same = pd_core_store_rec(ev->store, PD_CORE_T_THREAD, n,
		    &pd_core_thread_desc, &t, NULL) == 0 &&
		    t.ident == (uint64_t)i;
		pd_rec_done(&pd_core_thread_desc, &t);
	}
	return same;
}

static bool
repr_thread(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *stopped = pd_obj_attr(ev, v, "_is_stopped");
	struct pd_pv *daemon = pd_obj_attr(ev, v, "_daemonic");
	struct pd_pv *ident = pd_obj_attr(ev, v, "_ident");
	bool started, over;

	if (daemon == NULL || ident == NULL ||
	    !is_set(ev, pd_obj_attr(ev, v, "_started"), &started))
		return false;
	over = stopped != NULL ? pd_pv_true(ev, stopped) :
	    started && !is_alive(ev, ident);
	pd_pt_addf(ev, t, "<%s(", pd_pv_short_name(ev, v));
	pd_known_add(ev, t, v, "_name");
	pd_pt_addf(ev, t, ", %s%s", over ? "stopped" :
	    started ? "started" : "initial", pd_pv_true(ev, daemon) ?
	    " daemon" : "");
	if (ident->kind != PD_K_NONE) {
		pd_pt_addc(ev, t, ' ');
		pd_ev_repr(ev, t, ident);
	}
	pd_pt_adds(ev, t, ")>");
	return true;
}

static bool
repr_zoneinfo(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *key = pd_obj_attr(ev, v, "key");

	if (!is_text(key))
		return false;
	pd_type_full(ev, v->st->type, t);
	pd_pt_adds(ev, t, "(key=");
	pd_ev_repr(ev, t, key);
	pd_pt_addc(ev, t, ')');
	return true;
}

/* ---- tuples of C with names ---------------------------------------------- */

static bool
repr_sequence(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_core_refs names = v->st->obj.attrs;
	struct pd_core_ref name, value;
	uint64_t n = pd_seq_len(v);
	const char *s;
	size_t len;

	if (names.left / 2 < n)
		return false;
	pd_type_full(ev, v->st->type, t);
	pd_pt_addc(ev, t, '(');
	for (size_t i = 0; i < n && !t->full; i++) {
		if (pd_core_refs_next(&names, &name, NULL) != 1 ||
		    pd_core_refs_next(&names, &value, NULL) != 1 ||
		    (s = pd_core_ref_str(ev->store, &name, &len)) == NULL)
			break;
		pd_pt_addf(ev, t, "%s%.*s=", i > 0 ? ", " : "",
		    (int)(len < 200 ? len : 200), s);
		pd_ev_repr(ev, t, pd_seq_at(ev, v, i));
	}
	pd_pt_addc(ev, t, ')');
	return true;
}

/* ---- the tables ---------------------------------------------------------- */

static const struct {
	const char	*name;
	repr_fn		 fn;
} reprs[] = {
	{ "uuid.UUID.__repr__", repr_uuid },
	{ "ipaddress._BaseAddress.__repr__", repr_ip },
	{ "ipaddress._BaseNetwork.__repr__", repr_network },
	{ "collections.UserDict.__repr__", repr_data },
	{ "collections.UserList.__repr__", repr_data },
	{ "collections.UserString.__repr__", repr_data },
	{ "collections.ChainMap.__repr__", repr_chain },
	{ "functools.partial.__repr__", repr_partial },
	{ "re.Pattern.__repr__", repr_pattern },
	{ "enum.global_enum_repr", repr_global },
	{ "enum.global_flag_repr", repr_global },
	{ "logging.Logger.__repr__", repr_logger },
	{ "threading.Event.__repr__", repr_event },
	{ "threading.Thread.__repr__", repr_thread },
	{ "zoneinfo.ZoneInfo.__repr__", repr_zoneinfo },
}, strs[] = {
	{ "uuid.UUID.__str__", str_uuid },
	{ "ipaddress.IPv6Address.__str__", add_ip },
	{ "ipaddress._BaseAddress.__str__", add_ip },
	{ "ipaddress._BaseNetwork.__str__", str_network },
};

/* Modules whose classes of tuples in C have a repr of their own. */
static bool
is_sequence(const struct pd_pv *v)
{
	static const char *const modules[] = { "sys", "os", "posix", "time",
	    "resource", "pwd", "grp", "signal" };
	const struct pd_core_type *t = v->st->type;

	if (v->kind != PD_K_TUPLE || !pd_starts(pd_str_c(&t->repr),
	    pd_str_c(&t->module)))
		return false;
	for (size_t i = 0; i < sizeof(modules) / sizeof(*modules); i++)
		if (pd_str_eq(&t->module, modules[i]))
			return (t->flags & PD_CORE_TYPE_NAMEDTUPLE) == 0;
	return false;
}

bool
pd_known_lib(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v, bool str)
{
	const struct pd_core_type *type = v->st->type;
	const struct pd_str *name = str ? &type->str : &type->repr;
	size_t n = str ? sizeof(strs) / sizeof(*strs) :
	    sizeof(reprs) / sizeof(*reprs);

	for (size_t i = 0; i < n; i++)
		if (pd_str_eq(name, str ? strs[i].name : reprs[i].name))
			return (str ? strs : reprs)[i].fn(ev, t, v);
	return !str && is_sequence(v) && repr_sequence(ev, t, v);
}
