/*
 * The command line: words in, the record out.
 */
#include "ui/options.h"
#include "ui/shebang.h"
#include "ui/locations.h"
#include "tap.h"

/* The record as text: what was set, in a fixed order. */
static void
show(const struct pd_options *o, int argc, char **argv, struct pd_buf *b)
{
	PD_VEC_EACH(&o->cmds, struct pd_option_cmd, c)
		pd_buf_addf(b, "%s<%s> ", c->is_file ? "x" : "c", c->text);
	PD_VEC_EACH(&o->pyflags, const char *, f)
		pd_buf_addf(b, "py<%s> ", *f);
	if (o->module != NULL)
		pd_buf_addf(b, "m<%s> ", o->module);
	if (o->cd != NULL)
		pd_buf_addf(b, "cd<%s> ", o->cd);
	if (o->prompt != NULL)
		pd_buf_addf(b, "prompt<%s> ", o->prompt);
	if (o->python != NULL)
		pd_buf_addf(b, "python<%s> ", o->python);
	pd_buf_addf(b, "%s%s%s%s%s%s%s", o->batch ? "batch " : "",
	    o->child_result ? "child " : "",
	    o->quiet ? "quiet " : "", o->nx ? "nx " : "", o->nh ? "nh " : "",
	    o->help ? "help " : "", o->version ? "version " : "");
	pd_buf_adds(b, "|");
	for (int i = o->rest; i < argc; i++)
		pd_buf_addf(b, " %s", argv[i]);
}

/* Words are separated by a blank, "_" stands for a blank in one. */
static const char *const rows[][2] = {
	{ "", "|" },
	{ "a.py", "| a.py" },
	{ "a.py -c x --batch -q", "| a.py -c x --batch -q" },
	{ "-c b_3 a.py", "c<b 3> | a.py" },
	{ "-cb_3 a.py", "c<b 3> | a.py" },
	{ "-ex n -c s --command=c --command q a.py",
	  "c<n> c<s> c<c> c<q> | a.py" },
	{ "--command= a.py", "c<> | a.py" },
	{ "-x f -ex n -x g a.py", "x<f> c<n> x<g> | a.py" },
	{ "-c -q a.py", "c<-q> | a.py" },
	{ "-m mod -q a", "m<mod> | -q a" },
	{ "-mmod a", "m<mod> | a" },
	{ "-q -m a.b", "m<a.b> quiet |" },
	{ "--args a.py -m b", "| a.py -m b" },
	{ "--args -m mod -x", "m<mod> | -x" },
	{ "--batch -q -nx -nh a.py", "batch quiet nx nh | a.py" },
	{ "--return-child-result a.py", "child | a.py" },
	{ "--nx --nh --quiet a", "quiet nx nh | a" },
	{ "--cd d --prompt >_ --python 3.12 a",
	  "cd<d> prompt<> > python<3.12> | a" },
	{ "--cd=d --prompt= --python=/p a",
	  "cd<d> prompt<> python</p> | a" },
	{ "-cd a", "c<d> | a" },
	{ "-O -OO -bb -u a", "py<-O> py<-OO> py<-bb> py<-u> | a" },
	{ "-Es -IuP a -B", "py<-Es> py<-IuP> | a -B" },
	{ "-X dev -Xfaulthandler -W error -Wd a",
	  "py<-X> py<dev> py<-Xfaulthandler> py<-W> py<error> py<-Wd> | a" },
	{ "-Xa=b a", "py<-Xa=b> | a" },
	{ "-- -a.py -q", "| -a.py -q" },
	{ "- a", "| - a" },
	{ "--help", "help |" },
	{ "-h", "help |" },
	{ "--version a", "version | a" },
	{ "--nosuch a", "unknown option '--nosuch'" },
	{ "-Z a", "unknown option '-Z'" },
	{ "-Eq a", "unknown option '-Eq'" },
	{ "--batch=1 a", "option '--batch' takes no argument" },
	{ "-c", "option '-c' needs an argument: COMMAND" },
	{ "--python", "option '--python' needs an argument: PATH|3.N" },
	{ "-m", "option '-m' needs an argument: MODULE" },
	{ "--nosuch=x", "unknown option '--nosuch=x'" },
};

static void
check_row(const char *words, const char *want)
{
	struct pd_options o = { 0 };
	struct pd_buf got = { 0 };
	struct pd_err err;
	char text[256], name[] = "pydbg", *argv[32] = { name }, *p = text;
	int argc = 1;

	snprintf(text, sizeof(text), "%s", words);
	while (*p != '\0') {
		argv[argc++] = p;
		for (; *p != '\0' && *p != ' '; p++)
			if (*p == '_')
				*p = '\x01';
		if (*p != '\0')
			*p++ = '\0';
	}
	for (size_t i = 0; i < sizeof(text); i++)
		if (text[i] == '\x01')
			text[i] = ' ';
	if (pd_options_parse(&o, argc, argv, &err) == -1)
		pd_buf_adds(&got, err.msg);
	else
		show(&o, argc, argv, &got);
	tap_is_str(pd_buf_c(&got), want, words);
	pd_buf_done(&got);
	pd_options_done(&o);
}

static void
check_help(void)
{
	const struct pd_option *row;
	struct pd_buf b = { 0 };
	bool all = true;

	pd_options_help(&b);
	for (row = pd_options_table; row->names[0] != NULL; row++)
		for (size_t i = 0; row->names[i] != NULL; i++)
			if (strstr(pd_buf_c(&b), row->names[i]) == NULL) {
				tap_note("missing: %s", row->names[i]);
				all = false;
			}
	tap_ok(all, "help names every option");
	pd_buf_done(&b);
}

static const struct {
	const char	*text;
	const char	*interp;
	const char	*option;
	bool		 python, env;
} lines[] = {
	{ "print(1)\n", NULL, NULL, false, false },
	{ "", NULL, NULL, false, false },
	{ "#!", NULL, NULL, false, false },
	{ "#!/usr/bin/python3\nx", "/usr/bin/python3", NULL, true, false },
	{ "#! /usr/bin/python3 -Es\r\n", "/usr/bin/python3", "-Es", true,
	  false },
	{ "#!/usr/bin/env python3\n", "python3", NULL, true, true },
	{ "#!/usr/bin/env -S python3.12 -u\n", "python3.12", "-u", true, true },
	{ "#!/usr/bin/env -S A=b /opt/python\n", "/opt/python", NULL, true,
	  false },
	{ "#!/usr/bin/env\n", NULL, NULL, false, false },
	{ "#!/bin/bash\n", "/bin/bash", NULL, false, false },
	{ "#!/bin/sh\necho hello\n", "/bin/sh", NULL, false, false },
	{ "#!/bin/sh\n'''exec' \"/a b/python3\" \"$0\" \"$@\"\n' '''\n",
	  "/a b/python3", NULL, true, false },
	{ "#!/bin/sh\n'''exec' /ab/python3 \"$0\" \"$@\"\n", "/ab/python3",
	  NULL, true, false },
};

static void
check_shebangs(void)
{
	struct pd_shebang sb;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		pd_shebang_parse(lines[i].text, strlen(lines[i].text), &sb);
		tap_is_str(sb.interp.s, lines[i].interp, "interpreter");
		tap_is_str(sb.option.s, lines[i].option, "its option");
		tap_ok(sb.python == lines[i].python && sb.env == lines[i].env,
		    "is it a python, by env");
		pd_shebang_done(&sb);
	}
}

static void
check_relative(const char *from, const char *to, const char *want)
{
	struct pd_str got = pd_locations_relative(from, to);

	tap_is_str(got.s, want, want);
	pd_str_done(&got);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row(rows[i][0], rows[i][1]);
	check_help();
	check_shebangs();
	check_relative("/usr/bin", "/usr/libexec/pydbg", "../libexec/pydbg");
	check_relative("/usr/local/bin", "/usr/libexec/pydbg",
	    "../../libexec/pydbg");
	check_relative("/a/bin", "/a/bin/x", "x");
	check_relative("/a/bin/x", "/a/bin", "..");
	check_relative("/a/binx", "/a/bin", "../bin");
	check_relative("/a", "/a", ".");
	return tap_done();
}
