/*
 * The front on a pipe or a plain terminal: makes the session, hands down sink,
 * target and input, and runs the prompt's loop.
 *
 * Called by main.c.  Must not know commands: it feeds lines to the session.
 *
 * SIGTERM and SIGHUP kill the debugger (terminal.c puts the modes back first),
 * and the kernel ends the program with it.  SIGPIPE gets a handler that does
 * nothing, not SIG_IGN: an exec makes the default of it again, so the program
 * finds what the debugger found.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmds/session.h"
#include "target/target.h"
#include "ui/ctrlc.h"
#include "ui/edit.h"
#include "ui/front.h"
#include "ui/out.h"
#include "ui/pager.h"
#include "ui/rc.h"
#include "ui/runner.h"
#include "ui/stdin.h"
#include "ui/terminal.h"
#include "ui/theme.h"
#include "ui/tui/tui.h"

/* An end of input that the session outlives this often is the end. */
#define EOF_LIMIT	3

struct front {
	const struct pd_options	*options;
	struct pd_loop		*loop;
	struct pd_target	*target;
	struct pd_session	 session;
	struct pd_plain_out	 out;
	struct pd_style		 style;
	struct pd_pager		 pager;		/* what the session writes to */
	struct pd_input		 input;
	struct pd_edit		*edit;	/* NULL: lines are read plainly */
	struct pd_runner	 runner;
	struct pd_terminal	 term;
	struct pd_ctrlc		 ctrlc;
	struct pd_tui		*tui;	/* the full screen, on or off */
	bool			 tty;		/* commands come from one */
};

static void
on_sigint(void *ctx, int signo)
{
	struct front *f = ctx;

	(void)signo;
	/* While a line is typed the program may be asked what completes it:
	 * that is cut short and the line is given up. */
	if (!pd_ctrlc_here(&f->ctrlc) || pd_edit_reads(f->edit))
		f->input.interrupted = true;
}

static void
on_sigcont(void *ctx, int signo)
{
	struct front *f = ctx;

	(void)signo;
	pd_terminal_continued(&f->term);
	pd_tui_continued(f->tui);
}

static void
on_sigpipe(int signo)
{
	(void)signo;
}

static bool
is_ignored(int signo)
{
	struct sigaction sa;

	return sigaction(signo, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN;
}

static void
catch_signals(struct front *f)
{
	struct sigaction sa = { .sa_handler = on_sigpipe,
	    .sa_flags = SA_RESTART };

	if (!is_ignored(SIGPIPE))
		sigaction(SIGPIPE, &sa, NULL);
	if (!is_ignored(SIGINT))
		pd_loop_signal(f->loop, SIGINT, on_sigint, f);
	pd_loop_signal(f->loop, SIGCONT, on_sigcont, f);
}

static enum pd_input_got
read_line(struct front *f, enum pd_edit_kind kind, const struct pd_str *prompt,
    struct pd_buf *out)
{
	const char *sgr = pd_style_sgr(&f->style, PD_ROLE_PROMPT);

	pd_pager_begin(&f->pager);
	if (f->edit == NULL)
		pd_out_str(&f->out.sink, PD_ROLE_PROMPT, prompt);
	else
		pd_edit_style(f->edit, sgr, *sgr != '\0' ? PD_SGR_END : "");
	/* What is next needs no sight of it, and lets nothing run before it is
	 * written out (runner.c). */
	if (f->edit != NULL || !pd_input_has_line(&f->input))
		pd_out_flush(&f->out.sink);
	pd_tui_reads(f->tui, kind == PD_EDIT_ANSWER);
	return f->edit != NULL ? pd_edit_line(f->edit, kind, prompt, out) :
	    pd_input_line(&f->input, out);
}

/* Prompts of commands that take more than an answer. */
static const struct {
	const char		*prompt;
	enum pd_edit_kind	 kind;
} prompts[] = {
	{ "...   ", PD_EDIT_MORE },
	{ ">>> ", PD_EDIT_MORE },
	{ "... ", PD_EDIT_MORE },
	{ "(com) ", PD_EDIT_COMMAND },
};

/* An answer to a command's question; pd_session.read_line. */
static int
read_answer(void *ctx, const char *prompt, struct pd_buf *out)
{
	struct front *f = ctx;
	struct pd_str text = pd_str_from(prompt);
	enum pd_edit_kind kind = PD_EDIT_ANSWER;
	enum pd_input_got got;

	for (size_t i = 0; i < sizeof(prompts) / sizeof(prompts[0]); i++)
		if (strcmp(prompts[i].prompt, prompt) == 0)
			kind = prompts[i].kind;
	got = read_line(f, kind, &text, out);
	pd_str_done(&text);
	return got == PD_INPUT_LINE ? 0 : -1;
}

/* What the line editor has to say. */
static void
edit_notice(void *ctx, const char *text)
{
	struct front *f = ctx;

	pd_out(&f->out.sink, PD_ROLE_NOTE, "%s\n", text);
	pd_out_flush(&f->out.sink);
}

static void
fill_session(struct front *f, struct pd_program *p, struct pd_locations *l)
{
	struct pd_session *s = &f->session;

	if (p != NULL) {
		s->launch.argv = p->argv;
		memset(&p->argv, 0, sizeof(p->argv));
		s->launch.python = pd_str_dup(&p->python);
		s->launch.start_so = pd_str_dup(&l->start_so);
		s->launch.engine_dir = pd_str_dup(&l->engine_dir);
		s->program_args = p->args_at;
		s->what = pd_str_dup(&p->what);
		s->python_why = pd_str_dup(&p->why);
	}
	s->launch.in = 0;
	s->launch.out = 1;
	s->launch.err = 2;
	s->batch = f->options->batch;
	s->terminal = f->tty;
	if (!s->batch) {
		s->read_line = read_answer;
		s->read_ctx = f;
	}
	if (f->options->prompt != NULL) {
		pd_str_done(&s->prompt);
		s->prompt = pd_str_from(f->options->prompt);
	}
}

static void
greet(struct front *f)
{
	if (f->options->quiet || f->options->batch || !f->tty ||
	    !isatty(STDOUT_FILENO))
		return;
	if (f->options->core != NULL)
		return;		/* the core says what it is */
	pd_out(&f->out.sink, PD_ROLE_NOTE, "pydbg %s, Python %s (%s: %s)\n",
	    PD_VERSION, pd_str_c(&f->target->py.version),
	    pd_str_c(&f->session.launch.python),
	    pd_str_c(&f->session.python_why));
}

/* End of input: true if the session has ended. */
static bool
at_eof(struct front *f, unsigned *eofs)
{
	if (pd_session_eof(&f->session) == PD_CMD_QUIT || f->session.quit)
		return true;
	return ++*eofs >= EOF_LIMIT;
}

/* One prompt and one line; false: the session has ended. */
static bool
prompt_once(struct front *f, struct pd_buf *line, unsigned *eofs)
{
	struct pd_session *s = &f->session;
	enum pd_cmd_status st = PD_CMD_STAY;
	enum pd_input_got got;

	pd_terminal_claim(&f->term);
	pd_session_before_prompt(s);
	pd_tui_before_prompt(f->tui);
	if (f->out.broken != 0)
		return false;
	pd_buf_reset(line);
	got = read_line(f, PD_EDIT_COMMAND, pd_session_prompt(s), line);
	s->break_asked = false;
	switch (got) {
	case PD_INPUT_EOF:
		return !at_eof(f, eofs);
	case PD_INPUT_INTERRUPTED:
		if (pd_session_interrupted(s))
			return true;
		if (f->edit == NULL)
			pd_out(&f->out.sink, PD_ROLE_TEXT, "%s\n",
			    f->tty ? "" : "--KeyboardInterrupt--");
		return true;
	case PD_INPUT_LINE:
		*eofs = 0;
		st = pd_session_line(s, pd_buf_c(line), line->n);
		break;
	case PD_INPUT_KEY:
		*eofs = 0;
		st = pd_session_key_line(s, pd_buf_c(line), line->n);
		break;
	}
	return st != PD_CMD_QUIT && !s->quit;
}

/* The line editor; NULL where none works. */
static struct pd_edit *
make_edit(void *ctx)
{
	struct front *f = ctx;

	if (f->edit == NULL && f->tty && isatty(STDOUT_FILENO)) {
		f->edit = pd_edit_new(f->loop, &f->input, &f->session,
		    edit_notice, f);
		if (f->edit != NULL)
			pd_edit_set_switch(f->edit, "tui enable");
	}
	return f->edit;
}

static void
on_break(void *ctx)
{
	on_sigint(ctx, SIGINT);
}

/* The full screen, which may never be switched on: keys are bound in rc files
 * wherever these are read. */
static void
make_tui(struct front *f)
{
	struct pd_tui_env env = { .loop = f->loop, .session = &f->session,
	    .style = &f->style, .term = &f->term, .runner = &f->runner,
	    .out = &f->out, .pager = &f->pager, .edit = make_edit,
	    .interrupt = on_break, .ctx = f };

	f->tui = pd_tui_new(&env);
}

/* --tui; where it cannot be, the prompt goes on. */
static void
begin_tui(struct front *f)
{
	struct pd_err err;

	if (!f->options->tui)
		return;
	if (pd_tui_enable(f->tui, &err) == -1)
		fprintf(stderr, "pydbg: %s\n", err.msg);
}

static void
prompt_loop(struct front *f)
{
	struct pd_session *s = &f->session;
	struct pd_buf line = { 0 };
	unsigned eofs = 0;

	make_edit(f);
	do {
		if (pd_session_run_queue(s) == PD_CMD_QUIT || s->quit)
			break;
	} while (prompt_once(f, &line, &eofs) && f->out.broken == 0);
	pd_buf_done(&line);
}

/* Runs what was given and ends, whatever state the program is in then. */
static void
run_batch(struct front *f)
{
	struct pd_session *s = &f->session;

	pd_session_run_queue(s);
	if (s->alive && s->stop.interrupted)
		s->exit_code = 128 + SIGINT;
	else if (s->exit_code == 0 && (s->errors > 0 || s->postmortem))
		s->exit_code = 1;
}

static enum pd_cmd_status
begin(struct front *f)
{
	struct pd_session *s = &f->session;
	enum pd_cmd_status st;

	if (f->options->core == NULL)
		return pd_session_start(s);
	st = pd_session_core(s, f->options->core);
	if (!s->alive) {
		s->quit = true;
		s->exit_code = 1;
	}
	return st;
}

static void
run_session(struct front *f)
{
	struct pd_session *s = &f->session;
	enum pd_cmd_status st;
	struct pd_err err;

	if (!f->options->nx)
		pd_rc_queue(s, f->options);
	if (pd_rc_queue_commands(s, f->options, &err) == -1) {
		fprintf(stderr, "pydbg: %s\n", err.msg);
		s->exit_code = 2;
		return;
	}
	begin_tui(f);
	st = begin(f);
	if (st != PD_CMD_QUIT && !s->quit) {
		greet(f);
		if (s->batch)
			run_batch(f);
		else
			prompt_loop(f);
	}
	if (s->alive)
		f->target->ops->kill(f->target, &err);
}

/* pd_target.given_up: nothing else looks for signals meanwhile. */
static bool
given_up(void *ctx)
{
	struct front *f = ctx;

	pd_loop_step(f->loop, 0);
	return f->input.interrupted;
}

static unsigned
columns(void *ctx)
{
	struct front *f = ctx;

	return pd_pager_columns(&f->pager);
}

/* pd_session.theme */
static int
on_theme(void *ctx, const char *name, struct pd_err *err)
{
	struct front *f = ctx;

	return pd_style_choose(&f->style, name, err);
}

/* Colours and pages: on a terminal. */
static void
dress(struct front *f)
{
	const char *term = getenv("TERM");
	bool pages = f->tty && !f->options->batch && term != NULL &&
	    strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);

	pd_style_init(&f->style, &f->session.settings, STDOUT_FILENO);
	f->out.style = &f->style;
	pd_pager_init(&f->pager, &f->out, &f->session.settings,
	    pages ? f->input.fd : -1);
	f->runner.pager = &f->pager;
	f->session.columns = columns;
	f->session.columns_ctx = f;
	f->session.theme = on_theme;
	f->session.theme_ctx = f;
}

/* With --return-child-result as gdb: 255 if the program never ended by itself;
 * but what fails in a batch is not hidden by a program that went well. */
static int
exit_code(struct front *f)
{
	struct pd_session *s = &f->session;

	if (!f->options->child_result || !s->started)
		return s->exit_code;
	if (s->postmortem && !s->child_ended)
		return 1;
	if (!s->child_ended)
		return 255;
	return s->batch && s->errors > 0 && s->child_code == 0 ? 1 :
	    s->child_code;
}

int
pd_front_run(const struct pd_options *o, struct pd_program *p,
    struct pd_locations *l)
{
	struct front f = { .options = o };
	int code, in = pd_terminal_input();

	f.loop = pd_loop_new();
	f.target = pd_target_live_new(f.loop);
	f.tty = isatty(STDIN_FILENO);
	pd_plain_out_init(&f.out, STDOUT_FILENO);
	pd_input_init(&f.input, f.loop, o->batch ? -1 : in,
	    !o->batch && !f.tty);
	pd_runner_put(&f.runner, f.target, &f.input, &f.out.sink);
	pd_terminal_init(&f.term);
	pd_runner_terminal(&f.runner, &f.term);
	pd_ctrlc_init(&f.ctrlc, &f.runner, &f.session, f.tty);
	pd_session_init(&f.session, f.target, &f.pager.sink);
	f.target->given_up = given_up;
	f.target->given_up_ctx = &f;
	dress(&f);
	make_tui(&f);
	fill_session(&f, p, l);
	catch_signals(&f);
	run_session(&f);
	pd_tui_free(f.tui);
	pd_out_flush(&f.out.sink);
	code = f.out.broken != 0 ? pd_out_unwritten(f.out.broken) :
	    exit_code(&f);
	pd_session_done(&f.session);
	f.target->ops->close(f.target);
	pd_edit_free(f.edit);
	pd_terminal_done(&f.term);
	pd_plain_out_done(&f.out);
	pd_input_done(&f.input);
	pd_terminal_input_done(in);
	pd_loop_free(f.loop);
	return code;
}
