/*
 * generate-core-file at a stop.
 *
 * Called by serve.c.  In a post mortem the core is of the exception; else of
 * the threads as they stand, the stopped one first.
 */
#include "engine/core.h"
#include "engine/dump.h"

int
pd_gcore_do(const struct pd_dump_req *req, struct pd_dump_report *rep,
    struct pd_err *err)
{
	struct pd_dump dump = { .exc = pd_chain_raised(),
	    .thread = pd_stop_tstate, .why = PD_CORE_WHY_COMMAND,
	    .main_code = pd_main_code, .thread_number = pd_thread_number };

	if (dump.exc != NULL)
		dump.why = PD_CORE_WHY_UNCAUGHT;
	/* The text stays the request's. */
	dump.limits = req->limits;
	return pd_dump_file(req->file.s, NULL, &dump, rep, err);
}
