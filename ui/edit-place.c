/*
 * The line editor somewhere else than on the terminal, and command lines of
 * keys, for which the line that is typed steps aside.
 *
 * Called by the full screen; the functions for keys by libedit.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "ui/edit-room.h"

static EditLine *
make(struct pd_edit *e, const struct pd_edit_place *p)
{
	EditLine *el;

	if (p == NULL)
		return el_init("pydbg", e->in, stdout, e->null);
	el = el_init_fd("pydbg", e->in, p->out, e->null, p->tty, p->tty,
	    fileno(e->null));
	if (el != NULL)
		el_set(el, EL_TERMINAL, p->term);
	return el;
}

int
pd_edit_move(struct pd_edit *e, const struct pd_edit_place *p)
{
	EditLine *el = make(e, p);

	if (el == NULL) {
		pd_log("ui", "the line editor cannot be moved");
		return -1;
	}
	pd_edit_end(e->el);
	e->el = el;
	e->place = p;
	e->out = p != NULL ? p->out : stdout;
	e->tty = p != NULL ? p->tty : STDOUT_FILENO;
	pd_edit_set_up(e);
	return 0;
}

/* ---- commands of keys ---------------------------------------------------- */

void
pd_edit_run(struct pd_edit *e, const char *line)
{
	pd_str_done(&e->run);
	e->run = pd_str_from(line);
}

bool
pd_edit_takes(const struct pd_edit *e)
{
	return e != NULL && e->reading && e->kind == PD_EDIT_COMMAND &&
	    e->run.s == NULL && !e->left &&
	    e->session->script.defining == 0;
}

void
pd_edit_set_switch(struct pd_edit *e, const char *line)
{
	e->switch_line = line;
}

/* Puts the line aside and ends it. */
unsigned char
pd_edit_do_leave(EditLine *el, int ch)
{
	const LineInfoW *li = el_wline(el);
	struct pd_edit *e = NULL;
	size_t n = (size_t)(li->lastchar - li->buffer);

	(void)ch;
	el_wget(el, EL_CLIENTDATA, &e);
	if (e->run.s == NULL)
		return CC_NORM;
	free(e->kept);
	e->kept = NULL;
	if (n > 0) {
		e->kept = pd_xcalloc(n + 1, sizeof(*e->kept));
		wmemcpy(e->kept, li->buffer, n);
		e->kept_at = (int)(li->cursor - li->buffer);
	}
	pd_edit_erase(e);
	e->left = true;
	return CC_NEWLINE;
}

unsigned char
pd_edit_do_back(EditLine *el, int ch)
{
	struct pd_edit *e = NULL;
	wchar_t *text;

	(void)ch;
	el_wget(el, EL_CLIENTDATA, &e);
	text = e->kept;
	e->kept = NULL;
	if (text == NULL)
		return CC_NORM;
	if (el_winsertstr(el, text) != -1)
		el_cursor(el, e->kept_at - (int)wcslen(text));
	free(text);
	return CC_REFRESH;
}

/* C-x a on the terminal. */
unsigned char
pd_edit_do_switch(EditLine *el, int ch)
{
	struct pd_edit *e = NULL;

	el_wget(el, EL_CLIENTDATA, &e);
	if (e->switch_line == NULL || !pd_edit_takes(e))
		return CC_ERROR;
	pd_edit_run(e, e->switch_line);
	return pd_edit_do_leave(el, ch);
}
