/*
 * info frame, source, line, functions, modules, output.
 *
 * Called by info.  Patterns are regular expressions as grep's.
 */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "cmds/walk.h"
#include "target/core.h"

#define LL(x)	((unsigned long long)(x))

static enum pd_cmd_status
no_frame(struct pd_session *s)
{
	pd_out_error(s->sink, "no frame is selected");
	return PD_CMD_FAILED;
}

static void
field(struct pd_session *s, const char *name, const struct pd_str *v)
{
	pd_out(s->sink, PD_ROLE_NAME, "%-10s", name);
	pd_out_str(s->sink, PD_ROLE_VALUE, v);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

/* The frame whose number is one more; NULL: there is none. */
static const struct pd_frame *
caller(struct pd_session *s, const struct pd_frame *of)
{
	if (pd_session_stack(s) < 0)
		return NULL;
	PD_VEC_EACH(&s->stack.frames, struct pd_frame, f)
		if (f->index == of->index + 1 && !f->hidden)
			return f;
	return NULL;
}

enum pd_cmd_status
pd_info_frame(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f = pd_session_frame(s), *up;

	(void)arg;
	if (f == NULL)
		return no_frame(s);
	pd_out(s->sink, PD_ROLE_TEXT, "Frame %llu, ", LL(f->index));
	pd_out_str(s->sink, PD_ROLE_NAME, &f->func);
	pd_out(s->sink, PD_ROLE_TEXT, " at ");
	pd_out_str(s->sink, PD_ROLE_FILE, &f->file);
	pd_out(s->sink, PD_ROLE_TEXT, ":");
	pd_out(s->sink, PD_ROLE_LINE, "%llu\n", LL(f->line));
	pd_out(s->sink, PD_ROLE_TEXT, "begins at line %llu%s\n",
	    LL(f->firstline), f->is_module ? ", module level" : "");
	up = caller(s, f);
	if (up != NULL) {
		pd_out(s->sink, PD_ROLE_TEXT, "called by frame %llu, ",
		    LL(up->index));
		pd_out_str(s->sink, PD_ROLE_NAME, &up->func);
		pd_out(s->sink, PD_ROLE_TEXT, " at ");
		pd_out_str(s->sink, PD_ROLE_FILE, &up->file);
		pd_out(s->sink, PD_ROLE_TEXT, ":%llu\n", LL(up->line));
	}
	return PD_CMD_STAY;
}

enum pd_cmd_status
pd_info_source(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f = pd_session_frame(s);
	long lines;

	(void)arg;
	if (f == NULL)
		return no_frame(s);
	field(s, "file", &f->file);
	lines = pd_session_source_count(s, f);
	if (lines > 0)
		pd_out(s->sink, PD_ROLE_TEXT, "%ld lines\n", lines);
	else
		pd_out(s->sink, PD_ROLE_TEXT, "no source text\n");
	return PD_CMD_STAY;
}

/* The bytecode of one line of the frame's function. */
static enum pd_cmd_status
tell_line(struct pd_session *s, const struct pd_code *c, uint64_t line)
{
	uint64_t from = 0, to = 0;
	bool any = false, open = false;

	PD_VEC_EACH(&c->insns, struct pd_insn, i) {
		if (i->line == line && !any) {
			from = i->offset;
			any = open = true;
		} else if (open && i->line != line) {
			to = i->offset;
			open = false;
		}
	}
	pd_out(s->sink, PD_ROLE_TEXT, "Line %llu of ", LL(line));
	pd_out_str(s->sink, PD_ROLE_FILE, &c->file);
	if (!any) {
		pd_out(s->sink, PD_ROLE_TEXT, " has no code in ");
		pd_out_str(s->sink, PD_ROLE_NAME, &c->func);
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
		return PD_CMD_STAY;
	}
	pd_out(s->sink, PD_ROLE_TEXT, " begins at bytecode offset %llu of ",
	    LL(from));
	pd_out_str(s->sink, PD_ROLE_NAME, &c->func);
	if (open)
		pd_out(s->sink, PD_ROLE_TEXT, " and goes to its end\n");
	else
		pd_out(s->sink, PD_ROLE_TEXT, " and ends before %llu\n",
		    LL(to));
	return PD_CMD_STAY;
}

enum pd_cmd_status
pd_info_line(struct pd_session *s, const char *arg)
{
	const struct pd_frame *f = pd_session_frame(s);
	struct pd_code_req req = { .frame = s->frame };
	struct pd_code code = { 0 };
	struct pd_err err;
	uint64_t line = f != NULL ? f->line : 0;

	if (f == NULL)
		return no_frame(s);
	if (*arg != '\0' && !pd_count_arg(arg, &line)) {
		pd_out_error(s->sink, "info line wants a line number, not %s",
		    arg);
		return PD_CMD_FAILED;
	}
	if (s->target->ops->code(s->target, &req, &code, &err) < 0)
		return pd_session_fail(s, &err);
	tell_line(s, &code, line);
	pd_rec_done(&pd_code_desc, &code);
	return PD_CMD_STAY;
}

static int
by_name(const void *a, const void *b)
{
	const struct pd_name *x = a, *y = b;
	int c = strcmp(pd_str_c(&x->file), pd_str_c(&y->file));

	if (c == 0)
		c = (x->line > y->line) - (x->line < y->line);
	return c != 0 ? c : strcmp(pd_str_c(&x->name), pd_str_c(&y->name));
}

static int
by_module(const void *a, const void *b)
{
	return strcmp(pd_str_c(&((const struct pd_name *)a)->name),
	    pd_str_c(&((const struct pd_name *)b)->name));
}

static void
show_name(struct pd_session *s, const struct pd_name *n, bool function)
{
	if (function) {
		pd_out(s->sink, PD_ROLE_LINE, "%5llu  ", LL(n->line));
		pd_out_str(s->sink, PD_ROLE_NAME, &n->name);
	} else {
		pd_out(s->sink, PD_ROLE_NAME, "%-24s ", pd_str_c(&n->name));
		if (n->file.s != NULL)
			pd_out_str(s->sink, PD_ROLE_FILE, &n->file);
		else
			pd_out(s->sink, PD_ROLE_NOTE, "built in");
	}
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

static void
show_names(struct pd_session *s, struct pd_names *all, const regex_t *re,
    bool functions)
{
	const char *file = NULL;
	bool any = false;

	qsort(all->names.v, all->names.n, sizeof(struct pd_name),
	    functions ? by_name : by_module);
	PD_VEC_EACH(&all->names, struct pd_name, n) {
		if (re != NULL && regexec(re, pd_str_c(&n->name), 0, NULL,
		    0) != 0)
			continue;
		if (functions && (file == NULL ||
		    strcmp(file, pd_str_c(&n->file)) != 0)) {
			file = pd_str_c(&n->file);
			pd_out(s->sink, PD_ROLE_FILE, "%s:\n", file);
		}
		any = true;
		show_name(s, n, functions);
	}
	if (!any)
		pd_out(s->sink, PD_ROLE_TEXT, functions ?
		    "No functions.\n" : "No modules.\n");
}

static enum pd_cmd_status
names(struct pd_session *s, const char *arg, enum pd_names_which which)
{
	struct pd_names_req req = { .which = which, .frame = s->frame,
	    .all = *arg != '\0' };
	struct pd_names all = { 0 };
	struct pd_err err;
	char why[128];
	regex_t re;
	int rc;

	rc = *arg != '\0' ? regcomp(&re, arg, REG_EXTENDED | REG_NOSUB) : 0;
	if (rc != 0) {
		regerror(rc, &re, why, sizeof(why));
		pd_out_error(s->sink, "%s: %s", arg, why);
		return PD_CMD_FAILED;
	}
	rc = s->target->ops->names(s->target, &req, &all, &err);
	if (rc == 0)
		show_names(s, &all, *arg != '\0' ? &re : NULL,
		    which == PD_NAMES_FUNCTIONS);
	if (*arg != '\0')
		regfree(&re);
	pd_rec_done(&pd_names_desc, &all);
	return rc == 0 ? PD_CMD_STAY : pd_session_fail(s, &err);
}

enum pd_cmd_status
pd_info_functions(struct pd_session *s, const char *arg)
{
	return names(s, arg, PD_NAMES_FUNCTIONS);
}

enum pd_cmd_status
pd_info_modules(struct pd_session *s, const char *arg)
{
	return names(s, arg, PD_NAMES_MODULES);
}

/* ---- output -------------------------------------------------------------- */

/* The last of its lines. */
static void
show_tail(struct pd_session *s, const char *text, size_t n, uint64_t lines)
{
	struct pd_str tail;
	size_t at = n;

	while (at > 0 && (text[at - 1] != '\n' || at == n || --lines > 0))
		at--;
	tail = (struct pd_str){ (char *)(uintptr_t)(text + at), n - at };
	pd_out_str(s->sink, PD_ROLE_TEXT, &tail);
	if (n > at && text[n - 1] != '\n')
		pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

enum pd_cmd_status
pd_info_output(struct pd_session *s, const char *arg)
{
	struct pd_core_about core = { 0 };
	struct pd_buf text = { 0 };
	uint64_t lines = SIZE_MAX;
	bool known;

	if (*arg != '\0' && !pd_count_arg(arg, &lines)) {
		pd_out_error(s->sink, "info output wants a number of lines, "
		    "not %s", arg);
		return PD_CMD_FAILED;
	}
	if (pd_target_core_about(s->target, &core)) {
		known = core.head->output.s != NULL;
		pd_buf_add(&text, pd_str_c(&core.head->output),
		    core.head->output.n);
	} else
		known = pd_screen_output(s, lines, &text);
	if (text.n > 0)
		show_tail(s, text.s, text.n, lines);
	else
		pd_out(s->sink, PD_ROLE_NOTE, known ?
		    "The program has written nothing.\n" : core.head != NULL ?
		    "The program's output is not in the core.\n" :
		    "The program's output is not kept; on the full screen it "
		    "is.\n");
	pd_buf_done(&text);
	return PD_CMD_STAY;
}
