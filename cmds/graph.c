/*
 * Looking at all objects: counts by type, who refers to one, which are of a
 * type, how one is reached.
 *
 * Called by info types, referrers, find and path.  The target answers, live or
 * a core, without running the program's code.
 */
#include "cmds/graph.h"

#include <ctype.h>
#include <string.h>

#define LL(x)	((unsigned long long)(x))

/* 0 with the answer, which the caller frees; else told. */
static int
ask(struct pd_session *s, enum pd_graph_what what, const char *text,
    const char *cond, struct pd_graph *rep)
{
	struct pd_graph_req req = { .what = what, .frame = s->frame };
	struct pd_err err;
	int rc;

	pd_out_flush(s->sink);
	if (*text != '\0')
		req.text = pd_str_from(text);
	req.cond = pd_str_from(cond);
	rc = s->target->ops->graph(s->target, &req, rep, &err);
	pd_str_done(&req.text);
	pd_str_done(&req.cond);
	if (rc < 0) {
		pd_session_fail(s, &err);
		return -1;
	}
	if (!rep->failed)
		return 0;
	pd_out_error(s->sink, "%s", pd_str_c(&rep->note));
	pd_rec_done(&pd_graph_desc, rep);
	return -1;
}

static void
tell_rest(struct pd_session *s, const struct pd_graph *rep)
{
	if (rep->total > rep->nodes.n)
		pd_out(s->sink, PD_ROLE_NOTE, "[%llu more]\n",
		    LL(rep->total - rep->nodes.n));
}

/* Before an object that has a name until others are looked for: "$1 = ". */
static void
tell_name(struct pd_session *s, const struct pd_graph *rep, uint64_t number)
{
	if (number > rep->kept)
		return;
	pd_out(s->sink, PD_ROLE_MARK, "$%llu", LL(number));
	pd_out(s->sink, PD_ROLE_TEXT, " = ");
}

/* "TYPE at 0x..: TEXT" */
static void
tell_object(struct pd_session *s, const struct pd_node *n)
{
	pd_out_str(s->sink, PD_ROLE_NAME, &n->type);
	pd_out(s->sink, PD_ROLE_LINE, " at 0x%llx", LL(n->ident));
	pd_out(s->sink, PD_ROLE_TEXT, ": ");
	pd_out_str(s->sink, PD_ROLE_VALUE, &n->text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

enum pd_cmd_status
pd_graph_types(struct pd_session *s, const char *arg)
{
	struct pd_graph rep = { 0 };

	if (ask(s, PD_GRAPH_TYPES, arg, NULL, &rep) < 0)
		return PD_CMD_FAILED;
	if (rep.nodes.n > 0)
		pd_out(s->sink, PD_ROLE_TEXT, "%12s %12s  Type\n", "Bytes",
		    "Count");
	PD_VEC_EACH(&rep.nodes, struct pd_node, n) {
		pd_out(s->sink, PD_ROLE_LINE, "%12llu %12llu  ",
		    LL(n->bytes), LL(n->count));
		pd_out_str(s->sink, PD_ROLE_NAME, &n->type);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
	}
	if (rep.total > rep.nodes.n)
		pd_out(s->sink, PD_ROLE_NOTE, "[%llu more types]\n",
		    LL(rep.total - rep.nodes.n));
	if (*arg == '\0')
		pd_out(s->sink, PD_ROLE_TEXT, "%12llu %12llu  in all\n",
		    LL(rep.bytes), LL(rep.objects));
	else if (rep.nodes.n == 0)
		pd_out(s->sink, PD_ROLE_TEXT, "No %s.\n", arg);
	pd_rec_done(&pd_graph_desc, &rep);
	return PD_CMD_STAY;
}

enum pd_cmd_status
pd_graph_referrers(struct pd_session *s, const char *arg)
{
	struct pd_graph rep = { 0 };
	uint64_t number = 0;

	if (ask(s, PD_GRAPH_REFERRERS, arg, NULL, &rep) < 0)
		return PD_CMD_FAILED;
	if (rep.nodes.n == 0)
		pd_out(s->sink, PD_ROLE_TEXT, "Nothing refers to it.\n");
	PD_VEC_EACH(&rep.nodes, struct pd_node, n) {
		pd_out_str(s->sink, PD_ROLE_MARK, &n->how);
		pd_out(s->sink, PD_ROLE_TEXT, " of ");
		if (n->ident == 0) {
			pd_out_str(s->sink, PD_ROLE_FILE, &n->where);
			pd_out(s->sink, PD_ROLE_TEXT, "\n");
		} else {
			tell_name(s, &rep, ++number);
			tell_object(s, n);
		}
	}
	tell_rest(s, &rep);
	pd_rec_done(&pd_graph_desc, &rep);
	return PD_CMD_STAY;
}

/* Where " if " stands outside of everything: behind the type's name, which has
 * no blank in it. */
static const char *
condition(const char *arg, struct pd_str *type)
{
	size_t n = strcspn(arg, " \t");
	const char *rest = arg + n + strspn(arg + n, " \t");

	*type = pd_str_new(arg, n);
	if (*rest == '\0')
		return NULL;
	if (strncmp(rest, "if", 2) == 0 && isspace((unsigned char)rest[2]))
		return rest + 2 + strspn(rest + 2, " \t");
	return rest;
}

enum pd_cmd_status
pd_graph_find(struct pd_session *s, const char *arg)
{
	struct pd_graph rep = { 0 };
	struct pd_str type;
	const char *cond = condition(arg, &type);
	uint64_t number = 0;
	int rc;

	if (type.n == 0 || (cond != NULL && *cond == '\0')) {
		pd_str_done(&type);
		pd_out_error(s->sink, "find wants a type, and perhaps a "
		    "condition: find Order if self.total < 0");
		return PD_CMD_FAILED;
	}
	rc = ask(s, PD_GRAPH_FIND, type.s, cond, &rep);
	if (rc == 0) {
		PD_VEC_EACH(&rep.nodes, struct pd_node, n) {
			if (n->ident != 0)
				tell_name(s, &rep, ++number);
			tell_object(s, n);
		}
		tell_rest(s, &rep);
		if (rep.total == 0)
			pd_out(s->sink, PD_ROLE_TEXT, "No %s%s.\n", type.s,
			    cond != NULL ? " for which that is true" : "");
		if (rep.note.s != NULL)
			pd_out(s->sink, PD_ROLE_NOTE, "[the condition "
			    "failed: %s]\n", rep.note.s);
		pd_rec_done(&pd_graph_desc, &rep);
	}
	pd_str_done(&type);
	return rc == 0 ? PD_CMD_STAY : PD_CMD_FAILED;
}

enum pd_cmd_status
pd_graph_path(struct pd_session *s, const char *arg)
{
	struct pd_graph rep = { 0 };
	const struct pd_node *last = NULL;

	if (ask(s, PD_GRAPH_PATH, arg, NULL, &rep) < 0)
		return PD_CMD_FAILED;
	PD_VEC_EACH(&rep.nodes, struct pd_node, n) {
		last = n;
		if (n->where.s != NULL) {
			pd_out_str(s->sink, PD_ROLE_FILE, &n->where);
			pd_out(s->sink, PD_ROLE_TEXT, ": ");
		} else if (n != (struct pd_node *)rep.nodes.v) {
			pd_out(s->sink, PD_ROLE_TEXT, "  ");
		}
		pd_out_str(s->sink, PD_ROLE_MARK, &n->how);
		pd_out(s->sink, PD_ROLE_TEXT, n->how.n > 0 ? " = " : "");
		tell_object(s, n);
	}
	if (last == NULL)
		pd_out(s->sink, PD_ROLE_TEXT, "Nothing leads to it from a "
		    "frame or a module.\n");
	else if (last->expr.n > 0 && rep.nodes.n > 1)
		pd_out(s->sink, PD_ROLE_NOTE, "[in frame %llu: %s]\n",
		    LL(((struct pd_node *)rep.nodes.v)->frame),
		    last->expr.s);
	pd_rec_done(&pd_graph_desc, &rep);
	return PD_CMD_STAY;
}
