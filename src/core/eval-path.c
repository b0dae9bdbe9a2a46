/*
 * Paths as pathlib's PurePosixPath has them: parts of the text, /, and order.
 *
 * Called by the evaluator of cores by way of the table at the end.
 */
#include "core/eval-lib.h"

struct text {
	const char	*s;
	size_t		 n;
};

static struct text
text_of(struct pd_ev *ev, const struct pd_pv *v)
{
	const struct pd_core_obj *o = &v->st->obj;

	if (o->cut != 0 || o->s == NULL)
		pd_ev_cut(ev);
	return (struct text){ o->s, o->n };
}

/* "/", or "//" where there are just two. */
static size_t
root_of(struct text t)
{
	if (t.n == 0 || t.s[0] != '/')
		return 0;
	return t.n > 1 && t.s[1] == '/' && (t.n == 2 || t.s[2] != '/') ? 2 : 1;
}

/* Where the last part begins; the end: there is none. */
static size_t
name_at(struct text t)
{
	size_t i = t.n;

	if (t.n == 1 && t.s[0] == '.')
		return t.n;
	while (i > root_of(t) && t.s[i - 1] != '/')
		i--;
	return i;
}

/* Where the suffix of the last part begins, or the end.  A dot in front or at
 * the end makes none; from 3.14 on it is as os.path.splitext() has it. */
static size_t
suffix_at(const struct pd_ev *ev, struct text t)
{
	size_t from = name_at(t), dot = t.n;

	while (dot > from && t.s[dot - 1] != '.')
		dot--;
	if (dot == from)
		return t.n;
	dot--;
	if (ev->hex < 0x030e0000)
		return dot > from && dot + 1 < t.n ? dot : t.n;
	while (from < dot && t.s[from] == '.')
		from++;
	return from < dot ? dot : t.n;
}

static struct pd_pv *
path(struct pd_ev *ev, const struct pd_pv *like, const char *s, size_t n)
{
	struct pd_pv *v = pd_lib_like(ev, like, NULL, 0);

	v->st->obj.s = n > 0 ? s : ".";
	v->st->obj.n = n > 0 ? n : 1;
	v->st->obj.vkind = PD_CORE_V_BYTES;
	v->st->obj.has_total = false;
	return v;
}

static struct pd_pv *
parent(struct pd_ev *ev, struct pd_pv *v)
{
	struct text t = text_of(ev, v);
	size_t n = name_at(t), root = root_of(t);

	if (n == t.n)
		return v;
	return path(ev, v, t.s, n > root ? n - 1 : n);
}

/* The next part from *at on; n 0 at the end. */
static struct text
next_part(struct text t, size_t *at)
{
	size_t from = *at, to;

	if (from == 0 && root_of(t) > 0) {
		*at = root_of(t);
		return (struct text){ t.s, *at };
	}
	while (from < t.n && t.s[from] == '/')
		from++;
	for (to = from; to < t.n && t.s[to] != '/'; to++)
		;
	*at = to;
	return (struct text){ t.s + from, to - from };
}

static struct pd_pv *
parts(struct pd_ev *ev, struct pd_pv *v)
{
	struct text t = text_of(ev, v), part;
	struct pd_pvec l = { 0 };
	size_t at = 0;

	while ((t.n != 1 || t.s[0] != '.') &&
	    (part = next_part(t, &at)).n > 0)
		pd_pvec_add(ev, &l, pd_pv_str(ev, part.s, part.n));
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

static struct pd_pv *
suffixes(struct pd_ev *ev, struct text t)
{
	struct pd_pvec l = { 0 };
	size_t from = name_at(t), dot;

	if (ev->hex < 0x030e0000 && t.n > 0 && t.s[t.n - 1] == '.')
		from = t.n;
	while (from < t.n && t.s[from] == '.')
		from++;
	while (from < t.n && t.s[from] != '.')
		from++;
	for (; from < t.n; from = dot) {
		for (dot = from + 1; dot < t.n && t.s[dot] != '.'; dot++)
			;
		pd_pvec_add(ev, &l, pd_pv_str(ev, t.s + from, dot - from));
	}
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

/* ---- joining ------------------------------------------------------------- */

/* Adds what is joined to it: an absolute one begins anew, "." and double
 * slashes go. */
static void
join(struct pd_ev *ev, struct pd_ptext *out, struct text t)
{
	size_t at = 0, root = root_of(t);
	struct text part;

	if (root > 0) {
		out->n = 0;
		pd_pt_add(ev, out, t.s, root);
		at = root;
	}
	for (;;) {
		while (at < t.n && t.s[at] == '/')
			at++;
		if (at == t.n)
			return;
		part = next_part((struct text){ t.s + at, t.n - at },
		    &(size_t){ 0 });
		at += part.n;
		if (part.n == 1 && part.s[0] == '.')
			continue;
		if (out->n > 0 && out->p[out->n - 1] != '/')
			pd_pt_addc(ev, out, '/');
		pd_pt_add(ev, out, part.s, part.n);
	}
}

/* The text of what may be joined: str or a path; false: another. */
static bool
segment(struct pd_ev *ev, const struct pd_pv *v, struct text *t)
{
	if (v->kind == PD_K_STR) {
		if (v->st != NULL && v->st->obj.cut != 0)
			pd_ev_cut(ev);
		*t = (struct text){ v->s.p, v->s.n };
		return true;
	}
	if (!pd_pv_is_core(v, PD_CORE_PATH))
		return false;
	*t = text_of(ev, v);
	return true;
}

static struct pd_pv *
joined(struct pd_ev *ev, const struct pd_pv *like, struct pd_pv **v, size_t n)
{
	struct pd_ptext out = { 0 };
	struct text t;

	for (size_t i = 0; i < n; i++) {
		if (!segment(ev, v[i], &t))
			return NULL;
		join(ev, &out, t);
	}
	return path(ev, like, out.p, out.n);
}

static struct pd_pv *
binary(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct pd_pv *v[] = { a, b };

	if (op != PD_OP_DIV)
		return NULL;
	return joined(ev, pd_pv_is_core(a, PD_CORE_PATH) ? a : b, v, 2);
}

static struct pd_pv *
do_joinpath(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv **v = pd_ev_allocn(ev, c->nrest + 1,
	    sizeof(struct pd_pv *)), *r;

	v[0] = c->self;
	for (size_t i = 0; i < c->nrest; i++)
		v[i + 1] = c->rest[i];
	r = joined(ev, c->self, v, c->nrest + 1);
	if (r == NULL)
		pd_ev_no_process(ev, "joinpath");
	return r;
}

/* ---- another name -------------------------------------------------------- */

static _Noreturn void
no_name(struct pd_ev *ev, struct pd_pv *v)
{
	struct pd_pv *r = pd_ev_repr_str(ev, v);

	pd_ev_raise(ev, "ValueError", "%.*s has an empty name",
	    (int)(r->s.n > 4096 ? 4096 : r->s.n), r->s.p);
}

/* The part before, and another last one; both of them text of ours. */
static struct pd_pv *
renamed(struct pd_ev *ev, struct pd_pv *v, struct text stem, struct text end)
{
	struct text t = text_of(ev, v);
	struct pd_ptext out = { 0 };

	if (name_at(t) == t.n)
		no_name(ev, v);
	pd_pt_add(ev, &out, t.s, name_at(t));
	pd_pt_add(ev, &out, stem.s, stem.n);
	pd_pt_add(ev, &out, end.s, end.n);
	return path(ev, v, out.p, out.n);
}

static bool
has(struct text t, char c)
{
	return t.n > 0 && memchr(t.s, c, t.n) != NULL;
}

static struct text
argument(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *x = c->p[0];

	if (x->kind != PD_K_STR || (x->st != NULL && x->st->obj.cut != 0))
		pd_ev_no_process(ev, c->fn->name);
	return (struct text){ x->s.p, x->s.n };
}

static _Noreturn void
invalid(struct pd_ev *ev, const char *what, struct pd_pv *x)
{
	struct pd_pv *r = pd_ev_repr_str(ev, x);

	pd_ev_raise(ev, "ValueError", "Invalid %s %.*s", what,
	    (int)(r->s.n > 4096 ? 4096 : r->s.n), r->s.p);
}

static struct pd_pv *
do_with_name(struct pd_ev *ev, struct pd_pcall *c)
{
	struct text name = argument(ev, c), none = { "", 0 };

	if (name_at(text_of(ev, c->self)) == text_of(ev, c->self).n)
		no_name(ev, c->self);
	if (name.n == 0 || has(name, '/') ||
	    (name.n == 1 && name.s[0] == '.'))
		invalid(ev, "name", c->p[0]);
	return renamed(ev, c->self, name, none);
}

static struct pd_pv *
do_with_suffix(struct pd_ev *ev, struct pd_pcall *c)
{
	struct text end = argument(ev, c), t = text_of(ev, c->self);
	size_t from = name_at(t), to = suffix_at(ev, t);

	if (from == t.n)
		no_name(ev, c->self);
	if (has(end, '/') || (end.n > 0 && (end.s[0] != '.' ||
	    (end.n == 1 && ev->hex < 0x030e0000))))
		invalid(ev, "suffix", c->p[0]);
	return renamed(ev, c->self, (struct text){ t.s + from, to - from },
	    end);
}

static struct pd_pv *
do_with_stem(struct pd_ev *ev, struct pd_pcall *c)
{
	struct text stem = argument(ev, c), t = text_of(ev, c->self);
	size_t to = suffix_at(ev, t);

	/* What is odd, versions say in different words. */
	if (stem.n == 0 || has(stem, '/') ||
	    (stem.n == 1 && stem.s[0] == '.'))
		pd_ev_no_process(ev, "with_stem");
	return renamed(ev, c->self, stem, (struct text){ t.s + to,
	    t.n - to });
}

/* ---- one within another -------------------------------------------------- */

/* Is t in the directory, or it? */
static bool
within(struct text t, struct text dir)
{
	if (dir.n == 1 && dir.s[0] == '.')
		return root_of(t) == 0;
	if (t.n < dir.n || memcmp(t.s, dir.s, dir.n) != 0 ||
	    root_of(t) != root_of(dir))
		return false;
	return t.n == dir.n || dir.s[dir.n - 1] == '/' || t.s[dir.n] == '/';
}

static struct pd_pv *
do_relative(struct pd_ev *ev, struct pd_pcall *c)
{
	struct text t = text_of(ev, c->self), dir;
	struct pd_pv *other = joined(ev, c->self, c->p, 1);
	size_t from;
	bool in;

	if (other == NULL)
		pd_ev_no_process(ev, c->fn->name);
	dir = text_of(ev, other);
	in = within(t, dir);
	if (c->fn->name[0] == 'i')
		return pd_pv_bool(in);
	/* What the message says differs from version to version. */
	if (!in)
		pd_ev_no_process(ev, "relative_to");
	if (dir.n == 1 && dir.s[0] == '.')
		return c->self;
	from = dir.n;
	while (from < t.n && t.s[from] == '/')
		from++;
	return path(ev, c->self, t.s + from, t.n - from);
}

static struct pd_pv *
do_is_absolute(struct pd_ev *ev, struct pd_pcall *c)
{
	return pd_pv_bool(root_of(text_of(ev, c->self)) > 0);
}

static struct pd_pv *
do_text(struct pd_ev *ev, struct pd_pcall *c)
{
	struct text t = text_of(ev, c->self);

	return pd_pv_str(ev, t.s, t.n);
}

static const struct pd_pfunc methods[] = {
	{ "__fspath__", do_text, "/" },
	{ "as_posix", do_text, "/" },
	{ "is_absolute", do_is_absolute, "/" },
	{ "is_relative_to", do_relative, "other" },
	{ "joinpath", do_joinpath, "*pathsegments" },
	{ "relative_to", do_relative, "other" },
	{ "with_name", do_with_name, "name" },
	{ "with_stem", do_with_stem, "stem" },
	{ "with_suffix", do_with_suffix, "suffix" },
	{ NULL }
};

static struct pd_pv *
attr(struct pd_ev *ev, struct pd_pv *v, const char *name)
{
	struct text t;
	size_t at;

	if (name[0] == '_' && strcmp(name, "__fspath__") != 0)
		return NULL;
	if (strcmp(name, "parent") == 0)
		return parent(ev, v);
	if (strcmp(name, "parts") == 0)
		return parts(ev, v);
	if (strcmp(name, "drive") == 0)
		return pd_pv_strc(ev, "");
	t = text_of(ev, v);
	at = name_at(t);
	if (strcmp(name, "root") == 0 || strcmp(name, "anchor") == 0)
		return pd_pv_str(ev, t.s, root_of(t));
	if (strcmp(name, "name") == 0)
		return pd_pv_str(ev, t.s + at, t.n - at);
	if (strcmp(name, "suffixes") == 0)
		return suffixes(ev, t);
	if (strcmp(name, "stem") == 0)
		return pd_pv_str(ev, t.s + at, suffix_at(ev, t) - at);
	if (strcmp(name, "suffix") == 0)
		return pd_pv_str(ev, t.s + suffix_at(ev, t), t.n -
		    suffix_at(ev, t));
	return pd_lib_method(ev, v, methods, name);
}

/* ---- order --------------------------------------------------------------- */

static bool
by_sign(int op, int r)
{
	return op == PD_OP_LT ? r < 0 : op == PD_OP_LE ? r <= 0 :
	    op == PD_OP_GT ? r > 0 : r >= 0;
}

static struct pd_pv *
compare(struct pd_ev *ev, int op, struct pd_pv *a, struct pd_pv *b)
{
	struct text x, y;
	size_t i = 0, first = 0;

	if (!pd_pv_is_core(b, PD_CORE_PATH))
		return NULL;
	if (pd_lib_of(b) != &pd_lib_path)
		return op == PD_OP_EQ ? pd_pv_bool(false) : NULL;
	x = text_of(ev, a);
	y = text_of(ev, b);
	if (op == PD_OP_EQ)
		return pd_pv_bool(x.n == y.n && memcmp(x.s, y.s, x.n) == 0);
	/* By parts: a separator is less than any character.  Up to 3.11 the
	 * root is a part of its own, and "." has none. */
	if (ev->hex < 0x030c0000) {
		x.n = x.n == 1 && x.s[0] == '.' ? 0 : x.n;
		y.n = y.n == 1 && y.s[0] == '.' ? 0 : y.n;
		first = root_of(x) > root_of(y) ? root_of(x) : root_of(y);
	}
	while (i < x.n && i < y.n && x.s[i] == y.s[i])
		i++;
	if (i < x.n && i < y.n)
		return pd_pv_bool(by_sign(op, i >= first && x.s[i] == '/' ?
		    -1 : i >= first && y.s[i] == '/' ? 1 :
		    (unsigned char)x.s[i] - (unsigned char)y.s[i]));
	return pd_pv_bool(by_sign(op, (x.n > y.n) - (x.n < y.n)));
}

static uint64_t
hash(struct pd_ev *ev, struct pd_pv *v)
{
	struct text t = text_of(ev, v);
	uint64_t h = 7;

	for (size_t i = 0; i < t.n; i++)
		h = (h ^ (unsigned char)t.s[i]) * UINT64_C(0x100000001b3);
	return h;
}

const struct pd_plib pd_lib_path = {
	.attr = attr, .binary = binary, .compare = compare, .hash = hash,
};
