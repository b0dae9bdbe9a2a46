/*
 * Colours: when there are any, which, and what is written.
 */
#include <pty.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"
#include "ui/out.h"

static int tty;

static struct pd_style
style(struct pd_settings *s, int fd, const char *no, const char *term)
{
	struct pd_style st;

	memset(s, 0, sizeof(*s));
	s->style_enabled = true;
	if (no != NULL)
		setenv("NO_COLOR", no, 1);
	else
		unsetenv("NO_COLOR");
	if (term != NULL)
		setenv("TERM", term, 1);
	else
		unsetenv("TERM");
	pd_style_init(&st, s, fd);
	return st;
}

static const struct {
	bool		 on_tty;
	const char	*no, *term;
	bool		 want;
	const char	*name;
} when[] = {
	{ true, NULL, "xterm", true, "on a terminal" },
	{ true, "", "xterm", true, "an empty NO_COLOR means nothing" },
	{ true, "1", "xterm", false, "NO_COLOR" },
	{ true, NULL, "dumb", false, "TERM=dumb" },
	{ true, NULL, NULL, false, "no TERM" },
	{ true, NULL, "", false, "an empty TERM" },
	{ false, NULL, "xterm", false, "not on a pipe" },
};

static const struct {
	const char	*text;
	bool		 light;
} backgrounds[] = {
	{ NULL, false }, { "", false }, { "15;0", false }, { "0;15", true },
	{ "0;default;15", true }, { "0;7", true }, { "7;8", false },
	{ "0;11", true }, { "0;default", false }, { "15", false },
	{ "0;1x", false }, { "0;99", false }, { "0;-1", false },
};

static void
test_write(void)
{
	static const struct {
		enum pd_role	 role;
		const char	*text, *want;
	} writes[] = {
		{ PD_ROLE_TEXT, "a\n", "a\n" },
		{ PD_ROLE_FILE, "f.py", "\033[32mf.py\033[m" },
		{ PD_ROLE_ERROR, "*** x\n", "\033[91m*** x\033[m\n" },
		{ PD_ROLE_MARK, "\n-> ", "\n\033[1m->\033[m " },
		{ PD_ROLE_MARK, "  ", "  " },
		{ PD_ROLE_VALUE, "", "" },
		{ PD_ROLE_SOURCE, "x", "x" },
	};
	struct pd_settings s;
	struct pd_style st = style(&s, tty, NULL, "xterm");
	struct pd_plain_out o;

	pd_plain_out_init(&o, -1);
	o.style = &st;
	for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		pd_buf_reset(&o.buf);
		o.sink.write(o.sink.ctx, writes[i].role, writes[i].text,
		    strlen(writes[i].text));
		pd_buf_add(&o.buf, "", 1);
		tap_is_str(o.buf.s, writes[i].want, "written");
	}
	pd_buf_reset(&o.buf);
	pd_plain_out_done(&o);
}

static void
test_themes(void)
{
	struct pd_settings s;
	struct pd_style st = style(&s, tty, NULL, "xterm");
	const char *dark = pd_style_sgr(&st, PD_ROLE_NAME);

	s.style_theme = PD_THEME_LIGHT;
	tap_ok(strcmp(pd_style_sgr(&st, PD_ROLE_NAME), dark) != 0,
	    "light differs from dark");
	s.style_theme = PD_THEME_AUTO;
	st.light = true;
	tap_ok(strcmp(pd_style_sgr(&st, PD_ROLE_NAME), dark) != 0,
	    "auto is what the background is");
	s.style_theme = PD_THEME_DARK;
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), dark, "dark is dark");
	s.style_enabled = false;
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), "", "switched off");
}

int
main(void)
{
	struct pd_settings s;
	struct pd_style st;
	int master, p[2];

	if (openpty(&master, &tty, NULL, NULL, NULL) == -1 || pipe(p) == -1) {
		tap_skip("colours", "no pseudo-terminal");
		return tap_done();
	}
	for (size_t i = 0; i < sizeof(when) / sizeof(when[0]); i++) {
		st = style(&s, when[i].on_tty ? tty : p[1], when[i].no,
		    when[i].term);
		tap_is_int(*pd_style_sgr(&st, PD_ROLE_ERROR) != 0,
		    when[i].want, when[i].name);
	}
	for (size_t i = 0; i < sizeof(backgrounds) / sizeof(backgrounds[0]);
	    i++)
		tap_is_int(pd_style_is_light(backgrounds[i].text),
		    backgrounds[i].light, backgrounds[i].text != NULL ?
		    backgrounds[i].text : "no COLORFGBG");
	test_themes();
	test_write();
	return tap_done();
}
