/*
 * target/core: the exceptions of a core file's threads.
 *
 * First come those that led to one another, as live: the oldest first, the one
 * that was raised last.  Behind them are those that groups among them hold,
 * and what led to these: each has frames of its own.
 */
#include <string.h>

#include "target/core-room.h"

#define EXCS_MAX	999	/* as live */

/* ---- which there are ------------------------------------------------- */

static bool
is_listed(const struct pd_coretarget *c, uint64_t n)
{
	PD_VEC_EACH(&c->excs, struct pd_core_listed, x)
		if (x->number == n)
			return true;
	return false;
}

static void
add(struct pd_coretarget *c, uint64_t n, uint64_t of, bool member)
{
	if (n != 0 && c->excs.n < EXCS_MAX && !is_listed(c, n))
		*PD_VEC_PUSH(&c->excs, struct pd_core_listed) =
		    (struct pd_core_listed){ n, of, member };
}

/* What a traceback would show above it. */
static uint64_t
before(const struct pd_core_exc *x)
{
	return x->cause != 0 ? x->cause : x->suppress ? 0 : x->context;
}

static void
reverse(struct pd_vec *v)
{
	for (size_t i = 0; i < v->n / 2; i++) {
		struct pd_core_listed *a = PD_VEC_AT(v, struct pd_core_listed,
		    i), *b = PD_VEC_AT(v, struct pd_core_listed, v->n - 1 - i);
		struct pd_core_listed t = *a;

		*a = *b;
		*b = t;
	}
}

static void
list_chain(struct pd_coretarget *c, uint64_t n)
{
	while (n != 0 && c->excs.n < EXCS_MAX && !is_listed(c, n)) {
		struct pd_core_exc x = { 0 };

		if (pd_core_store_rec(c->store, PD_CORE_T_EXC, n,
		    &pd_core_exc_desc, &x, NULL) == -1)
			break;
		add(c, n, 0, false);
		n = before(&x);
		pd_rec_done(&pd_core_exc_desc, &x);
	}
	reverse(&c->excs);
	c->chain = c->excs.n;
}

/* The list grows while it is gone through. */
static void
list_members(struct pd_coretarget *c)
{
	for (size_t i = 0; i < c->excs.n; i++) {
		uint64_t n = PD_VEC_AT(&c->excs, struct pd_core_listed,
		    i)->number;
		struct pd_core_exc x = { 0 };

		if (pd_core_store_rec(c->store, PD_CORE_T_EXC, n,
		    &pd_core_exc_desc, &x, NULL) == -1)
			continue;
		PD_VEC_EACH(&x.members, uint64_t, m)
			add(c, *m, i + 1, true);
		if (i >= c->chain)
			add(c, before(&x), i + 1, false);
		pd_rec_done(&pd_core_exc_desc, &x);
	}
}

void
pd_core_list_excs(struct pd_coretarget *c)
{
	struct pd_core_thread t = { 0 };
	uint64_t n = 0;

	c->excs.n = 0;
	if (pd_core_store_rec(c->store, PD_CORE_T_THREAD, c->thread,
	    &pd_core_thread_desc, &t, NULL) == 0)
		n = t.exc;
	/* Without its record: the first exception is what was raised. */
	else if (pd_core_store_count(c->store, PD_CORE_T_EXC) > 0)
		n = 1;
	pd_rec_done(&pd_core_thread_desc, &t);
	list_chain(c, n);
	list_members(c);
	c->exc = c->chain > 0 ? n : 0;
}

/* ---- the request ----------------------------------------------------- */

struct pd_str
pd_core_exception_text(struct pd_coretarget *c, const struct pd_core_exc *x)
{
	struct pd_core_ref ref = { .kind = PD_CORE_R_OBJ, .id = x->object };
	struct pd_value v = { 0 };
	struct pd_str s = { 0 };

	if (x->object != 0 && pd_core_render(c->store, &ref, PD_EVAL_REPR, 80,
	    0, &v, NULL) == 0 && !v.failed) {
		s = v.text;
		v.text = (struct pd_str){ 0 };
	}
	pd_rec_done(&pd_value_desc, &v);
	return s.s != NULL ? s : pd_str_dup(x->text.s != NULL ? &x->text :
	    &x->type);
}

struct pd_str
pd_core_raised(struct pd_coretarget *c)
{
	struct pd_core_exc x = { 0 };
	struct pd_str s;

	if (c->exc == 0 || pd_core_store_rec(c->store, PD_CORE_T_EXC, c->exc,
	    &pd_core_exc_desc, &x, NULL) == -1)
		return (struct pd_str){ 0 };
	s = x.text.s != NULL ? pd_str_dup(&x.text) :
	    pd_core_exception_text(c, &x);
	pd_rec_done(&pd_core_exc_desc, &x);
	return s;
}

static void
list(struct pd_coretarget *c, struct pd_exceptions *rep)
{
	for (size_t i = 0; i < c->excs.n; i++) {
		const struct pd_core_listed *from = PD_VEC_AT(&c->excs,
		    struct pd_core_listed, i);
		struct pd_exc *to = PD_VEC_PUSH(&rep->excs, struct pd_exc);
		struct pd_core_exc x = { 0 };

		to->of = from->of;
		to->member = from->member;
		if (from->number == c->exc)
			rep->current = i;
		if (pd_core_store_rec(c->store, PD_CORE_T_EXC, from->number,
		    &pd_core_exc_desc, &x, NULL) == -1)
			continue;
		to->text = pd_core_exception_text(c, &x);
		to->has_tb = x.count > 0;
		pd_rec_done(&pd_core_exc_desc, &x);
	}
}

static int
look_at(struct pd_coretarget *c, uint64_t index, struct pd_err *err)
{
	struct pd_core_exc x = { 0 };
	uint64_t n, count;

	if (index >= c->excs.n)
		return pd_err_set(err, "No exception with that number");
	n = PD_VEC_AT(&c->excs, struct pd_core_listed, index)->number;
	if (pd_core_store_rec(c->store, PD_CORE_T_EXC, n, &pd_core_exc_desc,
	    &x, err) == -1)
		return -1;
	count = x.count;
	pd_rec_done(&pd_core_exc_desc, &x);
	if (count == 0)
		return pd_err_set(err, "This exception does not have a "
		    "traceback, cannot jump to it");
	c->exc = n;
	pd_core_choose_stack(c);
	return 0;
}

int
pd_core_do_exceptions(struct pd_target *t,
    const struct pd_exceptions_req *req, struct pd_exceptions *rep,
    struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	int rc = 0;

	memset(rep, 0, sizeof(*rep));
	if (req->select)
		rc = look_at(c, req->index, err);
	else
		list(c, rep);
	pd_core_store_trim(c->store);
	return rc;
}
