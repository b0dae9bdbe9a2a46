/*
 * Looking at all objects of a live program: by a core of it.
 *
 * For live.c.  The engine writes a core of what there is, with all objects that
 * its collector knows, into a file without a name that is ours; what is asked
 * is then answered from that, by the same code and in the same words as for a
 * core file.  Nothing of the program runs but the expression whose value is
 * looked for.
 */
#include <sys/mman.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "target/core.h"
#include "target/live.h"

/* The core; rep says why the expression has no value. -1 as usual. */
static int
fetch(struct pd_target *t, int fd, const struct pd_graph_req *req,
    struct pd_graph *rep, uint64_t *ident, struct pd_err *err)
{
	bool one = req->what == PD_GRAPH_REFERRERS ||
	    req->what == PD_GRAPH_PATH;
	struct pd_dump_req dump = { .in_place = true, .all = true,
	    .frame = req->frame };
	struct pd_dump_report report = { 0 };
	int rc;

	dump.file = pd_strf("/proc/%d/fd/%d", (int)getpid(), fd);
	if (one)
		dump.text = req->text;
	rc = t->ops->dump(t, &dump, &report, err);
	if (rc == 0 && report.failed) {
		rep->failed = true;
		rep->note = pd_str_dup(&report.note);
	}
	*ident = report.ident;
	pd_rec_done(&pd_dump_report_desc, &report);
	pd_str_done(&dump.file);
	return rc;
}

/* Gives what was found its names in the program's place. */
static void
keep(struct pd_target *t, const struct pd_graph_req *asked,
    struct pd_graph *rep)
{
	struct pd_keep req = { 0 };
	struct pd_nothing none;
	struct pd_err err;

	if (rep->failed || (asked->what != PD_GRAPH_FIND &&
	    asked->what != PD_GRAPH_REFERRERS))
		return;
	PD_VEC_EACH(&rep->nodes, struct pd_node, n)
		if (n->ident != 0)
			*PD_VEC_PUSH(&req.idents, uint64_t) = n->ident;
	if (t->ops->keep(t, &req, &none, &err) == -1)
		rep->kept = 0;
	pd_rec_done(&pd_keep_desc, &req);
}

int
pd_live_graph(struct pd_target *t, const struct pd_graph_req *req,
    struct pd_graph *rep, struct pd_err *err)
{
	struct pd_graph_req on_core = *req;	/* borrows its texts */
	struct pd_target *core;
	struct pd_str name;
	int fd = memfd_create("pydbg-graph", MFD_CLOEXEC), rc = -1;

	memset(rep, 0, sizeof(*rep));
	if (fd == -1)
		return pd_err_set(err, "no room for the objects: %s",
		    strerror(errno));
	if (fetch(t, fd, req, rep, &on_core.ident, err) == 0) {
		name = pd_strf("/proc/self/fd/%d", fd);
		core = rep->failed ? NULL : pd_target_core_new(name.s, err);
		rc = rep->failed ? 0 : -1;
		if (core != NULL) {
			rc = core->ops->graph(core, &on_core, rep, err);
			core->ops->close(core);
		}
		if (rc == 0)
			keep(t, req, rep);
		pd_str_done(&name);
	}
	close(fd);
	return rc;
}
