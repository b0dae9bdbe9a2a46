/*
 * Text: what str, bytes and bytearray have in common.
 *
 * Called by the evaluator of cores by way of the tables at the end of
 * eval-str.c and eval-bytes.c.  UTF-8 is searched and cut as bytes are; only
 * where characters are counted does it matter.
 */
#include "core/eval-text.h"

#include <ctype.h>
#include <string.h>

size_t
pd_text_find(const char *a, size_t n, const char *b, size_t m, bool last)
{
	const char *p;

	if (m > n)
		return SIZE_MAX;
	if (m == 0)
		return last ? n : 0;
	if (!last) {
		p = memmem(a, n, b, m);
		return p != NULL ? (size_t)(p - a) : SIZE_MAX;
	}
	for (size_t i = n - m + 1; i-- > 0;)
		if (a[i] == b[0] && memcmp(a + i, b, m) == 0)
			return i;
	return SIZE_MAX;
}

uint64_t
pd_text_len(const struct pd_pv *v)
{
	return v->st != NULL && v->st->obj.has_total &&
	    v->st->obj.total > v->s.chars ? v->st->obj.total : v->s.chars;
}

struct pd_pv *
pd_text_like(struct pd_ev *ev, const struct pd_pv *like, const char *s,
    size_t n)
{
	if (s == NULL)
		s = "";
	return like->kind == PD_K_STR ? pd_pv_str(ev, s, n) :
	    pd_pv_bytes(ev, like->kind, s, n);
}

static size_t
offset(const struct pd_pv *v, size_t chars)
{
	if (v->s.n == v->s.chars)
		return chars < v->s.n ? chars : v->s.n;
	return pd_utf_offset(v->s.p, v->s.n, chars);
}

struct pd_pv *
pd_text_sub(struct pd_ev *ev, struct pd_pv *v, size_t from, size_t n)
{
	size_t a = offset(v, from), b = a;

	if (v->s.n == v->s.chars)
		b = n < v->s.n - a ? a + n : v->s.n;
	else
		b += pd_utf_offset(v->s.p + a, v->s.n - a, n);
	return pd_text_like(ev, v, v->s.p + a, b - a);
}

struct pd_pv *
pd_text_self(struct pd_ev *ev, struct pd_pcall *c)
{
	if (c->self->st != NULL && c->self->st->obj.cut != 0)
		pd_ev_cut(ev);
	pd_ev_step(ev, c->self->s.n / 16);
	return c->self;
}

struct pd_pv *
pd_text_arg(struct pd_ev *ev, struct pd_pv *self, struct pd_pv *x,
    const char *what)
{
	bool str = self->kind == PD_K_STR;

	if (x->kind == PD_K_CUT || (x->st != NULL && x->st->obj.cut != 0 &&
	    (x->kind == PD_K_STR || pd_pv_is_text(x))))
		pd_ev_cut(ev);
	if (str ? x->kind == PD_K_STR : pd_pv_is_text(x))
		return x;
	if (!str)
		pd_ev_raise(ev, "TypeError", "a bytes-like object is required, "
		    "not '%s'", pd_pv_type_name(ev, x));
	if (what == NULL)
		pd_ev_raise(ev, "TypeError", "must be str, not %s",
		    pd_pv_type_name(ev, x));
	pd_ev_raise(ev, "TypeError", "%s must be str, not %s", what,
	    pd_pv_type_name(ev, x));
}

/* ---- searching ----------------------------------------------------------- */

struct span {
	size_t	from, to;	/* bytes */
	bool	valid;		/* start is not behind the end */
};

/* start and end, as find() and count() take them. */
static struct span
span_of(struct pd_ev *ev, struct pd_pv *v, struct pd_pv *start,
    struct pd_pv *end)
{
	struct pd_pv *s = pd_pv_new(ev, PD_K_SLICE);
	struct span r = { 0, v->s.n, true };
	struct pd_prange p;
	int64_t i;

	s->v[0] = start != NULL ? start : pd_pv_none();
	s->v[1] = end != NULL ? end : pd_pv_none();
	s->v[2] = pd_pv_none();
	p = pd_slice_range(ev, s, v->s.chars);
	if (start != NULL && pd_int_fits(start, &i) &&
	    i > (int64_t)v->s.chars)
		r.valid = false;
	if (p.stop < p.start)
		r.valid = false;
	r.from = offset(v, (size_t)p.start);
	r.to = p.stop < p.start ? r.from : offset(v, (size_t)p.stop);
	return r;
}

/* A byte may be searched as its number. */
static struct pd_pv *
needle(struct pd_ev *ev, struct pd_pv *self, struct pd_pv *x,
    const char *what)
{
	int64_t i;
	char *b;

	if (self->kind == PD_K_STR || !pd_pv_is_int(x))
		return pd_text_arg(ev, self, x, what);
	i = pd_pv_index(ev, x);
	if (i < 0 || i > 255)
		pd_ev_raise(ev, "ValueError", "byte must be in range(0, 256)");
	b = pd_ev_alloc(ev, 2);
	b[0] = (char)i;
	return pd_pv_bytes(ev, PD_K_BYTES, b, 1);
}

struct pd_pv *
pd_text_search(struct pd_ev *ev, struct pd_pcall *c)
{
	const char *name = c->fn->name;
	bool last = name[0] == 'r', must = strstr(name, "index") != NULL;
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pv *x = needle(ev, v, c->p[0], NULL);
	struct span s = span_of(ev, v, c->p[1], c->p[2]);
	size_t i = s.valid ? pd_text_find(v->s.p + s.from, s.to - s.from,
	    x->s.p, x->s.n, last) : SIZE_MAX;

	if (i == SIZE_MAX && must)
		pd_ev_raise(ev, "ValueError", v->kind == PD_K_STR ?
		    "substring not found" : "subsection not found");
	if (i == SIZE_MAX)
		return pd_pv_int(ev, -1);
	i += s.from;
	return pd_pv_size(ev, v->kind == PD_K_STR ? pd_utf_count(v->s.p, i) :
	    i);
}

struct pd_pv *
pd_text_count(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pv *x = needle(ev, v, c->p[0], NULL);
	struct span s = span_of(ev, v, c->p[1], c->p[2]);
	uint64_t n = 0;
	size_t i;

	if (x->s.n == 0)
		return pd_pv_size(ev, !s.valid ? 0 : 1 + (v->kind == PD_K_STR ?
		    pd_utf_count(v->s.p + s.from, s.to - s.from) :
		    s.to - s.from));
	while (s.valid && (i = pd_text_find(v->s.p + s.from, s.to - s.from,
	    x->s.p, x->s.n, false)) != SIZE_MAX) {
		n++;
		s.from += i + x->s.n;
	}
	return pd_pv_size(ev, n);
}

struct pd_pv *
pd_text_startswith(struct pd_ev *ev, struct pd_pcall *c)
{
	bool end = c->fn->name[0] == 'e';
	struct pd_pv *v = pd_text_self(ev, c), *x = c->p[0], **all = &x;
	struct span s = span_of(ev, v, c->p[1], c->p[2]);
	size_t n = 1;

	if (x->kind == PD_K_TUPLE)
		all = pd_seq_all(ev, x, &n);
	for (size_t i = 0; i < n; i++) {
		const struct pd_pv *y = all[i];
		size_t len = s.to - s.from;

		if (v->kind == PD_K_STR ? y->kind != PD_K_STR :
		    !pd_pv_is_text(y))
			pd_ev_raise(ev, "TypeError", x->kind == PD_K_TUPLE &&
			    v->kind == PD_K_STR ? "tuple for %s must only "
			    "contain str, not %s" : v->kind == PD_K_STR ?
			    "%s first arg must be str or a tuple of str, not "
			    "%s" : "%s first arg must be bytes or a tuple of "
			    "bytes, not %s", c->fn->name,
			    pd_pv_type_name(ev, y));
		if (s.valid && y->s.n <= len && (y->s.n == 0 ||
		    memcmp(v->s.p + (end ? s.to - y->s.n : s.from), y->s.p,
		    y->s.n) == 0))
			return pd_pv_bool(true);
	}
	return pd_pv_bool(false);
}

/* ---- taking away --------------------------------------------------------- */

static bool
is_blank(const struct pd_pv *v, const char *p, size_t n, size_t *size)
{
	uint32_t ch;

	*size = 1;
	if (v->kind != PD_K_STR)
		return isspace((unsigned char)*p);
	ch = pd_utf_get(p, n, size);
	return pd_utf_space(ch);
}

/* Is the character at p one of those to strip? */
static bool
stripped(const struct pd_pv *v, const struct pd_pv *set, const char *p,
    size_t n, size_t *size)
{
	if (set == NULL)
		return is_blank(v, p, n, size);
	*size = 1;
	if (v->kind == PD_K_STR)
		pd_utf_get(p, n, size);
	return pd_text_find(set->s.p, set->s.n, p, *size, false) != SIZE_MAX;
}

struct pd_pv *
pd_text_strip(struct pd_ev *ev, struct pd_pcall *c)
{
	char side = c->fn->name[0];
	struct pd_pv *v = pd_text_self(ev, c), *set = c->p[0];
	size_t from = 0, to = v->s.n, size, k;

	if (set != NULL && set->kind == PD_K_NONE)
		set = NULL;
	if (set != NULL && v->kind == PD_K_STR && set->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "%s arg must be None or str",
		    c->fn->name);
	if (set != NULL)
		pd_text_arg(ev, v, set, NULL);
	pd_ev_step(ev, v->s.n);
	while (side != 'r' && from < to &&
	    stripped(v, set, v->s.p + from, to - from, &size))
		from += size;
	while (side != 'l' && from < to) {
		for (k = 1; v->kind == PD_K_STR && k < 4 && k < to - from &&
		    ((unsigned char)v->s.p[to - k] & 0xc0) == 0x80; k++)
			;
		if (!stripped(v, set, v->s.p + to - k, k, &size))
			break;
		to -= k;
	}
	return pd_text_like(ev, v, v->s.p + from, to - from);
}

struct pd_pv *
pd_text_remove(struct pd_ev *ev, struct pd_pcall *c)
{
	bool prefix = c->fn->name[6] == 'p';
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pv *x = pd_text_arg(ev, v, c->p[0], prefix ?
	    "removeprefix() argument" : "removesuffix() argument");
	size_t n = v->s.n, m = x->s.n;

	if (m == 0 || m > n ||
	    memcmp(prefix ? v->s.p : v->s.p + n - m, x->s.p, m) != 0)
		m = 0;
	return pd_text_like(ev, v, v->s.p + (prefix ? m : 0), n - m);
}

struct pd_pv *
pd_text_replace(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pv *old = pd_text_arg(ev, v, c->p[0],
	    "replace() argument 1");
	struct pd_pv *new = pd_text_arg(ev, v, c->p[1],
	    "replace() argument 2");
	int64_t max = c->p[2] != NULL ? pd_pv_index(ev, c->p[2]) : -1;
	struct pd_ptext t = { 0 };
	size_t at = 0, i, size;

	for (; max != 0; max--) {
		if (old->s.n == 0) {
			/* Before each character, and at the end. */
			pd_pt_add(ev, &t, new->s.p, new->s.n);
			if (at == v->s.n)
				break;
			size = 1;
			if (v->kind == PD_K_STR)
				pd_utf_get(v->s.p + at, v->s.n - at, &size);
			pd_pt_add(ev, &t, v->s.p + at, size);
			at += size;
			continue;
		}
		i = pd_text_find(v->s.p + at, v->s.n - at, old->s.p,
		    old->s.n, false);
		if (i == SIZE_MAX)
			break;
		pd_pt_add(ev, &t, v->s.p + at, i);
		pd_pt_add(ev, &t, new->s.p, new->s.n);
		at += i + old->s.n;
	}
	pd_pt_add(ev, &t, v->s.p + at, v->s.n - at);
	return pd_text_like(ev, v, t.p, t.n);
}

/* ---- filling up ---------------------------------------------------------- */

struct pd_pv *
pd_text_just(struct pd_ev *ev, struct pd_pcall *c)
{
	char side = c->fn->name[0];
	struct pd_pv *v = pd_text_self(ev, c);
	int64_t width = pd_pv_index(ev, c->p[0]);
	const char *fill = " ";
	struct pd_ptext t = { 0 };
	size_t nfill = 1, pad, left;

	if (c->p[1] != NULL) {
		struct pd_pv *f = pd_text_arg(ev, v, c->p[1], "The fill "
		    "character");

		if (f->s.chars != 1)
			pd_ev_raise(ev, "TypeError", "The fill character must "
			    "be exactly one character long");
		fill = f->s.p;
		nfill = f->s.n;
	}
	pad = width > (int64_t)v->s.chars ? (size_t)width - v->s.chars : 0;
	if (pad > ev->arena.max)
		pd_ev_alloc(ev, SIZE_MAX / 2);
	left = side == 'l' ? 0 : side == 'r' ? pad :
	    pad / 2 + (pad & (size_t)width & 1);
	pd_pt_fill(ev, &t, fill, nfill, left);
	pd_pt_add(ev, &t, v->s.p, v->s.n);
	pd_pt_fill(ev, &t, fill, nfill, pad - left);
	return pd_text_like(ev, v, t.p, t.n);
}

struct pd_pv *
pd_text_zfill(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	int64_t width = pd_pv_index(ev, c->p[0]);
	bool sign = v->s.n > 0 && (v->s.p[0] == '-' || v->s.p[0] == '+');
	struct pd_ptext t = { 0 };
	size_t pad = width > (int64_t)v->s.chars ?
	    (size_t)width - v->s.chars : 0;

	if (pad > ev->arena.max)
		pd_ev_alloc(ev, SIZE_MAX / 2);
	pd_pt_add(ev, &t, v->s.p, sign);
	pd_pt_fill(ev, &t, "0", 1, pad);
	pd_pt_add(ev, &t, v->s.p + sign, v->s.n - sign);
	return pd_text_like(ev, v, t.p, t.n);
}

struct pd_pv *
pd_text_expandtabs(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c);
	int64_t tab = c->p[0] != NULL ? pd_pv_index(ev, c->p[0]) : 8;
	struct pd_ptext t = { 0 };
	size_t column = 0, n;

	for (size_t i = 0; i < v->s.n; i++) {
		char ch = v->s.p[i];

		if (ch == '\t') {
			n = tab > 0 ? (size_t)tab - column % (size_t)tab : 0;
			if (n > ev->arena.max)
				pd_ev_alloc(ev, SIZE_MAX / 2);
			pd_pt_fill(ev, &t, " ", 1, n);
			column += n;
			continue;
		}
		pd_pt_addc(ev, &t, ch);
		column = ch == '\n' || ch == '\r' ? 0 : v->kind == PD_K_STR ?
		    column + ((ch & 0xc0) != 0x80) : column + 1;
	}
	return pd_text_like(ev, v, t.p, t.n);
}
