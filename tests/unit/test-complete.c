/*
 * Completion of command lines against the fake target.
 */
#include <stdlib.h>

#include "cmds/complete.h"
#include "target/fake.h"
#include "tap.h"

#define SCRIPT								\
	"stop line /p/main.py:5 f y = x\n"				\
	"complete lo => local_a local_b lambda\n"			\
	"complete loc => local_a local_b\n"				\
	"complete x.a => alpha alpha\n"					\
	"complete f => func f_too\n"					\
	"complete C.me => meth\n"					\
	"complete main.py => 1 2 20 C.meth\n"				\
	"complete d[ => ['a'] ['b']\n"					\
	"complete x = lo => local_a\n"

struct test {
	const char	*line;		/* | is the cursor */
	size_t		 from;
	const char	*items;		/* with blanks */
};

static const struct test tests[] = {
	{ "longl|", 0, "longlist" },
	{ "  longl|", 2, "longlist" },
	{ "lo|", 0, "lambda local_a local_b longlist" },
	{ "p lo|", 2, "lambda local_a local_b" },
	{ "p x.a|", 4, "alpha" },
	{ "x = lo|", 4, "local_a" },
	{ "!x = lo|", 5, "local_a" },
	{ "p x;; p loc|", 8, "local_a local_b" },
	{ "p d[|'] + 1", 4, "['a ['b" },
	{ "b C.me|", 4, "meth" },
	{ "b main.py:2|", 10, "2 20" },
	{ "b main.py:|", 10, "1 2 20 C.meth" },
	{ "tbreak main.py:2, lo|", 18, "lambda local_a local_b" },
	{ "b main.py:2 if lo|", 15, "lambda local_a local_b" },
	{ "condition 1 lo|", 12, "lambda local_a local_b" },
	{ "condition |", 10, "1 12" },
	{ "disable 1|", 8, "1 12" },
	{ "disable 12 1|", 11, "1 12" },
	{ "help longl|", 5, "longlist" },
	{ "set history s|", 4, "history save history size" },
	{ "set history save |", 17, "off on" },
	{ "set style theme l|", 16, "light" },
	{ "show pag|", 5, "pagination" },
	{ "cd /no/such/dire|", 3, "" },
	{ "longlist x|", 9, "" },
	{ "nosuch.thing|", 7, "" },
	{ "|", 0, NULL },
	{ "p \xff\xfe|", 2, "" },
	{ "b |", 2, NULL },
	{ ";;;;|", 4, NULL },
	{ "? longl|", 2, "longlist" },
};

static void
nothing(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)ctx;
	(void)role;
	(void)p;
	(void)n;
}

static void
run_test(struct pd_session *s, const struct test *t)
{
	const char *bar = strchr(t->line, '|');
	struct pd_str line = pd_str_new(t->line, (size_t)(bar - t->line));
	struct pd_completion c;
	struct pd_buf got = { 0 };

	pd_complete_line(s, line.s, line.n, bar + 1, &c);
	PD_VEC_EACH(&c.items, struct pd_str, it)
		pd_buf_addf(&got, "%s%s", got.n > 0 ? " " : "", it->s);
	if (t->items == NULL)
		tap_ok(c.from <= line.n, "%s", t->line);
	else
		tap_is_str(pd_buf_c(&got), t->items, t->line);
	if (t->items != NULL && *t->items != '\0')
		tap_ok(c.from == t->from, "... from %zu", c.from);
	pd_buf_done(&got);
	pd_completion_done(&c);
	pd_str_done(&line);
}

static void
check_common(void)
{
	static const char *const words[] = { "x\xc3\xa9", "x\xc3\xa8" };
	struct pd_completion c = { 0 };

	tap_ok(pd_completion_common(&c) == 0, "nothing has nothing in common");
	for (size_t i = 0; i < 2; i++)
		pd_complete_offer(&c, words[i], "", 0);
	tap_ok(pd_completion_common(&c) == 1, "no half of a character");
	pd_completion_done(&c);
}

int
main(void)
{
	struct pd_sink sink = { .write = nothing };
	struct pd_err err;
	struct pd_target *target = pd_target_fake_new(SCRIPT, &err);
	struct pd_session s;

	if (target == NULL) {
		tap_ok(false, "%s", err.msg);
		return tap_done();
	}
	pd_session_init(&s, target, &sink);
	*PD_VEC_PUSH(&s.launch.argv, struct pd_str) = pd_str_from("python");
	s.what = pd_str_from("/p/main.py");
	pd_session_start(&s);
	for (uint64_t id = 1; id <= 12; id += 11) {
		struct pd_bp *bp = PD_VEC_PUSH(&s.bps, struct pd_bp);

		bp->id = id;
		bp->file = pd_str_from("/p/main.py");
		bp->line = 5;
	}
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		run_test(&s, &tests[i]);
	check_common();
	pd_session_done(&s);
	target->ops->close(target);
	return tap_done();
}
