/*
 * A core file instead of the program: opening it, leaving it, what it is.
 *
 * Called for --core, by the verb core and by run.  The target that can start
 * the program stays aside meanwhile; the core's target is the session's own.
 */
#include "cmds/corefile.h"

#include <string.h>

#include "cmds/walk.h"
#include "target/core.h"

#define LL(x)	((unsigned long long)(x))

void
pd_corefile_leave(struct pd_session *s)
{
	if (s->program == NULL)
		return;
	pd_stop_forget(s);
	pd_source_forget(s);
	pd_display_forget(s);
	s->target->ops->close(s->target);
	s->target = s->program;
	s->sink->strict = false;
	s->program = NULL;
	s->alive = s->postmortem = false;
	if (s->target->py.hex != 0)
		s->py = (unsigned)(s->target->py.hex >> 16);
}

enum pd_cmd_status
pd_session_core(struct pd_session *s, const char *file)
{
	struct pd_target *core;
	struct pd_err err;

	core = pd_target_core_new(file, &err);
	if (core == NULL)
		return pd_session_fail(s, &err);
	if (s->program == NULL && s->alive) {
		if (!pd_session_confirm(s, "A program is being debugged. "
		    "End it and look at the core? (y or n) ")) {
			core->ops->close(core);
			return PD_CMD_STAY;
		}
		pd_end_process(s);
	}
	pd_corefile_leave(s);
	core->output = s->target->output;
	core->notice = s->target->notice;
	core->ctx = s->target->ctx;
	core->given_up = s->target->given_up;
	core->given_up_ctx = s->target->given_up_ctx;
	s->program = s->target;
	s->target = core;
	s->sink->strict = true;
	return pd_end_begin(s);
}

/* ---- core info ----------------------------------------------------------- */

static void
field(struct pd_session *s, const char *name, const char *value, size_t n)
{
	struct pd_str text = { (char *)(uintptr_t)value, n };

	if (n == 0)
		return;
	pd_out(s->sink, PD_ROLE_NAME, "%-11s", name);
	pd_out_str(s->sink, PD_ROLE_VALUE, &text);
	pd_out(s->sink, PD_ROLE_TEXT, "\n");
}

static void
field_str(struct pd_session *s, const char *name, const struct pd_str *v)
{
	field(s, name, pd_str_c(v), v->n);
}

static void
tell_why(struct pd_session *s, const struct pd_core_head *h)
{
	static const char *const words[] = {
		[PD_CORE_WHY_UNCAUGHT] = "an exception that nothing caught",
		[PD_CORE_WHY_COMMAND] = "generate-core-file",
		[PD_CORE_WHY_CALL] = "pydbg.dump()"
	};

	if (h->why < sizeof(words) / sizeof(words[0]) &&
	    words[h->why] != NULL)
		field(s, "because", words[h->why], strlen(words[h->why]));
}

static void
tell_argv(struct pd_session *s, const struct pd_core_head *h)
{
	struct pd_buf b = { 0 };

	PD_VEC_EACH(&h->argv, struct pd_str, a) {
		if (b.n > 0)
			pd_buf_addc(&b, ' ');
		pd_buf_add(&b, pd_str_c(a), a->n);
	}
	field(s, "arguments", pd_buf_c(&b), b.n);
	pd_buf_done(&b);
}

static void
tell_exception(struct pd_session *s)
{
	struct pd_core_exc x;

	if (pd_target_core_exc(s->target, &x) == 0)
		field_str(s, "exception", x.text.s != NULL ? &x.text :
		    &x.type);
	pd_rec_done(&pd_core_exc_desc, &x);
}

static void
tell_output(struct pd_session *s, const struct pd_str *output)
{
	size_t lines = 0;

	for (size_t i = 0; i < output->n; i++)
		lines += output->s[i] == '\n';
	if (lines > 0)
		pd_out(s->sink, PD_ROLE_TEXT, "%-11sits last %zu line%s: info "
		    "output\n", "output", lines, lines == 1 ? "" : "s");
}

static void
tell_contents(struct pd_session *s, const struct pd_core_about *a)
{
	pd_out(s->sink, PD_ROLE_NAME, "%-11s", "contents");
#define SOME(n)	LL(n), (n) == 1 ? "" : "s"
	pd_out(s->sink, PD_ROLE_TEXT, "%llu object%s, %llu frame%s, "
	    "%llu thread%s, %llu module%s, %llu source file%s; %llu bytes\n",
	    SOME(a->objects), SOME(a->frames), SOME(a->threads),
	    SOME(a->modules), SOME(a->sources), LL(a->size));
#undef SOME
	if (a->end != NULL && a->end->cut != 0 && a->end->unwritten == 0 &&
	    a->end->cut_objects == 0)
		pd_out(s->sink, PD_ROLE_NOTE, "%-11sobjects are left out: a "
		    "limit was reached\n", "cut");
	else if (a->end != NULL && a->end->cut != 0)
		pd_out(s->sink, PD_ROLE_NOTE, "%-11s%llu objects are left "
		    "out, %llu are not whole: a limit was reached\n", "cut",
		    LL(a->end->unwritten), LL(a->end->cut_objects));
	if (a->cut)
		pd_out(s->sink, PD_ROLE_NOTE, "%-11sthe file is cut off\n",
		    "cut");
	if (a->damaged > 0)
		pd_out(s->sink, PD_ROLE_NOTE, "%-11s%llu blocks cannot be "
		    "read\n", "damaged", LL(a->damaged));
}

enum pd_cmd_status
pd_corefile_info(struct pd_session *s)
{
	const struct pd_core_head *h;
	struct pd_core_about a;
	struct pd_str when;

	if (!pd_target_core_about(s->target, &a)) {
		pd_out_error(s->sink, "No core file is open.");
		return PD_CMD_FAILED;
	}
	h = a.head;
	when = pd_target_core_when(h);
	field(s, "core", a.file, strlen(a.file));
	field_str(s, "program", &h->script);
	tell_argv(s, h);
	field_str(s, "directory", &h->cwd);
	field_str(s, "written", &when);
	tell_why(s, h);
	tell_exception(s);
	field_str(s, "python", &h->version_text);
	field_str(s, "executable", &h->executable);
	field_str(s, "platform", &h->platform);
	field_str(s, "host", &h->host);
	if (h->pid != 0)
		pd_out(s->sink, PD_ROLE_TEXT, "%-11s%llu\n", "process",
		    LL(h->pid));
	field_str(s, "writer", &h->writer);
	tell_output(s, &h->output);
	tell_contents(s, &a);
	pd_str_done(&when);
	return PD_CMD_STAY;
}
