/*
 * Arbitrary bytes at the prompt: the grammar alone, and a whole session on a
 * fake target that takes each line.
 *
 * What must hold: pieces lie inside the line, a line is taken to its end, and
 * no command minds what it is given.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pyblock.h"
#include "base/pylex.h"
#include "cmds/parse.h"
#include "cmds/session.h"
#include "target/fake.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char script[] =
    "stop line /p/main.py:5 f y = x\nfirst 4\n"
    "frame /p/main.py:8 <module> f(1)\n"
    "text /p/main.py\n|import os\n|\n|# note\n|def f(x):\n|    y = x\n"
    "|    return y\n|\n|f(1)\n"
    "file main.py => /p/main.py\nfunc f => /p/main.py:4\neval x => 1\n"
    "exec y => 2\nvar x => 1\n"
    "stop return /p/main.py:6 f return y\nretval 1\n"
    "stop postmortem /p/main.py:6 f return y\nsysexit 1 1\n"
    "stop line /p/main.py:1 <module> import os\nsignal 11\n"
    "stop line /p/main.py:1 <module> import os\n";

static void
check(bool good)
{
	if (!good)
		abort();
}

static void
count_bytes(void *ctx, enum pd_pytok kind, const char *p, size_t n)
{
	check(kind < PD_PYTOK_MAX && p != NULL && n > 0);
	*(size_t *)ctx += n;
}

/* The pieces of each line cover it. */
static void
fuzz_pylex(const char *p, size_t n)
{
	struct pd_pylex lex = { 0 };
	size_t seen, len;

	for (; n > 0; p += len, n -= len) {
		const char *nl = memchr(p, '\n', n);

		len = nl != NULL ? (size_t)(nl - p) : n;
		seen = 0;
		pd_pylex_line(&lex, p, len, count_bytes, &seen);
		check(seen == len && lex.depth <= PD_PYLEX_DEPTH);
		len += nl != NULL;
	}
}

static void
fuzz_grammar(const char *p, size_t n)
{
	struct pd_parsed line;
	struct pd_vec words = { 0 };
	struct pd_buf b = { 0 };
	struct pd_str text = pd_str_new(p, n);
	struct pd_err err;
	long v;

	check(pd_parse_split(p, n) <= n);
	pd_parse_line(p, n, &line);
	check(line.line >= p && line.line + line.n <= p + n);
	check(line.stmt >= p && line.stmt + line.nstmt <= p + n);
	check(line.cmd == NULL ||
	    (line.arg >= p && line.arg + line.narg <= p + n));
	pd_parse_int(text.s, &v);
	pd_parse_words(text.s, &words);
	pd_parse_shlex(text.s, &words, &err);
	pd_parse_repr(&b, p, n);
	check(pd_pyblock_lines(p, n) >= 1);
	fuzz_pylex(p, n);
	pd_pyblock_starts(p, n);
	pd_parse_words_done(&words);
	pd_buf_done(&b);
	pd_str_done(&text);
}

static void
swallow(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)role;
	*(size_t *)ctx += p != NULL ? n : 0;
}

static void
fuzz_session(const char *p, size_t n)
{
	size_t said = 0, len;
	struct pd_sink sink = { .write = swallow, .ctx = &said };
	struct pd_session s;
	struct pd_err err;
	struct pd_target *t = pd_target_fake_new(script, &err);

	check(t != NULL);
	pd_session_init(&s, t, &sink);
	s.what = pd_str_from("/p/main.py");
	s.launch.cwd = pd_str_from("/p");
	pd_session_start(&s);
	while (n > 0 && !s.quit) {
		const char *nl = memchr(p, '\n', n);

		len = nl != NULL ? (size_t)(nl - p) : n;
		/* Not into files. */
		if (memmem(p, len, "log", 3) == NULL)
			pd_session_line(&s, p, len);
		pd_session_run_queue(&s);
		len += nl != NULL;
		p += len;
		n -= len;
	}
	pd_session_done(&s);
	t->ops->close(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* A copy of its own size: a step beyond it is then seen. */
	char *p = malloc(n > 0 ? n : 1);

	check(p != NULL);
	memcpy(p, n > 0 ? (const void *)data : "", n);
	fuzz_grammar(p, n);
	fuzz_session(p, n);
	free(p);
	return 0;
}
