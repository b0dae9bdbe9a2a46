/*
 * pp: texts that do not fit in a line.
 *
 * Called by eval-pprint.c.
 */
#include "core/eval-pprint.h"

/* Characters of the text's repr. */
static long
repr_len(struct pd_pp *u, const char *s, size_t n)
{
	struct pd_ptext t = { 0 };

	pd_repr_text(u->ev, &t, s, n, false);
	return (long)pd_utf_count(t.p, t.n);
}

struct chunks {
	const char	**s;
	size_t		 *len;
	size_t		  n, cap;
};

static void
add_chunk(struct pd_pp *u, struct chunks *c, const char *s, size_t n)
{
	const char **grown;
	size_t *lens;

	if (c->n == c->cap) {
		c->cap = c->cap * 2 + 8;
		grown = pd_ev_allocn(u->ev, c->cap, sizeof(*grown));
		lens = pd_ev_allocn(u->ev, c->cap, sizeof(*lens));
		if (c->n > 0) {
			memcpy(grown, c->s, c->n * sizeof(*grown));
			memcpy(lens, c->len, c->n * sizeof(*lens));
		}
		c->s = grown;
		c->len = lens;
	}
	c->s[c->n] = s;
	c->len[c->n++] = n;
}

static bool
is_blank(const char *s, size_t n, size_t *size)
{
	return pd_utf_space(pd_utf_get(s, n, size));
}

/* A word with the blanks behind it. */
static size_t
word(const char *s, size_t n)
{
	size_t i = 0, size;

	while (i < n && !is_blank(s + i, n - i, &size))
		i += size;
	while (i < n && is_blank(s + i, n - i, &size))
		i += size;
	return i;
}

/* A line too long for its room, by words. */
static void
wrap(struct pd_pp *u, struct chunks *c, const char *s, size_t n, long room,
    long last_room)
{
	size_t from = 0, to = 0, w;

	while (to < n) {
		w = word(s + to, n - to);
		if (repr_len(u, s + from, to + w - from) >
		    (to + w == n ? last_room : room)) {
			if (to > from)
				add_chunk(u, c, s + from, to - from);
			from = to;
		}
		to += w;
	}
	if (from < n)
		add_chunk(u, c, s + from, n - from);
}

void
pd_pp_str(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	struct pd_pcall call = { .self = v, .fn = pd_func_find(pd_str_methods,
	    "splitlines") };
	struct chunks c = { 0 };
	struct pd_pv *lines, *s;
	long room;

	call.p[0] = pd_pv_bool(true);
	lines = call.fn->fn(u->ev, &call);
	if (level == 1) {
		indent++;
		allowance++;
	}
	room = PD_PP_WIDTH - indent;
	for (size_t i = 0; i < lines->seq.n; i++) {
		bool last = i + 1 == lines->seq.n;

		s = lines->seq.v[i];
		if (repr_len(u, s->s.p, s->s.n) <= (last ? room - allowance :
		    room))
			add_chunk(u, &c, s->s.p, s->s.n);
		else
			wrap(u, &c, s->s.p, s->s.n, room, last ? room -
			    allowance : room);
	}
	if (c.n > 1 && level == 1)
		pd_pt_adds(u->ev, u->out, "(");
	for (size_t i = 0; i < c.n && !u->out->full; i++) {
		if (i > 0)
			pd_pp_newline(u, "", indent);
		pd_repr_text(u->ev, u->out, c.s[i], c.len[i], false);
	}
	if (c.n > 1 && level == 1)
		pd_pt_adds(u->ev, u->out, ")");
}

static size_t
bytes_repr_len(struct pd_pp *u, const char *s, size_t n)
{
	struct pd_ptext t = { 0 };

	pd_repr_text(u->ev, &t, s, n, true);
	return t.n;
}

void
pd_pp_bytes(struct pd_pp *u, struct pd_pv *v, long indent, long allowance,
    unsigned level)
{
	const char *s = v->s.p;
	size_t n = v->s.n, from = 0, to = 0, step;
	bool begun = false;
	long width;

	if (n <= 4) {
		pd_ev_repr(u->ev, u->out, v);
		return;
	}
	if (level == 1) {
		pd_pt_adds(u->ev, u->out, "(");
		indent++;
		allowance++;
	}
	width = PD_PP_WIDTH - indent;
	while (to < n && !u->out->full) {
		step = n - to < 4 ? n - to : 4;
		if (to == n / 4 * 4)
			width -= allowance;
		if ((long)bytes_repr_len(u, s + from, to + step - from) >
		    width && to > from) {
			if (begun)
				pd_pp_newline(u, "", indent);
			pd_repr_text(u->ev, u->out, s + from, to - from, true);
			begun = true;
			from = to;
		}
		to += step;
	}
	if (begun)
		pd_pp_newline(u, "", indent);
	pd_repr_text(u->ev, u->out, s + from, n - from, true);
	if (level == 1)
		pd_pt_adds(u->ev, u->out, ")");
}
