/*
 * A call's arguments and the names that a builtin function has for them.
 *
 * Called by eval-call.c.
 */
#include "core/eval-room.h"

struct param {
	const char	*name;
	size_t		 n;
	bool		 optional;
};

/* The word at *p, which goes behind it; false at the end. */
static bool
next_param(const char **p, struct param *out)
{
	const char *s = *p;

	while (*s == ' ')
		s++;
	if (*s == '\0')
		return false;
	out->name = s;
	out->n = strcspn(s, " ?");
	s += out->n;
	out->optional = *s == '?';
	*p = s + out->optional;
	return true;
}

const char *
pd_ev_callable(struct pd_ev *ev, const struct pd_pcall *c)
{
	struct pd_ptext t = { 0 };

	if (c->self == NULL)
		return c->fn->name;
	pd_pt_addf(ev, &t, "%s.%s", pd_pv_short_name(ev, c->self),
	    c->fn->name);
	return t.p;
}

static _Noreturn void
wrong_count(struct pd_ev *ev, const struct pd_pcall *c, size_t min,
    size_t max)
{
	const char *name = pd_ev_callable(ev, c);
	size_t want = c->narg < min ? min : max;

	if (min == max && min == 0)
		pd_ev_raise(ev, "TypeError", "%s() takes no arguments (%zu "
		    "given)", name, c->narg);
	if (min == max && min == 1)
		pd_ev_raise(ev, "TypeError", "%s() takes exactly one argument "
		    "(%zu given)", name, c->narg);
	pd_ev_raise(ev, "TypeError", "%s expected %s%zu argument%s, got %zu",
	    c->fn->name, min == max ? "" : c->narg < min ? "at least " :
	    "at most ", want, want == 1 ? "" : "s", c->narg);
}

/* The place of a keyword among the names, or SIZE_MAX. */
static size_t
keyword_place(const char *params, const struct pd_ast_text *kw)
{
	struct param p;
	size_t i = 0, found = SIZE_MAX;

	while (next_param(&params, &p)) {
		if (p.name[0] == '/')
			found = SIZE_MAX;	/* those before it have none */
		if (p.name[0] == '*' || p.name[0] == '/')
			continue;
		if (p.n == kw->n && memcmp(p.name, kw->s, p.n) == 0)
			found = i;
		i++;
	}
	return found;
}

static void
bind_keywords(struct pd_ev *ev, struct pd_pcall *c)
{
	const char *name = pd_ev_callable(ev, c);

	for (size_t k = 0; k < c->nkw; k++) {
		size_t i = keyword_place(c->fn->params, &c->kw[k]);

		if (i == SIZE_MAX && strchr(c->fn->params, '/') != NULL &&
		    strstr(c->fn->params, "/ ") == NULL)
			pd_ev_raise(ev, "TypeError", "%s() takes no keyword "
			    "arguments", name);
		if (i == SIZE_MAX)
			pd_ev_raise(ev, "TypeError", "%s() got an unexpected "
			    "keyword argument '%s'", c->fn->name, c->kw[k].s);
		if (c->p[i] != NULL)
			pd_ev_raise(ev, "TypeError", "argument for %s() given "
			    "by name ('%s') and position (%zu)", c->fn->name,
			    c->kw[k].s, i + 1);
		c->p[i] = c->kwarg[k];
	}
}

void
pd_ev_bind(struct pd_ev *ev, struct pd_pcall *c)
{
	const char *params = c->fn->params;
	size_t i = 0, min = 0, max = 0;
	bool star = false, rest = false;
	struct param p;

	if (params == NULL)
		return;
	while (next_param(&params, &p)) {
		if (p.name[0] == '/')
			continue;
		if (p.name[0] == '*') {
			star = true;
			rest = p.n > 1;
			continue;
		}
		if (!star) {
			if (i < c->narg)
				c->p[i] = c->arg[i];
			max++;
			min += !p.optional;
		}
		i++;
	}
	if (rest && c->narg > max) {
		c->rest = c->arg + max;
		c->nrest = c->narg - max;
	}
	if (c->narg > max && !rest)
		wrong_count(ev, c, min, max);
	bind_keywords(ev, c);
	params = c->fn->params;
	for (i = 0; next_param(&params, &p);) {
		if (p.name[0] == '/' || p.name[0] == '*')
			continue;
		if (c->p[i] == NULL && !p.optional) {
			if (c->nkw == 0)
				wrong_count(ev, c, min, max);
			pd_ev_raise(ev, "TypeError", "%s() missing required "
			    "argument '%.*s' (pos %zu)", c->fn->name,
			    (int)p.n, p.name, i + 1);
		}
		i++;
	}
}
