/*
 * Text: taking apart and joining.
 *
 * Called by the evaluator of cores by way of the tables of methods.
 */
#include "core/eval-text.h"

#include <ctype.h>

static void
add(struct pd_ev *ev, struct pd_pvec *l, const struct pd_pv *v, size_t from,
    size_t to)
{
	pd_ev_step(ev, 1);
	pd_pvec_add(ev, l, pd_text_like(ev, v, v->s.p + from, to - from));
}

static bool
blank_at(const struct pd_pv *v, size_t i, size_t *size)
{
	*size = 1;
	if (v->kind != PD_K_STR)
		return isspace((unsigned char)v->s.p[i]);
	return pd_utf_space(pd_utf_get(v->s.p + i, v->s.n - i, size));
}

/* The beginning of the character that ends at i. */
static size_t
before(const struct pd_pv *v, size_t i)
{
	i--;
	while (v->kind == PD_K_STR && i > 0 &&
	    ((unsigned char)v->s.p[i] & 0xc0) == 0x80)
		i--;
	return i;
}

static void
split_blanks(struct pd_ev *ev, const struct pd_pv *v, int64_t max,
    struct pd_pvec *l)
{
	size_t i = 0, from, size;

	for (;; max--) {
		while (i < v->s.n && blank_at(v, i, &size))
			i += size;
		if (i == v->s.n)
			return;
		from = i;
		if (max == 0) {
			i = v->s.n;
			while (i > from && blank_at(v, before(v, i), &size))
				i = before(v, i);
			add(ev, l, v, from, i);
			return;
		}
		while (i < v->s.n && !blank_at(v, i, &size))
			i += size;
		add(ev, l, v, from, i);
	}
}

static void
rsplit_blanks(struct pd_ev *ev, const struct pd_pv *v, int64_t max,
    struct pd_pvec *l)
{
	size_t i = v->s.n, to, size, from = 0;

	for (;; max--) {
		while (i > 0 && blank_at(v, before(v, i), &size))
			i = before(v, i);
		if (i == 0)
			return;
		to = i;
		if (max == 0) {
			while (from < to && blank_at(v, from, &size))
				from += size;
			add(ev, l, v, from, to);
			return;
		}
		while (i > 0 && !blank_at(v, before(v, i), &size))
			i = before(v, i);
		add(ev, l, v, i, to);
	}
}

static void
reverse(struct pd_pvec *l)
{
	for (size_t i = 0; i < l->n / 2; i++) {
		struct pd_pv *x = l->v[i];

		l->v[i] = l->v[l->n - 1 - i];
		l->v[l->n - 1 - i] = x;
	}
}

struct pd_pv *
pd_text_split(struct pd_ev *ev, struct pd_pcall *c)
{
	bool last = c->fn->name[0] == 'r';
	struct pd_pv *v = pd_text_self(ev, c), *sep = c->p[0];
	int64_t max = c->p[1] != NULL ? pd_pv_index(ev, c->p[1]) : -1;
	size_t from = 0, to = v->s.n, i;
	struct pd_pvec l = { 0 };

	if (sep == NULL || sep->kind == PD_K_NONE) {
		(last ? rsplit_blanks : split_blanks)(ev, v, max, &l);
		if (last)
			reverse(&l);
		return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
	}
	if (v->kind == PD_K_STR && sep->kind != PD_K_STR)
		pd_ev_raise(ev, "TypeError", "must be str or None, not %s",
		    pd_pv_type_name(ev, sep));
	pd_text_arg(ev, v, sep, NULL);
	if (sep->s.n == 0)
		pd_ev_raise(ev, "ValueError", "empty separator");
	for (; max != 0; max--) {
		i = pd_text_find(v->s.p + from, to - from, sep->s.p, sep->s.n,
		    last);
		if (i == SIZE_MAX)
			break;
		i += from;
		if (last) {
			add(ev, &l, v, i + sep->s.n, to);
			to = i;
		} else {
			add(ev, &l, v, from, i);
			from = i + sep->s.n;
		}
	}
	add(ev, &l, v, from, to);
	if (last)
		reverse(&l);
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

/* Bytes of the line end at i, or 0. */
static size_t
line_end(const struct pd_pv *v, size_t i)
{
	char ch = v->s.p[i];
	uint32_t wide;
	size_t size;

	if (ch == '\r')
		return i + 1 < v->s.n && v->s.p[i + 1] == '\n' ? 2 : 1;
	if (ch == '\n')
		return 1;
	if (v->kind != PD_K_STR)
		return 0;
	if (ch == '\v' || ch == '\f' || (ch >= 0x1c && ch <= 0x1e))
		return 1;
	wide = pd_utf_get(v->s.p + i, v->s.n - i, &size);
	return wide == 0x85 || wide == 0x2028 || wide == 0x2029 ? size : 0;
}

struct pd_pv *
pd_text_splitlines(struct pd_ev *ev, struct pd_pcall *c)
{
	bool keep = c->p[0] != NULL && pd_pv_true(ev, c->p[0]);
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pvec l = { 0 };
	size_t from = 0, end;

	for (size_t i = 0; i < v->s.n; i++) {
		end = line_end(v, i);
		if (end == 0)
			continue;
		add(ev, &l, v, from, i + (keep ? end : 0));
		i += end - 1;
		from = i + 1;
	}
	if (from < v->s.n)
		add(ev, &l, v, from, v->s.n);
	return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
}

struct pd_pv *
pd_text_partition(struct pd_ev *ev, struct pd_pcall *c)
{
	bool last = c->fn->name[0] == 'r';
	struct pd_pv *v = pd_text_self(ev, c);
	struct pd_pv *sep = pd_text_arg(ev, v, c->p[0], NULL);
	struct pd_pvec l = { 0 };
	size_t i;

	if (sep->s.n == 0)
		pd_ev_raise(ev, "ValueError", "empty separator");
	i = pd_text_find(v->s.p, v->s.n, sep->s.p, sep->s.n, last);
	if (i == SIZE_MAX && last) {
		add(ev, &l, v, 0, 0);
		add(ev, &l, v, 0, 0);
		add(ev, &l, v, 0, v->s.n);
	} else if (i == SIZE_MAX) {
		add(ev, &l, v, 0, v->s.n);
		add(ev, &l, v, 0, 0);
		add(ev, &l, v, 0, 0);
	} else {
		add(ev, &l, v, 0, i);
		add(ev, &l, v, i, i + sep->s.n);
		add(ev, &l, v, i + sep->s.n, v->s.n);
	}
	return pd_pv_seq(ev, PD_K_TUPLE, l.v, l.n);
}

struct pd_pv *
pd_text_join(struct pd_ev *ev, struct pd_pcall *c)
{
	struct pd_pv *v = pd_text_self(ev, c), *x;
	struct pd_ptext t = { 0 };
	struct pd_piter *it;
	size_t i = 0;

	if (pd_num_is(c->p[0]) || c->p[0]->kind == PD_K_NONE)
		pd_ev_raise(ev, "TypeError", "can only join an iterable");
	it = pd_ev_iter(ev, c->p[0]);
	for (; (x = pd_iter_next(ev, it)) != NULL; i++) {
		if (x->kind == PD_K_CUT)
			pd_ev_cut(ev);
		if (v->kind == PD_K_STR ? x->kind != PD_K_STR :
		    !pd_pv_is_text(x))
			pd_ev_raise(ev, "TypeError", "sequence item %zu: "
			    "expected %s, %s found", i, v->kind == PD_K_STR ?
			    "str instance" : "a bytes-like object",
			    pd_pv_type_name(ev, x));
		if (x->st != NULL && x->st->obj.cut != 0)
			pd_ev_cut(ev);
		if (i > 0)
			pd_pt_add(ev, &t, v->s.p, v->s.n);
		pd_pt_add(ev, &t, x->s.p, x->s.n);
	}
	return pd_text_like(ev, v, t.p, t.n);
}
