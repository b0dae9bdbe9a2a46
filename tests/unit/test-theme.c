/*
 * Colours: when there are any, which, and what is written.
 */
#include <pty.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"
#include "ui/background.h"
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
	struct pd_str dark = pd_str_from(pd_style_sgr(&st, PD_ROLE_NAME));
	struct pd_err err;

	tap_is_int(pd_style_choose(&st, "light", &err), 0, "light");
	tap_ok(strcmp(pd_style_sgr(&st, PD_ROLE_NAME), dark.s) != 0,
	    "light differs from dark");
	pd_style_choose(&st, "auto", NULL);
	pd_style_background(&st, true);
	tap_ok(strcmp(pd_style_sgr(&st, PD_ROLE_NAME), dark.s) != 0,
	    "auto is what the background is");
	pd_style_choose(&st, "dark", NULL);
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), dark.s, "dark is dark");
	pd_style_background(&st, true);
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), dark.s,
	    "whatever the background is");
	tap_is_int(pd_style_choose(&st, "none-such", &err), -1, "no theme");
	tap_ok(strstr(err.msg, "'none-such'") != NULL &&
	    strstr(err.msg, "dusk") != NULL, "the error says which there are");
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), dark.s, "nothing changed");
	pd_str_done(&dark);
	s.style_enabled = false;
	tap_is_str(pd_style_sgr(&st, PD_ROLE_NAME), "", "switched off");
}

/* Each ready theme is right, and each role of it can be seen. */
static void
test_ready(void)
{
	struct pd_theme t;
	struct pd_err err = { "" };
	bool seen = true;

	for (unsigned i = 0; pd_theme_name(i) != NULL; i++)
		for (int rich = 0; rich < 2; rich++) {
			if (!tap_is_int(pd_theme_load(&t, pd_theme_name(i),
			    rich, &err), 0, pd_theme_name(i)))
				tap_note("%s", err.msg);
			for (unsigned r = PD_UI_LINE_CURRENT;
			    r < PD_UI_ROLE_MAX; r++)
				seen &= t.looks[r].bg != PD_COLOUR_DEFAULT ||
				    t.looks[r].attr != 0;
			seen &= t.looks[PD_ROLE_ERROR].attr != 0 ||
			    t.looks[PD_ROLE_ERROR].fg != PD_COLOUR_DEFAULT;
		}
	tap_ok(seen, "lines and ranges are marked by more than a foreground");
	seen = true;
	for (unsigned i = 0; i < PD_UI_ROLE_MAX; i++)
		seen &= pd_role_names[i] != NULL;
	tap_ok(seen, "each role has a name");
}

static void
test_read(void)
{
	static const struct {
		const char	*text, *error;
	} wrong[] = {
		{ "file green\nfiel red\n", "t:2: there is no role 'fiel'" },
		{ "file gren\n", "t:1: no colour, and no attribute: 'gren'" },
		{ "file on\n", "t:1: no colour: ''" },
		{ "file on bold\n", "t:1: no colour: 'bold'" },
		{ "file 256\n", "t:1: no colour, and no attribute: '256'" },
		{ "file #12345\n",
		  "t:1: no colour, and no attribute: '#12345'" },
		{ "file #12345g\n",
		  "t:1: no colour, and no attribute: '#12345g'" },
		{ "file red green\n",
		  "t:1: no colour, and no attribute: 'green'" },
	};
	struct pd_theme t = { 0 };
	struct pd_err err = { "" };
	struct pd_look *file = &t.looks[PD_ROLE_FILE];

	tap_is_int(pd_theme_read(&t, "# mine\n\nbase dark\n"
	    "  file\tbright-red on #0a0B0c bold underline\r\n"
	    "line 200\ntext default\nnote", "t", false, &err), 0, "a theme");
	tap_ok(file->fg == PD_COLOUR_INDEX(9) &&
	    file->bg == PD_COLOUR_RGB(10, 11, 12) &&
	    file->attr == (PD_ATTR_BOLD | PD_ATTR_UNDERLINE), "all of a line");
	tap_ok(t.looks[PD_ROLE_LINE].fg == PD_COLOUR_INDEX(200), "of 256");
	tap_ok(t.looks[PD_ROLE_NOTE].fg == PD_COLOUR_DEFAULT,
	    "a role alone is plain");
	tap_ok(t.looks[PD_ROLE_NAME].fg == PD_COLOUR_INDEX(3),
	    "the rest is the base's");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		tap_is_int(pd_theme_read(&t, wrong[i].text, "t", false, &err),
		    -1, "wrong");
		tap_is_str(err.msg, wrong[i].error, "the error");
	}
	tap_ok(file->fg == PD_COLOUR_INDEX(9), "nothing has changed");
}

/* What a colour becomes where there are fewer. */
static void
test_depth(void)
{
	static const struct {
		const char	*term, *colorterm, *want;
	} rows[] = {
		{ "xterm", "truecolor", "\033[38;2;200;30;40;48;5;238m" },
		{ "xterm-256color", NULL, "\033[38;5;160;48;5;238m" },
		{ "xterm", NULL, "\033[91;100m" },
		{ "linux", "truecolor", "\033[91;100m" },
		{ "vt100", NULL, "" },
	};
	char dir[] = "/tmp/pydbg-theme-XXXXXX";
	struct pd_str path, sub;
	struct pd_settings s;
	struct pd_style st;
	FILE *f;

	if (mkdtemp(dir) == NULL)
		return;
	setenv("XDG_CONFIG_HOME", dir, 1);
	sub = pd_strf("%s/pydbg", dir);
	mkdir(sub.s, 0700);
	path = pd_theme_dir();
	mkdir(path.s, 0700);
	f = fopen(pd_strf("%s/test.theme", path.s).s, "w");
	fputs("file #c81e28 on 238\n", f);
	fclose(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].colorterm != NULL)
			setenv("COLORTERM", rows[i].colorterm, 1);
		else
			unsetenv("COLORTERM");
		st = style(&s, tty, NULL, rows[i].term);
		tap_is_int(pd_style_choose(&st, "test", NULL), 0, "its theme");
		tap_is_str(pd_style_sgr(&st, PD_ROLE_FILE), rows[i].want,
		    rows[i].term);
	}
	unsetenv("COLORTERM");
}

/* A terminal's answers, cut anywhere, among what is typed. */
static void
test_background(void)
{
	static const struct {
		const char		*text;
		enum pd_background	 want;
		bool			 done;
		const char		*rest;
	} rows[] = {
		{ "", PD_BACKGROUND_UNKNOWN, false, "" },
		{ "\033]11;rgb:0000/0000/0000\033\\\033[?1;2c",
		  PD_BACKGROUND_DARK, true, "" },
		{ "\033]11;rgb:fdfd/f6f6/e3e3\a\033[?62c",
		  PD_BACKGROUND_LIGHT, true, "" },
		{ "ab\033]11;rgb:ff/ff/ff\acd\033[?6cef\033[A",
		  PD_BACKGROUND_LIGHT, true, "abcdef\033[A" },
		{ "\033]11;rgba:1e1e/1e1e/1e1e/ffff\a", PD_BACKGROUND_DARK,
		  false, "" },
		{ "\033]11;rgb:ffff/ff", PD_BACKGROUND_UNKNOWN, false,
		  "\033]11;rgb:ffff/ff" },
		{ "\033[?1;2c", PD_BACKGROUND_UNKNOWN, true, "" },
		{ "\033]11;nonsense\a\033[?1c", PD_BACKGROUND_UNKNOWN, true,
		  "" },
		{ "\033]11;rgb:\a\033[?1c", PD_BACKGROUND_DARK, true, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum pd_background got = PD_BACKGROUND_UNKNOWN;
		struct pd_buf b = { 0 };
		bool done = false;

		for (const char *p = rows[i].text; *p != '\0'; p++) {
			pd_buf_addc(&b, *p);
			done |= pd_background_read(&b, &got);
		}
		tap_ok(got == rows[i].want && done == rows[i].done,
		    "an answer about the background");
		tap_is_str(pd_buf_c(&b), rows[i].rest, "what is left of it");
		pd_buf_done(&b);
	}
}

/* One that never answers is not waited for for long. */
static void
test_silence(int master)
{
	struct pd_buf typed = { 0 };
	char asked[64];

	if (write(master, "x\n", 2) != 2)
		return;
	tap_is_int(pd_background_ask(tty, "xterm", 50, &typed),
	    PD_BACKGROUND_UNKNOWN, "no answer");
	tap_is_str(pd_buf_c(&typed), "x\n", "what was typed is kept");
	tap_ok(read(master, asked, sizeof(asked)) > 0, "it was asked");
	tap_is_int(pd_background_ask(tty, "linux", 50, &typed),
	    PD_BACKGROUND_UNKNOWN, "a console is not asked");
	pd_buf_done(&typed);
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
	test_ready();
	test_read();
	test_depth();
	test_background();
	test_silence(master);
	test_write();
	return tap_done();
}
