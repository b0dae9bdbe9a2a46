/*
 * Comprehensions and generator expressions.
 *
 * Called by the evaluator of cores.  All of them are one machine that gives
 * an element when it is asked for the next: a generator expression hands it
 * out, the others run it to its end.
 */
#include "core/eval-room.h"

struct comp {
	const struct pd_ast	*ast;
	struct pd_pscope	 scope;
	struct pd_pv		*outer;		/* the first iterable */
	struct pd_piter		**its;		/* of each for */
	size_t			 level;		/* how many run */
	bool			 begun;
};

static void	bind(struct pd_ev *, struct pd_pscope *, const struct pd_ast *,
		    struct pd_pv *);

/* a, *b, c = values */
static void
unpack(struct pd_ev *ev, struct pd_pscope *scope, const struct pd_ast *t,
    struct pd_pv *v)
{
	struct pd_pvec all;
	size_t star = SIZE_MAX, i, behind;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (v->kind == PD_K_NONE || pd_num_is(v))
		pd_ev_raise(ev, "TypeError", "cannot unpack non-iterable %s "
		    "object", pd_pv_type_name(ev, v));
	all = pd_ev_list(ev, v);
	for (i = 0; i < t->n; i++)
		if (t->list[i]->kind == PD_AST_STAR)
			star = i;
	if (star == SIZE_MAX && all.n > t->n)
		pd_ev_raise(ev, "ValueError", "too many values to unpack "
		    "(expected %zu)", t->n);
	if (all.n < t->n - (star != SIZE_MAX))
		pd_ev_raise(ev, "ValueError", "not enough values to unpack "
		    "(expected %s%zu, got %zu)", star != SIZE_MAX ?
		    "at least " : "", t->n - (star != SIZE_MAX), all.n);
	for (i = 0; i < t->n && i < star; i++)
		bind(ev, scope, t->list[i], all.v[i]);
	if (star == SIZE_MAX)
		return;
	behind = t->n - star - 1;
	bind(ev, scope, t->list[star]->a, pd_pv_seq(ev, PD_K_LIST,
	    all.n > 0 ? all.v + star : NULL, all.n - star - behind));
	for (i = 0; i < behind; i++)
		bind(ev, scope, t->list[star + 1 + i],
		    all.v[all.n - behind + i]);
}

static void
bind(struct pd_ev *ev, struct pd_pscope *scope, const struct pd_ast *t,
    struct pd_pv *v)
{
	switch (t->kind) {
	case PD_AST_NAME:
		pd_scope_set(ev, scope, &t->text, v);
		break;
	case PD_AST_LIST:
	case PD_AST_TUPLE:
		unpack(ev, scope, t, v);
		break;
	default:
		pd_ev_stop(ev, "there is no process to assign to %s in",
		    pd_ev_source(ev, t));
	}
}

static bool
conditions(struct pd_ev *ev, struct comp *c, const struct pd_ast *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (!pd_pv_true(ev, pd_ev_node(ev, f->list[i], &c->scope)))
			return false;
	return true;
}

/* Binds the next round of all for clauses; false at the end. */
static bool
advance(struct pd_ev *ev, struct comp *c)
{
	const struct pd_ast *f;
	struct pd_pv *v;

	if (!c->begun) {
		c->begun = true;
		c->its[0] = pd_ev_iter(ev, c->outer);
		c->level = 1;
	}
	while (c->level > 0) {
		pd_ev_step(ev, 1);
		f = c->ast->list[c->level - 1];
		v = pd_iter_next(ev, c->its[c->level - 1]);
		if (v == NULL) {
			c->level--;
			continue;
		}
		bind(ev, &c->scope, f->a, v);
		if (!conditions(ev, c, f))
			continue;
		if (c->level == c->ast->n)
			return true;
		v = pd_ev_node(ev, c->ast->list[c->level]->b, &c->scope);
		c->its[c->level++] = pd_ev_iter(ev, v);
	}
	return false;
}

static struct pd_pv *
next(struct pd_ev *ev, struct pd_piter *it)
{
	struct comp *c = it->state;

	return advance(ev, c) ? pd_ev_node(ev, c->ast->a, &c->scope) : NULL;
}

static struct pd_pv *
collect(struct pd_ev *ev, struct comp *c)
{
	struct pd_pvec l = { 0 };
	struct pd_ptab *t;
	struct pd_pv *x;

	if (c->ast->kind == PD_AST_LISTCOMP) {
		while (advance(ev, c))
			pd_pvec_add(ev, &l, pd_ev_node(ev, c->ast->a,
			    &c->scope));
		return pd_pv_seq(ev, PD_K_LIST, l.v, l.n);
	}
	t = pd_tab_new(ev, 0);
	while (advance(ev, c)) {
		x = pd_ev_node(ev, c->ast->a, &c->scope);
		if (c->ast->kind == PD_AST_DICTCOMP)
			pd_tab_put(ev, t, x, pd_ev_node(ev, c->ast->b,
			    &c->scope));
		else if (pd_tab_find(ev, t, x) == NULL)
			pd_tab_put(ev, t, x, NULL);
	}
	return pd_pv_tab(ev, c->ast->kind == PD_AST_DICTCOMP ? PD_K_DICT :
	    PD_K_SET, t);
}

struct pd_pv *
pd_ev_comp(struct pd_ev *ev, const struct pd_ast *a, struct pd_pscope *scope)
{
	struct comp *c = pd_ev_alloc(ev, sizeof(*c));
	struct pd_piter *it;

	for (size_t i = 0; i < a->n; i++)
		if (a->list[i]->op != 0)
			pd_ev_stop(ev, "there is no process to iterate over "
			    "%s in", pd_ev_source(ev, a->list[i]->b));
	c->ast = a;
	c->scope.up = scope;
	c->scope.comp = true;
	c->its = pd_ev_allocn(ev, a->n, sizeof(struct pd_piter *));
	c->outer = pd_ev_node(ev, a->list[0]->b, scope);
	if (a->kind != PD_AST_GENEXP)
		return collect(ev, c);
	/* What cannot be iterated over is told at once. */
	c->its[0] = pd_ev_iter(ev, c->outer);
	c->begun = true;
	c->level = 1;
	it = pd_iter_new(ev, "generator", next);
	it->state = c;
	return pd_pv_iter(ev, it);
}
