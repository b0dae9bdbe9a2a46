/*
 * What the commands of the full screen do.
 *
 * Called by the commands through session->screen, and by input.c for keys.
 */
#include <string.h>

#include "ui/tui/tui-room.h"

static int
need_on(struct pd_tui *t, struct pd_err *err)
{
	return t->on ? 0 : pd_err_set(err, "the full screen is off; `tui "
	    "enable` or C-x a switches it on");
}

/* The first word; *rest is what follows. */
static struct pd_str
first_word(const char *arg, const char **rest)
{
	size_t n = strcspn(arg, " \t");

	*rest = arg + n + strspn(arg + n, " \t");
	return pd_str_new(arg, n);
}

/* ---- tui --------------------------------------------------------------- */

static int
single_key(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	bool on = *arg == '\0' ? !t->single : strcmp(arg, "on") == 0;

	if (need_on(t, err) == -1)
		return -1;
	if (*arg != '\0' && !on && strcmp(arg, "off") != 0)
		return pd_err_set(err, "on or off, not '%s'", arg);
	t->single = on;
	t->status = true;
	return 0;
}

static int
new_layout(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	const char *text;
	struct pd_str name = first_word(arg, &text);
	int rc;

	if (*text == '\0')
		rc = pd_err_set(err, "a name, and panes with their weights: "
		    "tui new-layout NAME src 2 cmd 1");
	else
		rc = pd_window_define(t, name.s, text, err);
	pd_str_done(&name);
	return rc;
}

static int
op_tui(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	const char *rest;
	struct pd_str word = first_word(arg, &rest);
	int rc = 0;

	if (pd_str_eq(&word, "enable"))
		rc = pd_tui_enable(t, err);
	else if (pd_str_eq(&word, "disable"))
		pd_tui_disable(t);
	else if (pd_str_eq(&word, "single-key"))
		rc = single_key(t, rest, err);
	else if (pd_str_eq(&word, "new-layout"))
		rc = new_layout(t, rest, err);
	else
		rc = pd_err_set(err, "tui enable, disable, single-key or "
		    "new-layout, not '%s'", word.s);
	pd_str_done(&word);
	return rc;
}

/* ---- layouts, sizes, focus --------------------------------------------- */

static void
list_layouts(struct pd_tui *t)
{
	struct pd_sink *sink = t->env.session->sink;
	const char *name;

	for (size_t i = 0; (name = pd_window_layout_name(t, i)) != NULL;
	    i++) {
		pd_out(sink, PD_ROLE_MARK, "%s", t->on &&
		    pd_str_eq(&t->layout_name, name) ? "* " : "  ");
		pd_out(sink, PD_ROLE_NAME, "%-8s", name);
		pd_out(sink, PD_ROLE_TEXT, "  %s\n",
		    pd_window_layout_help(t, i));
	}
}

static int
other_layout(struct pd_tui *t, int way, struct pd_err *err)
{
	const char *name;
	size_t n = 0, at = 0;

	for (; (name = pd_window_layout_name(t, n)) != NULL; n++)
		if (pd_str_eq(&t->layout_name, name))
			at = n;
	at = (at + n + (size_t)(way > 0 ? 1 : n - 1)) % n;
	return pd_window_layout(t, pd_window_layout_name(t, at), err);
}

static int
zoom(struct pd_tui *t)
{
	t->zoom = t->zoom != NULL ? NULL : t->focus;
	t->misplaced = true;
	return 0;
}

static int
op_layout(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	const char *rest;
	struct pd_str word;
	int rc;

	if (*arg == '\0') {
		list_layouts(t);
		return 0;
	}
	/* As gdb: who asks for a layout wants to see it. */
	if (!t->on && pd_tui_enable(t, err) == -1)
		return -1;
	word = first_word(arg, &rest);
	if (pd_str_eq(&word, "save"))
		rc = *rest == '\0' || strpbrk(rest, " \t") != NULL ?
		    pd_err_set(err, "one word is the layout's name") :
		    pd_window_save(t, rest, err);
	else if (*rest != '\0')
		rc = pd_err_set(err, "one name, not '%s'", arg);
	else if (pd_str_eq(&word, "next"))
		rc = other_layout(t, 1, err);
	else if (pd_str_eq(&word, "prev"))
		rc = other_layout(t, -1, err);
	else if (pd_str_eq(&word, "zoom"))
		rc = zoom(t);
	else
		rc = pd_window_layout(t, word.s, err);
	pd_str_done(&word);
	t->status = true;
	return rc;
}

static int
op_focus(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	struct pd_pane *p;

	if (need_on(t, err) == -1)
		return -1;
	if (strcmp(arg, "next") == 0 || strcmp(arg, "prev") == 0) {
		p = pd_window_next(t, *arg == 'n' ? 1 : -1);
		if (p == NULL)
			return pd_err_set(err, "there is no room for a pane");
	} else if ((p = pd_window_find(t, arg, err)) == NULL) {
		return -1;
	}
	if (!p->shown || p->ops->no_focus)
		return pd_err_set(err, "'%s' is not to be seen in this "
		    "layout", p->ops->name);
	pd_tui_focus(t, p);
	return 0;
}

static int
op_winheight(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	const char *rest;
	struct pd_str word = first_word(arg, &rest);
	struct pd_pane *p = t->focus;
	bool named = *rest != '\0';
	const char *text = named ? rest : arg;
	long n = 0;
	int rc = need_on(t, err);

	if (rc == 0 && named) {
		p = pd_window_find(t, word.s, err);
		rc = p != NULL ? 0 : -1;
	}
	pd_str_done(&word);
	if (rc == -1)
		return -1;
	if (!pd_parse_long(text, &n) || n > 10000 || n < -10000)
		return pd_err_set(err, "'%s' is no number of rows", text);
	if (*text != '+' && *text != '-')
		n -= (long)p->rows;
	if (!p->shown || pd_window_grow(t, p, (int)n, 0) == -1)
		return pd_err_set(err, "'%s' cannot have that height",
		    p->ops->name);
	return 0;
}

static int
op_refresh(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	(void)arg;
	if (need_on(t, err) == -1)
		return -1;
	pd_tui_redraw(t);
	for (size_t i = 0; i < t->npanes; i++)
		t->panes[i]->is_stale = true;
	return 0;
}

/* ---- panes ------------------------------------------------------------- */

static void
search(struct pd_tui *t, bool backwards, bool again)
{
	struct pd_pane *p = t->focus;

	if (t->search.n == 0)
		pd_tui_message(t, "nothing was searched for yet");
	else if (!p->ops->search(p, t->search.s, backwards, again))
		pd_tui_message(t, "not found: %s", t->search.s);
}

static void
on_search(void *ctx, const char *text)
{
	struct pd_tui *t = ctx;

	if (*text != '\0') {
		pd_str_done(&t->search);
		t->search = pd_str_from(text);
	}
	if (t->focus->ops->search != NULL)
		search(t, false, false);
}

static bool
search_action(struct pd_tui *t, struct pd_pane *p, const char *name,
    const char *arg)
{
	if (p->ops->search == NULL || p != t->focus ||
	    !pd_starts(name, "search"))
		return false;
	if (strcmp(name, "search") == 0 && *arg != '\0')
		on_search(t, arg);
	else if (strcmp(name, "search") == 0)
		pd_tui_ask(t, "/", on_search, t);
	else if (strcmp(name, "search-next") == 0)
		search(t, false, true);
	else if (strcmp(name, "search-prev") == 0)
		search(t, true, true);
	else
		return false;
	return true;
}

static void
buf_write(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)role;
	pd_buf_add(ctx, p, n);
}

static int
show_keys(struct pd_tui *t, const char *context, struct pd_err *err)
{
	struct pd_buf text = { 0 };
	struct pd_sink sink = { .write = buf_write, .ctx = &text };
	int rc = pd_keymap_print(&t->keys, context, &sink, err);

	if (rc == 0)
		pd_tui_page(t, "keys", pd_buf_c(&text), text.n);
	pd_buf_done(&text);
	return rc;
}

static int
op_pane(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	struct pd_pane *p = t->focus;
	struct pd_str word;
	const char *rest;
	int rc = need_on(t, err);

	if (rc == -1)
		return -1;
	word = first_word(arg, &rest);
	if (word.n > 1 && *word.s == '-') {
		p = pd_window_find(t, word.s + 1, err);
		pd_str_done(&word);
		if (p == NULL)
			return -1;
		word = first_word(rest, &rest);
	}
	if (pd_str_eq(&word, "keys"))
		rc = show_keys(t, rest, err);
	else if (!search_action(t, p, word.s, rest) &&
	    (p->ops->action == NULL || !p->ops->action(p, word.s, rest)))
		rc = pd_err_set(err, "pane '%s' cannot do '%s'",
		    p->ops->name, word.s);
	pd_str_done(&word);
	return rc;
}

static int
op_info(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	struct pd_sink *sink = t->env.session->sink;

	(void)arg;
	(void)err;
	for (const struct pd_pane_kind *k = pd_pane_kinds; k->ops != NULL;
	    k++) {
		struct pd_pane *p = t->on ? pd_tui_pane(t, k->ops->name) :
		    NULL;

		if (k->ops->rank == 0)
			continue;
		pd_out(sink, PD_ROLE_NAME, "%-8s", k->ops->name);
		if (p != NULL && p->shown)
			pd_out(sink, PD_ROLE_TEXT, " %3u x %-3u %s",
			    p->rows, p->cols, t->focus == p ? "*" : " ");
		else
			pd_out(sink, PD_ROLE_TEXT, "     -      ");
		pd_out(sink, PD_ROLE_TEXT, "  %s\n",
		    k->ops->what != NULL ? k->ops->what : "");
	}
	return 0;
}

static int
op_bind(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	return pd_keymap_bind(&t->keys, arg, err);
}

static int
op_keys(struct pd_tui *t, const char *arg, struct pd_err *err)
{
	return pd_keymap_print(&t->keys, arg, t->env.session->sink, err);
}

static int (*const ops[PD_SCREEN_OP_MAX])(struct pd_tui *, const char *,
    struct pd_err *) = {
	[PD_SCREEN_TUI] = op_tui,
	[PD_SCREEN_LAYOUT] = op_layout,
	[PD_SCREEN_FOCUS] = op_focus,
	[PD_SCREEN_WINHEIGHT] = op_winheight,
	[PD_SCREEN_REFRESH] = op_refresh,
	[PD_SCREEN_PANE] = op_pane,
	[PD_SCREEN_BIND] = op_bind,
	[PD_SCREEN_INFO] = op_info,
	[PD_SCREEN_KEYS] = op_keys,
};

int
pd_tui_op(void *ctx, enum pd_screen_op op, const char *arg,
    struct pd_err *err)
{
	struct pd_tui *t = ctx;

	/* The last one may not have been drawn yet. */
	if (t->on && t->misplaced)
		pd_window_place(t);
	return ops[op](t, arg, err);
}

static bool
shows_stop(void *ctx)
{
	struct pd_tui *t = ctx;
	struct pd_pane *src = t->on ? pd_tui_pane(t, "src") : NULL;

	return src != NULL && src->shown;
}

static bool
output(void *ctx, size_t lines, struct pd_buf *out)
{
	struct pd_tui *t = ctx;

	if (t->tty == NULL)
		return false;
	pd_tty_text(t->tty, lines, out);
	return true;
}

const struct pd_screen_ops pd_tui_ops = {
	.run = pd_tui_op,
	.shows_stop = shows_stop,
	.output = output,
};
