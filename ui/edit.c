/*
 * The line editor: libedit, its prompt and its history.
 *
 * Called by front.c for a line.  Must not know commands.  While a line is
 * typed the terminal is in libedit's mode; before and after it is as it was.
 */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "ui/edit-room.h"

/* ---- prompt ------------------------------------------------------------ */

static wchar_t *
give_prompt(EditLine *el)
{
	static wchar_t none[1];
	struct pd_edit *e = NULL;

	el_wget(el, EL_CLIENTDATA, &e);
	return e->prompt != NULL ? e->prompt : none;
}

/* Its last line goes to libedit, what is above is written before. */
static void
set_prompt(struct pd_edit *e, const struct pd_str *text)
{
	const char *p = pd_str_c(text);
	const char *nl = memrchr(p, '\n', text->n);
	struct pd_buf b = { 0 };
	size_t n, last;
	wchar_t *w;

	if (nl != NULL) {
		fwrite(p, 1, (size_t)(nl - p) + 1, e->out);
		p = nl + 1;
	}
	w = pd_edit_wide(p, strlen(p), &n);
	e->prompt_width = pd_edit_width(w, n);
	free(w);
	last = strlen(p);
	while (last > 0 && ((unsigned char)p[--last] & 0xc0) == 0x80)
		;
	/* libedit gives a sequence out with the character behind it, and so
	 * drops one at the end: the last character is not styled. */
	if (e->before.n > 0 && last > 0)
		pd_buf_addf(&b, "\001%s\001%.*s\001%s\001%s", e->before.s,
		    (int)last, p, pd_str_c(&e->after), p + last);
	else
		pd_buf_adds(&b, p);
	free(e->prompt);
	e->prompt = pd_edit_wide(pd_buf_c(&b), b.n, NULL);
	pd_buf_done(&b);
}

void
pd_edit_style(struct pd_edit *e, const char *before, const char *after)
{
	pd_str_done(&e->before);
	pd_str_done(&e->after);
	e->before = pd_str_from(before);
	e->after = pd_str_from(after);
}

/* ---- history ----------------------------------------------------------- */

/* EL_HIST.  What libedit calls first is the newest, next is older. */
static int
give_history(void *ctx, HistEventW *ev, int what, ...)
{
	struct pd_edit *e = ctx;
	size_t n = e->history.lines.n, at = e->at;
	const struct pd_str *s;

	if (n == 0 || e->kind == PD_EDIT_ANSWER)
		return -1;
	switch (what) {
	case H_FIRST:
		at = 0;
		break;
	case H_LAST:
		at = n - 1;
		break;
	case H_NEXT:
		at++;
		break;
	case H_PREV:
		at--;
		break;
	case H_CURR:
		break;
	default:
		return -1;
	}
	if (at >= n)
		return -1;
	e->at = at;
	s = PD_VEC_AT(&e->history.lines, struct pd_str, n - 1 - at);
	free(e->event);
	e->event = pd_edit_wide(s->s, s->n, NULL);
	ev->num = (int)(n - at);
	ev->str = e->event;
	return 0;
}

static void
tell(struct pd_edit *e, const struct pd_err *err)
{
	e->notice(e->ctx, err->msg);
}

/* What the settings say may have changed since the last line. */
static void
take_settings(struct pd_edit *e)
{
	struct pd_settings *s = &e->session->settings;
	struct pd_err err;

	/* `show` names the file that it is. */
	if (s->history_filename.n == 0) {
		pd_str_done(&s->history_filename);
		s->history_filename = pd_history_default();
	}
	if (pd_history_set(&e->history, pd_str_c(&s->history_filename),
	    s->history_save, s->history_size > 0 ? (size_t)s->history_size :
	    0, &err) == -1)
		tell(e, &err);
}

static void
remember(struct pd_edit *e, const char *p, size_t n)
{
	struct pd_err err;

	if (e->kind != PD_EDIT_ANSWER && n > 0 &&
	    pd_history_add(&e->history, p, n, &err) == -1)
		tell(e, &err);
}

/* ---- life -------------------------------------------------------------- */

/* Can the cursor be moved?  libedit draws with these. */
static bool
is_able(EditLine *el)
{
	static const char *const wanted[] = { "ce", "up", "nd" };
	char *s;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		s = NULL;
		el_get(el, EL_GETTC, wanted[i], &s);
		if (s == NULL || *s == '\0')
			return false;
	}
	return true;
}

/* The terminal's encoding.  In the C locale, which has none, UTF-8, as Python
 * has it there. */
void
pd_edit_locale(void)
{
	if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1)
		if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
			pd_log("ui", "no UTF-8 locale");
}

void
pd_edit_set_up(struct pd_edit *e)
{
	EditLine *el = e->el;

	el_wset(el, EL_CLIENTDATA, e);
	el_wset(el, EL_SIGNAL, 0);
	el_wset(el, EL_GETCFN, pd_edit_getc);
	el_wset(el, EL_PROMPT_ESC, give_prompt, L'\1');
	el_wset(el, EL_HIST, give_history, e);
	el_wset(el, EL_ADDFN, L"pd-complete", L"Complete the word",
	    pd_edit_do_tab);
	el_wset(el, EL_ADDFN, L"pd-paste", L"Put in what is pasted",
	    pd_edit_do_paste);
	el_wset(el, EL_ADDFN, L"pd-break", L"Give the line up",
	    pd_edit_do_break);
	el_wset(el, EL_ADDFN, L"pd-leave", L"Run a key's command",
	    pd_edit_do_leave);
	el_wset(el, EL_ADDFN, L"pd-back", L"Put the line back",
	    pd_edit_do_back);
	el_wset(el, EL_ADDFN, L"pd-switch", L"Switch the full screen on",
	    pd_edit_do_switch);
	el_wset(el, EL_EDITOR, L"emacs");
	pd_edit_bind(e);
	pd_edit_rc(e);
}

struct pd_edit *
pd_edit_new(struct pd_loop *loop, struct pd_input *input,
    struct pd_session *session, void (*notice)(void *, const char *),
    void *ctx)
{
	struct pd_edit *e = pd_xcalloc(1, sizeof(*e));
	const char *term = getenv("TERM");

	e->loop = loop;
	e->input = input;
	e->session = session;
	e->notice = notice;
	e->ctx = ctx;
	e->fd = input->fd;
	e->in = stdin;
	e->out = stdout;
	e->tty = STDOUT_FILENO;
	pd_history_init(&e->history);
	if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0) {
		pd_edit_free(e);
		return NULL;
	}
	pd_edit_locale();
	/* What libedit says of itself is not for the user. */
	e->null = fopen("/dev/null", "we");
	if (e->null != NULL)
		e->el = el_init("pydbg", e->in, e->out, e->null);
	if (e->el == NULL || !is_able(e->el)) {
		pd_log("ui", "no line editor on TERM=%s", term);
		pd_edit_free(e);
		return NULL;
	}
	pd_edit_set_up(e);
	return e;
}

/* el_end() sets the modes in any case, and so that what has been typed
 * already, for whoever reads next, is thrown away. */
void
pd_edit_end(EditLine *el)
{
	el_reset(el);
	el_wset(el, EL_EDITMODE, 0);
	el_end(el);
}

void
pd_edit_free(struct pd_edit *e)
{
	if (e == NULL)
		return;
	if (e->el != NULL)
		pd_edit_end(e->el);
	if (e->null != NULL)
		fclose(e->null);
	pd_history_done(&e->history);
	pd_buf_done(&e->bytes);
	pd_buf_done(&e->paste);
	free(e->prompt);
	free(e->event);
	free(e->kept);
	pd_str_done(&e->run);
	pd_str_done(&e->before);
	pd_str_done(&e->after);
	free(e);
}

/* ---- a line ------------------------------------------------------------ */

/* One line of libedit's, appended to out. */
static enum pd_input_got
read_one(struct pd_edit *e, struct pd_buf *out)
{
	const wchar_t *w;
	int n = 0;

	e->broken_off = e->ended_by_break = e->newline = e->left = false;
	e->input->interrupted = false;
	e->at = 0;
	e->reading = true;
	pd_edit_signals_on(e);
	el_resize(e->el);
	/* libedit would draw first, and what is typed meanwhile be echoed. */
	el_wset(e->el, EL_PREP_TERM, 1);
	pd_edit_paste_on(e);
	w = el_wgets(e->el, &n);
	pd_edit_paste_off(e);
	pd_edit_signals_off(e);
	e->reading = false;
	if (e->input->interrupted) {
		el_reset(e->el);
		if (!e->ended_by_break)
			fputs("\n", e->out);
		fflush(e->out);
		return PD_INPUT_INTERRUPTED;
	}
	if (e->left) {
		pd_buf_add(out, e->run.s, e->run.n);
		pd_str_done(&e->run);
		return PD_INPUT_KEY;
	}
	if (w == NULL || n <= 0) {
		/* libedit's own ^D: the next one is not the terminal's end. */
		return PD_INPUT_EOF;
	}
	while (n > 0 && (w[n - 1] == L'\n' || w[n - 1] == L'\r'))
		n--;
	pd_edit_narrow(out, w, (size_t)n);
	return PD_INPUT_LINE;
}

bool
pd_edit_reads(const struct pd_edit *e)
{
	return e != NULL && e->reading;
}

enum pd_input_got
pd_edit_line(struct pd_edit *e, enum pd_edit_kind kind,
    const struct pd_str *prompt, struct pd_buf *out)
{
	size_t at;
	enum pd_input_got got;

	e->kind = kind;
	take_settings(e);
	set_prompt(e, prompt);
	if (kind == PD_EDIT_MORE && pd_edit_block_ends(e)) {
		e->indented = false;
		fprintf(e->out, "%s\n", pd_str_c(prompt));
		fflush(e->out);
		return PD_INPUT_LINE;
	}
	for (;;) {
		at = out->n;
		got = read_one(e, out);
		if (got != PD_INPUT_LINE)
			return got;
		pd_edit_block_line(e, pd_buf_c(out) + at, out->n - at);
		remember(e, pd_buf_c(out) + at, out->n - at);
		/* A blank line in a pasted block does not end it. */
		if (kind != PD_EDIT_MORE || out->n > at ||
		    !pd_edit_paste_goes_on(e))
			break;
		pd_buf_addc(out, '\n');
	}
	return PD_INPUT_LINE;
}
