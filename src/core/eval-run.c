/*
 * One evaluation over a core: its memory, its limits, what it raises.
 *
 * Called by all files of the evaluator.
 */
#include "core/eval-room.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- raising ------------------------------------------------------------- */

static _Noreturn void
leave(struct pd_ev *ev)
{
	longjmp(*ev->fail, 1);
}

void
pd_ev_raise(struct pd_ev *ev, const char *type, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	size_t bare;
	va_list ap;

	pd_buf_adds(&b, type);
	bare = b.n;
	pd_buf_adds(&b, ": ");
	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	if (b.n == bare + 2)
		b.n = bare;
	pd_buf_done(&ev->text);
	ev->text = b;
	ev->exc = type;
	leave(ev);
}

void
pd_ev_stop(struct pd_ev *ev, const char *fmt, ...)
{
	struct pd_buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	pd_buf_addv(&b, fmt, ap);
	va_end(ap);
	pd_buf_done(&ev->text);
	ev->text = b;
	ev->exc = NULL;
	leave(ev);
}

void
pd_ev_no_process(struct pd_ev *ev, const char *what)
{
	pd_ev_stop(ev, "there is no process to call %s in", what);
}

void
pd_ev_cut(struct pd_ev *ev)
{
	pd_ev_stop(ev, "the value is not in the core");
}

static bool
caught(const struct pd_ev *ev, const char *types)
{
	size_t n;
	const char *p;

	if (ev->exc == NULL)
		return false;
	if (types == NULL)
		return true;
	n = strlen(ev->exc);
	for (p = types; (p = strstr(p, ev->exc)) != NULL; p += n)
		if ((p == types || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

bool
pd_ev_try(struct pd_ev *ev, void (*fn)(struct pd_ev *, void *), void *ctx,
    const char *types)
{
	jmp_buf here, *outer = ev->fail;
	unsigned depth = ev->depth;
	size_t nreprs = ev->nreprs;

	ev->fail = &here;
	if (setjmp(here) == 0) {
		fn(ev, ctx);
		ev->fail = outer;
		return true;
	}
	ev->fail = outer;
	ev->depth = depth;
	ev->nreprs = nreprs;
	if (!caught(ev, types))
		leave(ev);
	return false;
}

/* ---- memory and limits --------------------------------------------------- */

void *
pd_ev_alloc(struct pd_ev *ev, size_t n)
{
	void *p = pd_arena_alloc(&ev->arena, n);

	if (p == NULL)
		pd_ev_stop(ev, "the value takes more than %zu MB",
		    ev->arena.max >> 20);
	return p;
}

void *
pd_ev_allocn(struct pd_ev *ev, size_t n, size_t size)
{
	if (n > ev->arena.max / size)
		n = ev->arena.max / size + 1;
	return pd_ev_alloc(ev, n * size);
}

void
pd_ev_step(struct pd_ev *ev, uint64_t n)
{
	if (n > ev->steps_max || ev->steps > ev->steps_max - n)
		pd_ev_stop(ev, "the expression takes more than %llu steps",
		    (unsigned long long)ev->steps_max);
	ev->steps += n;
	if (ev->steps >= ev->ask_at) {
		ev->ask_at = ev->steps + PD_EV_ASK;
		if (ev->store != NULL && pd_core_store_stopped(ev->store))
			pd_ev_stop(ev, "interrupted");
	}
}

void
pd_ev_enter(struct pd_ev *ev)
{
	if (++ev->depth > PD_EV_DEPTH)
		pd_ev_raise(ev, "RecursionError",
		    "maximum recursion depth exceeded");
	pd_ev_step(ev, 1);
}

void
pd_ev_leave(struct pd_ev *ev)
{
	ev->depth--;
}

/* ---- text ---------------------------------------------------------------- */

void
pd_pt_add(struct pd_ev *ev, struct pd_ptext *t, const char *s, size_t n)
{
	char *grown;

	if (t->max > 0 && t->n + n > t->max) {
		t->full = true;
		n = t->max > t->n ? t->max - t->n : 0;
	}
	if (t->cap - t->n <= n) {
		t->cap = (t->n + n) * 2 + 48;
		grown = pd_ev_alloc(ev, t->cap);
		if (t->n > 0)
			memcpy(grown, t->p, t->n);
		t->p = grown;
	}
	if (n > 0)
		memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
	pd_ev_step(ev, n / 64);
}

void
pd_pt_adds(struct pd_ev *ev, struct pd_ptext *t, const char *s)
{
	pd_pt_add(ev, t, s, strlen(s));
}

void
pd_pt_addc(struct pd_ev *ev, struct pd_ptext *t, char c)
{
	pd_pt_add(ev, t, &c, 1);
}

void
pd_pt_char(struct pd_ev *ev, struct pd_ptext *t, uint32_t c)
{
	char b[PD_UTF8_MAX];

	pd_pt_add(ev, t, b, pd_utf8_put(b, c));
}

void
pd_pt_addf(struct pd_ev *ev, struct pd_ptext *t, const char *fmt, ...)
{
	char b[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	if (n > 0)
		pd_pt_add(ev, t, b, (size_t)n < sizeof(b) ? (size_t)n :
		    sizeof(b) - 1);
}

void
pd_pt_fill(struct pd_ev *ev, struct pd_ptext *t, const char *s, size_t n,
    size_t times)
{
	for (; times > 0 && n > 0 && !t->full; times--)
		pd_pt_add(ev, t, s, n);
}

struct pd_pv *
pd_pt_str(struct pd_ev *ev, struct pd_ptext *t)
{
	return pd_pv_str(ev, t->p != NULL ? t->p : "", t->n);
}
