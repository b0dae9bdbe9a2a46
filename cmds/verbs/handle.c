/*
 * handle: what a SIGINT does, stop the program or be given to it.
 *
 * gdb's command for the one signal that the debugger takes; the words and the
 * table are gdb's.  It goes to the engine with the next resume.
 */
#include <signal.h>
#include <string.h>
#include <strings.h>

#include "cmds/room.h"
#include "rows.h"

static const struct {
	const char	*word;
	unsigned	 clear, set;	/* PD_SIGINT_* */
} words[] = {
	{ "stop", PD_SIGINT_NOSTOP, 0 },
	{ "nostop", 0, PD_SIGINT_NOSTOP },
	{ "pass", 0, PD_SIGINT_PASS },
	{ "nopass", PD_SIGINT_PASS, 0 },
	/* gdb's other names of the same. */
	{ "noignore", 0, PD_SIGINT_PASS },
	{ "ignore", PD_SIGINT_PASS, 0 },
	/* A stop is always told of. */
	{ "print", PD_SIGINT_NOSTOP, 0 },
};

static const char *
word_at(size_t i)
{
	if (i == 0)
		return "SIGINT";
	return i <= sizeof(words) / sizeof(words[0]) ? words[i - 1].word : NULL;
}

/* Is it a signal's name (1: SIGINT or all; -1: another one's), or not (0)? */
static int
is_signal(const char *s)
{
	if (strcasecmp(s, "SIGINT") == 0 || strcasecmp(s, "INT") == 0 ||
	    strcmp(s, "2") == 0 || strcmp(s, "all") == 0)
		return 1;
	if (strncasecmp(s, "SIG", 3) == 0 || (*s >= '0' && *s <= '9'))
		return -1;
	for (int signo = 1; signo < NSIG; signo++) {
		const char *name = sigabbrev_np(signo);

		if (name != NULL && strcasecmp(s, name) == 0)
			return -1;
	}
	return 0;
}

static bool
apply(const char *s, unsigned *state)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, s) == 0) {
			*state = (*state & ~words[i].clear) | words[i].set;
			return true;
		}
	return false;
}

static enum pd_cmd_status
complain(struct pd_session *s, const char *what, const char *word)
{
	pd_out_error(s->sink, "%s: %s", what, word);
	return PD_CMD_FAILED;
}

static enum pd_cmd_status
change(struct pd_session *s, const struct pd_vec *given)
{
	unsigned state = s->sigint;
	bool named = false;

	PD_VEC_EACH(given, struct pd_str, w) {
		const char *word = pd_str_c(w);
		int sig;

		/* STOP is a signal too, but gdb takes it for the word. */
		if (apply(word, &state))
			continue;
		sig = is_signal(word);
		if (sig < 0)
			return complain(s, "The program's own signal, only "
			    "SIGINT can be handled", word);
		if (sig == 0)
			return complain(s, "Not a signal, nor stop, nostop, "
			    "pass, nopass", word);
		named = named || sig > 0;
	}
	if (!named && given->n > 0)
		return complain(s, "Which signal? Say SIGINT before",
		    pd_str_c(PD_VEC_AT(given, struct pd_str, 0)));
	s->sigint = state;
	return PD_CMD_STAY;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	struct pd_vec given = { 0 };
	enum pd_cmd_status rc;
	bool stop;

	pd_parse_words(arg, &given);
	rc = change(s, &given);
	pd_parse_words_done(&given);
	if (rc == PD_CMD_FAILED)
		return rc;
	stop = !(s->sigint & PD_SIGINT_NOSTOP);
	pd_out(s->sink, PD_ROLE_TEXT,
	    "Signal        Stop\tPrint\tPass to program\tDescription\n"
	    "SIGINT        %s\t%s\t%s\t\tInterrupt\n", stop ? "Yes" : "No",
	    stop ? "Yes" : "No", s->sigint & PD_SIGINT_PASS ? "Yes" : "No");
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_handle = {
	.name = "handle",
	.group = PD_GROUP_RUNNING,
	.args = { PD_ARG_WORD },
	.words = word_at,
	.usage = "handle [signal [stop|nostop|pass|nopass ...]]",
	.summary = "Say what a SIGINT does.",
	.help =
	    "Say what a SIGINT does that comes while the program runs, from\n"
	    "Ctrl-C or from elsewhere.  stop: the program stops and knows\n"
	    "nothing of it; pass: it gets the signal, with stop when it goes\n"
	    "on.  Without words the present state is shown.",
	.example = "handle SIGINT nostop pass",
	.exec = run,
};
