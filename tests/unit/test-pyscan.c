/*
 * Tokens up to the cursor: what primary stands before it, in which bracket.
 */
#include <stdlib.h>

#include "engine/pyscan.h"
#include "tap.h"

static const struct {
	const char	*text;
	const char	*primary;	/* before the last token */
	long		 bracket;	/* token that opens the innermost one */
} tests[] = {
	{ "a.b.", "a.b", -1 },
	{ "x + a.b['k'].c.", "a.b['k'].c", -1 },
	{ "f(a, b[-1].", "b[-1]", 1 },
	{ "f(x).", "", -1 },
	{ "'text'.", "'text'", -1 },
	{ "r'''a\n'''.", "r'''a\n'''", -1 },
	{ "a[b].", "", -1 },
	{ "1.5.", "", -1 },
	{ "a['x\\'y'][0].", "a['x\\'y'][0]", -1 },
	{ "(a, [b.", "b", 3 },
	{ "a\n.b.", "a\n.b", -1 },
	{ ".", "", -1 },
	{ "]]]]", "", -1 },
	{ "\xc3\xa9t\xc3\xa9.", "\xc3\xa9t\xc3\xa9", -1 },
};

static void
run_test(size_t k)
{
	const char *p = tests[k].text;
	struct pd_scan s;
	size_t end, first, from, to;
	long bracket;

	pd_scan_init(&s, p, strlen(p));
	end = s.toks.n - 1;
	first = pd_scan_primary(&s, p, end);
	bracket = pd_scan_bracket(&s, p, s.toks.n);
	from = first < end ? PD_VEC_AT(&s.toks, struct pd_tok, first)->at : 0;
	to = first < end ? PD_VEC_AT(&s.toks, struct pd_tok, end)->at : 0;
	tap_ok(to - from == strlen(tests[k].primary) &&
	    memcmp(p + from, tests[k].primary, to - from) == 0,
	    "text %zu: %zu bytes before its end", k, to - from);
	tap_ok(bracket == tests[k].bracket, "... in bracket %ld", bracket);
	pd_scan_done(&s);
}

/* Any bytes: the tokens are in order and within the text. */
static void
run_random(unsigned seed)
{
	static const char pool[] = "ab1'\"\\.[](){}# \n\t-+e\xc3\xff";
	char text[200];
	struct pd_scan s;
	size_t at = 0, n;
	bool good = true;

	srandom(seed);
	n = (size_t)random() % sizeof(text);
	for (size_t i = 0; i < n; i++)
		text[i] = pool[(size_t)random() % (sizeof(pool) - 1)];
	pd_scan_init(&s, text, n);
	PD_VEC_EACH(&s.toks, struct pd_tok, t) {
		good = good && t->at >= at && t->n > 0 && t->at + t->n <= n;
		at = t->at + t->n;
	}
	for (size_t i = 0; i <= s.toks.n; i++) {
		good = good && pd_scan_primary(&s, text, i) <= i;
		good = good && pd_scan_bracket(&s, text, i) < (long)i;
	}
	if (!good)
		tap_ok(false, "random text of seed %u", seed);
	pd_scan_done(&s);
}

int
main(void)
{
	for (size_t k = 0; k < sizeof(tests) / sizeof(tests[0]); k++)
		run_test(k);
	for (unsigned seed = 0; seed < 3000; seed++)
		run_random(seed);
	tap_ok(true, "random texts");
	return tap_done();
}
