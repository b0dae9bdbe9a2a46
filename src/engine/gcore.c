/*
 * generate-core-file at a stop, and the same for looking at all objects.
 *
 * Called by serve.c.  In a post mortem the core is of the exception; else of
 * the threads as they stand, the stopped one first.  What the debugger finds in
 * it can be kept under names.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "engine/core.h"
#include "engine/dump.h"
#include "engine/eval.h"

static uint64_t number;	/* of the request, from 1 */
static uint64_t shown;	/* that which has shown all objects last; 0 */

/* New reference: the value of the request's expression; NULL: rep has what it
 * raised. */
static PyObject *
evaluate(const struct pd_dump_req *req, struct pd_dump_report *rep,
    struct pd_err *err)
{
	PyFrameObject *f;
	struct pd_guard g;
	PyObject *o;

	pd_stop_need_stack();
	f = pd_stack_frame(&pd_stop_stack, req->frame, err);
	if (f == NULL)
		return NULL;
	pd_guard_enter(&g, 0);
	o = pd_eval_object(f, &req->text);
	if (o == NULL) {
		rep->failed = true;
		rep->note = pd_exception_take();
	}
	pd_guard_leave(&g);
	rep->ident = (uintptr_t)o;
	return o;
}

void
pd_gcore_next(void)
{
	number++;
}

/*
 * The addresses are of objects that the walk over all objects has met a moment
 * ago.  Nothing has run since: the next request was waited for with the GIL
 * held, so they all live.
 */
int
pd_gcore_keep(const struct pd_keep *req, struct pd_nothing *rep,
    struct pd_err *err)
{
	const uint64_t *id = req->idents.v;
	size_t n = req->idents.n;
	struct pd_guard g;
	PyObject **v;

	(void)rep;
	if (shown == 0 || number != shown + 1)
		return pd_err_set(err, "what was found may be gone");
	v = pd_xcalloc(n + 1, sizeof(*v));
	for (size_t i = 0; i < n; i++)
		v[i] = Py_NewRef((PyObject *)(uintptr_t)id[i]);
	/* From here on finalizers may run: of what had the names, or of what
	 * the collector finds. */
	pd_guard_enter(&g, 0);
	pd_conv_number(v, n);
	for (size_t i = 0; i < n; i++)
		Py_DECREF(v[i]);
	pd_guard_leave(&g);
	free(v);
	return 0;
}

/* Into a file of the debugger's. */
static int
write_in_place(const char *file, const struct pd_dump *dump,
    struct pd_dump_report *rep, struct pd_err *err)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY), rc;

	if (fd == -1)
		return pd_err_set(err, "cannot write %s: %s", file,
		    strerror(errno));
	rc = pd_dump_write(fd, dump, rep, err);
	close(fd);
	return rc;
}

int
pd_gcore_do(const struct pd_dump_req *req, struct pd_dump_report *rep,
    struct pd_err *err)
{
	struct pd_dump dump = { .exc = pd_chain_raised(),
	    .thread = pd_stop_tstate, .why = PD_CORE_WHY_COMMAND,
	    .main_code = pd_main_code, .thread_number = pd_thread_number,
	    .output = req->output, .all = req->all,
	    .but = pd_conv_table() };
	PD_OWNED value = NULL;

	if (req->text.s != NULL) {
		value = evaluate(req, rep, err);
		if (value == NULL)
			return rep->failed ? 0 : -1;
	}
	if (dump.exc != NULL)
		dump.why = PD_CORE_WHY_UNCAUGHT;
	/* The texts stay the request's. */
	dump.limits = req->limits;
	if (req->in_place) {
		/* An object that was made for this is gone afterwards, and
		 * its finalizer may take others along. */
		if (value == NULL || Py_REFCNT(value) > 1)
			shown = number;
		return write_in_place(pd_str_c(&req->file), &dump, rep, err);
	}
	return pd_dump_file(req->file.s, NULL, &dump, rep, err);
}
