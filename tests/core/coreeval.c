/*
 * The evaluator of cores as a filter, for evaldiff.py: an expression on each
 * line of stdin, its answer on a line of stdout, "= TEXT" or "! TEXT".
 *
 *	coreeval [-s STYLE] [CORE [FRAME]]
 *
 * Newlines and backslashes within a line are written \n and \\.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/eval.h"

static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0' && *s != '\n'; s++)
		if (*s == '\\' && (s[1] == 'n' || s[1] == '\\'))
			*to++ = *++s == 'n' ? '\n' : '\\';
		else
			*to++ = *s;
	*to = '\0';
}

static void
escape(const struct pd_str *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->s[i] == '\n')
			fputs("\\n", stdout);
		else if (s->s[i] == '\\')
			fputs("\\\\", stdout);
		else
			putchar(s->s[i]);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct pd_core_store *store = NULL;
	struct pd_eval req = { 0 };
	const struct pd_core_limits limits = { .exc = 1 };
	struct pd_value v = { 0 };
	struct pd_err err = { "" };
	uint64_t frame = 0;
	char *line = NULL;
	size_t cap = 0;

	if (argc > 2 && strcmp(argv[1], "-s") == 0) {
		req.style = strtoul(argv[2], NULL, 10);
		argc -= 2;
		argv += 2;
	}
	if (argc > 1 && (store = pd_core_store_open(argv[1], &err)) == NULL) {
		fprintf(stderr, "coreeval: %s\n", err.msg);
		return 1;
	}
	if (store != NULL)
		frame = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	while (getline(&line, &cap, stdin) > 0) {
		unescape(line);
		req.text = pd_str_from(line);
		if (pd_core_eval(store, frame, &req, &limits, &v, &err) < 0) {
			printf("? %s\n", err.msg);
		} else {
			fputs(v.failed ? "! " : "= ", stdout);
			escape(&v.text);
		}
		fflush(stdout);
		pd_rec_done(&pd_value_desc, &v);
		pd_str_done(&req.text);
		if (store != NULL)
			pd_core_store_trim(store);
	}
	free(line);
	pd_core_store_close(store);
	return 0;
}
