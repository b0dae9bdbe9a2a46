/*
 * The grammar of lines: words, numbers, quotes, what is Python.
 */
#include <limits.h>

#include "cmds/parse.h"
#include "tap.h"

/* cmd NULL: Python, arg is the statement. */
static const struct {
	const char	*line, *cmd, *arg;
} lines[] = {
	{ "c", "continue", "" },
	{ "  c  ", "continue", "" },
	{ "p x + 1 ", "p", "x + 1" },
	{ "b f.py:3, x == 1", "break", "f.py:3, x == 1" },
	{ "?", "help", "" },
	{ "? n", "help", "n" },
	{ "!c", NULL, "c" },
	{ "! c = 1", NULL, "c = 1" },
	{ "c.x", NULL, "c.x" },
	{ "c = 1", NULL, "c = 1" },
	{ "n=1", NULL, "n=1" },
	{ "n += 1", NULL, "n += 1" },
	{ "n //= 2", NULL, "n //= 2" },
	{ "n <<= 2", NULL, "n <<= 2" },
	{ "p <x", "p", "<x" },
	{ "p +x", "p", "+x" },
	{ "p *x, 1", "p", "*x, 1" },
	{ "list(d)", NULL, "list(d)" },
	{ "l 1, 2", "list", "1, 2" },
	{ "a[0]", NULL, "a[0]" },
	{ "a, b = 1, 2", NULL, "a, b = 1, 2" },
	{ "run =x", "run", "=x" },
	{ "EOF", "EOF", "" },
	{ "exec 1", NULL, "exec 1" },
	{ "nosuch thing", NULL, "nosuch thing" },
	{ "", NULL, "" },
	{ "\xff\xfe", NULL, "\xff\xfe" },
};

static void
test_lines(void)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct pd_parsed p;
		const char *arg;
		size_t n, want = strlen(lines[i].arg);
		bool good;

		pd_parse_line(lines[i].line, strlen(lines[i].line), &p);
		arg = p.cmd != NULL ? p.arg : p.stmt;
		n = p.cmd != NULL ? p.narg : p.nstmt;
		good = (p.cmd == NULL) == (lines[i].cmd == NULL) &&
		    (p.cmd == NULL || strcmp(p.cmd->name, lines[i].cmd) == 0)
		    && n == want && memcmp(arg, lines[i].arg, n) == 0;
		if (!tap_ok(good, "line '%s'", lines[i].line))
			tap_note("got %s '%.*s'", p.cmd != NULL ?
			    p.cmd->name : "Python", (int)n, arg);
	}
}

static void
test_nul(void)
{
	struct pd_parsed p;

	pd_parse_line("p 1\0 2", 6, &p);
	tap_ok(p.cmd == NULL && p.nstmt == 6,
	    "a line with NUL goes to Python whole");
}

static void
test_split(void)
{
	static const struct {
		const char *line;
		size_t at;
	} t[] = {
		{ "a;;b", 1 }, { "a;b", 3 }, { "p ';;'", 3 },
		{ "alias x a;;b", 12 }, { "aliases;;b", 7 }, { ";;", 0 },
		{ "", 0 },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		tap_is_int((intmax_t)pd_parse_split(t[i].line,
		    strlen(t[i].line)), (intmax_t)t[i].at, t[i].line);
}

static void
test_int(void)
{
	static const struct {
		const char *text;
		bool good;
		long v;
	} t[] = {
		{ "1", true, 1 }, { " -12 ", true, -12 }, { "+3", true, 3 },
		{ "1_000", true, 1000 }, { "007", true, 7 },
		{ "", false, 0 }, { "-", false, 0 }, { "1 2", false, 0 },
		{ "_1", false, 0 }, { "1_", false, 0 }, { "1__0", false, 0 },
		{ "0x1", false, 0 }, { "1.0", false, 0 },
		{ "99999999999999999999", true, LONG_MAX },
		{ "-99999999999999999999", true, LONG_MIN },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		long v = 0;
		bool good = pd_parse_int(t[i].text, &v);

		tap_ok(good == t[i].good && v == t[i].v, "int('%s')",
		    t[i].text);
	}
}

static void
test_shlex(void)
{
	/* The words joined by |, or the error. */
	static const struct {
		const char *text, *want;
	} t[] = {
		{ "a b  c", "a|b|c|" }, { "'a b' \"c d\"", "a b|c d|" },
		{ "a'b'c", "abc|" }, { "''", "|" }, { "\\a \\ ", "a| |" },
		{ "\"\\\"\\x\"", "\"\\x|" }, { "'\\'", "\\|" },
		{ "# a", "#|a|" }, { "", "" },
		{ "'a", "No closing quotation" },
		{ "a\\", "No escaped character" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct pd_vec v = { 0 };
		struct pd_buf b = { 0 };
		struct pd_err err;

		if (pd_parse_shlex(t[i].text, &v, &err) < 0)
			pd_buf_adds(&b, err.msg);
		PD_VEC_EACH(&v, struct pd_str, s)
			pd_buf_addf(&b, "%s|", s->s);
		tap_is_str(pd_buf_c(&b), t[i].want, t[i].text);
		pd_parse_words_done(&v);
		pd_buf_done(&b);
	}
}

static void
test_repr(void)
{
	static const struct {
		const char *text, *want;
	} t[] = {
		{ "a", "'a'" }, { "a'b", "\"a'b\"" },
		{ "a'\"b", "'a\\'\"b'" }, { "\n\t\\", "'\\n\\t\\\\'" },
		{ "\x01\x7f", "'\\x01\\x7f'" }, { "\xc3\xa9", "'\xc3\xa9'" },
		{ "\xff", "'\\udcff'" }, { "\xc3", "'\\udcc3'" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct pd_buf b = { 0 };

		pd_parse_repr(&b, t[i].text, strlen(t[i].text));
		tap_is_str(pd_buf_c(&b), t[i].want, t[i].want);
		pd_buf_done(&b);
	}
}

int
main(void)
{
	test_lines();
	test_nul();
	test_split();
	test_int();
	test_shlex();
	test_repr();
	return tap_done();
}
