/*
 * Settings: their table, finding them by their words, values to and from text.
 */
#include <stdlib.h>
#include <unistd.h>

#include "cmds/session.h"
#include "target/fake.h"
#include "tap.h"

static struct pd_session s;

static void
swallow(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)role, (void)p;
	*(size_t *)ctx += n;
}

/* "NAME|REST", or the error. */
static struct pd_str
find(const char *text)
{
	const struct pd_setting *row;
	const char *rest;
	struct pd_err err;

	row = pd_setting_find(text, &rest, &err);
	return row == NULL ? pd_str_from(err.msg) :
	    pd_strf("%s|%s", row->name, rest);
}

static const struct {
	const char	*text, *want;
} finds[] = {
	{ "confirm off", "confirm|off" },
	{ "listsize", "listsize|" },
	{ "lists  20", "listsize|20" },
	{ "  print\telements 3", "print elements|3" },
	{ "print el 3", "print elements|3" },
	{ "p el 3", "print elements|3" },
	{ "hist si 10", "history size|10" },
	{ "prompt a b", "prompt|a b" },
	{ "pro >", "prompt|>" },
	{ "pr x", "'pr x' is ambiguous: print depth, print elements, "
	  "print pretty, prompt" },
	{ "print", "'print' is no setting; there are: print depth, "
	  "print elements, print pretty" },
	{ "print x ", "'print x' is no setting; there are: print depth, "
	  "print elements, print pretty" },
	{ "history s 1", "'history s 1' is ambiguous: history save, "
	  "history size" },
	{ "theme dark", "theme|dark" },
	{ "size", "'size' is no setting; there are: history size, listsize" },
	{ "zz 1", "There is no setting 'zz'; `show` lists all" },
	{ "confirmed", "There is no setting 'confirmed'; `show` lists all" },
	{ "", "There is no setting ''; `show` lists all" },
};

/* What is typed behind the name, and what is then shown or told. */
static const struct {
	const char	*name, *text, *want;
} values[] = {
	{ "confirm", "off", "off" },
	{ "confirm", "", "on" },
	{ "confirm", "No", "off" },
	{ "confirm", "1", "on" },
	{ "confirm", "maybe",
	  "set confirm: on or off is wanted, not 'maybe'" },
	{ "listsize", "20", "20" },
	{ "listsize", "0",
	  "set listsize: a number from 1 to 1073741823 is wanted, not '0'" },
	{ "listsize", "x", "set listsize: NUMBER is wanted, not 'x'" },
	{ "listsize", "", "set listsize: NUMBER is wanted" },
	{ "height", "unl", "unlimited" },
	{ "height", "0", "unlimited" },
	{ "height", "a", "auto" },
	{ "height", "24", "24" },
	{ "height", "-1", "set height: a number from 0 to 2147483647 is "
	  "wanted, not '-1'" },
	{ "height", "99999999999999999999", "set height: a number from 0 to "
	  "2147483647 is wanted, not '99999999999999999999'" },
	{ "dialect", "g", "gdb" },
	{ "dialect", "x", "set dialect: pdb|gdb is wanted, not 'x'" },
	{ "style theme", "light", "light" },
	{ "theme", "none-of-mine", "none-of-mine" },
	{ "prompt", "> ", "\"> \"" },
	{ "prompt", "\"a \\\"b\\\\ \"", "\"a \\\"b\\\\ \"" },
	{ "prompt", "'it''s '", "\"it''s \"" },
	{ "prompt", "'\\e[1m\\x41\\x4\\q\\n'", "\"\\e[1mAx4q\\n\"" },
	{ "prompt", "\"", "\"\\\"\"" },
	{ "prompt", "", "\"\"" },
	{ "logging file", "", "set logging file: TEXT is wanted" },
};

static const struct pd_setting *
row_of(const char *name)
{
	for (const struct pd_setting *row = pd_settings_table;
	    row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	abort();
}

static void
test_table(void)
{
	const struct pd_setting *row, *last = NULL;
	bool sorted = true, back = true, fits = true;

	for (row = pd_settings_table; row->name != NULL; row++) {
		struct pd_buf b = { 0 }, c = { 0 };
		struct pd_err err;

		sorted &= last == NULL || strcmp(last->name, row->name) < 0;
		last = row;
		pd_setting_get(&s, row, &b);
		back &= pd_setting_put(&s, row, pd_buf_c(&b), &err) == 0;
		pd_setting_get(&s, row, &c);
		back &= strcmp(pd_buf_c(&b), pd_buf_c(&c)) == 0;
		fits &= strlen(row->name) <= 18 && strlen(row->help) <= 48;
		pd_buf_done(&b);
		pd_buf_done(&c);
	}
	tap_ok(sorted, "the table is sorted");
	tap_ok(back, "what is shown can be typed back");
	tap_ok(fits, "names and helps fit their columns");
	tap_ok(last - pd_settings_table < 60, "the search has room");
}

static void
test_changed(void)
{
	const struct pd_setting *on = row_of("logging enabled");
	const struct pd_setting *file = row_of("logging file");
	struct pd_sink *under = s.sink;
	struct pd_err err;

	pd_setting_put(&s, file, "/nonexistent/x", &err);
	tap_is_int(pd_setting_put(&s, on, "on", &err), -1,
	    "a setting that cannot be had is refused");
	tap_is_str(err.msg, "set logging enabled: cannot write to "
	    "/nonexistent/x: No such file or directory", "with the reason");
	tap_ok(!s.settings.logging_enabled, "and is as it was");
	pd_setting_put(&s, file, "/dev/null", &err);
	tap_is_int(pd_setting_put(&s, on, "on", &err), 0, "it can be had");
	tap_ok(s.sink != under, "logging puts its sink on");
	tap_is_int(pd_setting_put(&s, file, "/nonexistent/x", &err), -1,
	    "another file that cannot be had");
	tap_is_str(pd_str_c(&s.settings.logging_file), "/dev/null",
	    "the old one stays");
	pd_setting_put(&s, file, "/dev/full", &err);
	pd_out(s.sink, PD_ROLE_TEXT, "text\n");
	pd_out_flush(s.sink);
	pd_out(s.sink, PD_ROLE_TEXT, "text\n");
	pd_setting_put(&s, on, "off", &err);
	tap_ok(s.sink == under, "and takes it off");
}

static void
test_words(void)
{
	static const char *const ours[] = { "foo", "print el", "x y" };
	static const char *const python[] = { "", "(1)", "if x else y",
	    "is x", "in y", "not in z", "and x", "or x", ".x", "| x", "x.y",
	    "= 3" };
	bool good = true;

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		good &= pd_setting_is_words(ours[i], strlen(ours[i]));
	for (size_t i = 0; i < sizeof(python) / sizeof(python[0]); i++)
		good &= !pd_setting_is_words(python[i], strlen(python[i]));
	tap_ok(good, "what is ours and what Python's behind `set`");
}

int
main(void)
{
	size_t said = 0;
	struct pd_sink sink = { .write = swallow, .ctx = &said };
	struct pd_target *t = pd_target_fake_new("", NULL);
	struct pd_str got;

	pd_session_init(&s, t, &sink);
	test_table();
	for (size_t i = 0; i < sizeof(finds) / sizeof(finds[0]); i++) {
		got = find(finds[i].text);
		tap_is_str(got.s, finds[i].want, finds[i].text);
		pd_str_done(&got);
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const struct pd_setting *row = row_of(values[i].name);
		struct pd_buf b = { 0 };
		struct pd_err err;

		if (pd_setting_put(&s, row, values[i].text, &err) == -1)
			pd_buf_adds(&b, err.msg);
		else
			pd_setting_get(&s, row, &b);
		tap_is_str(pd_buf_c(&b), values[i].want, values[i].name);
		pd_buf_done(&b);
	}
	test_changed();
	test_words();
	pd_session_done(&s);
	t->ops->close(t);
	return tap_done();
}
