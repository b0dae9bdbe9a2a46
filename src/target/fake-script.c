/*
 * The script of the fake target, read.  See fake.h for its lines.
 *
 * Called by fake.c alone.
 */
#include <stdlib.h>
#include <string.h>

#include "target/fake-script.h"

static struct fake_event *
last_event(struct fake *f)
{
	return f->events.n > 0 ? PD_VEC_AT(&f->events, struct fake_event,
	    f->events.n - 1) : NULL;
}

bool
pd_fake_split_place(const char *text, size_t n, struct pd_str *file,
    uint64_t *line)
{
	const char *colon = memrchr(text, ':', n);

	if (colon == NULL)
		return false;
	*file = pd_str_new(text, (size_t)(colon - text));
	*line = strtoull(colon + 1, NULL, 10);
	return true;
}

bool
pd_fake_frame(const char *text, struct pd_frame *fr)
{
	size_t n = strcspn(text, " "), m;
	const char *func = text + n + (text[n] != '\0');

	if (!pd_fake_split_place(text, n, &fr->file, &fr->line))
		return false;
	m = strcspn(func, " ");
	fr->func = pd_str_new(func, m);
	fr->firstline = 1;
	fr->is_module = pd_str_eq(&fr->func, "<module>");
	if (func[m] != '\0')
		fr->source = pd_str_from(func + m + 1);
	return true;
}

static const struct {
	const char		*word;
	enum pd_stop_kind	 kind;
} kinds[] = {
	{ "line", PD_STOP_LINE }, { "call", PD_STOP_CALL },
	{ "return", PD_STOP_RETURN }, { "exception", PD_STOP_EXCEPTION },
	{ "postmortem", PD_STOP_POSTMORTEM }, { "syntax", PD_STOP_POSTMORTEM },
};

static bool
add_stop(struct fake *f, const char *text)
{
	struct fake_event *e = PD_VEC_PUSH(&f->events, struct fake_event);
	size_t n = strcspn(text, " ");
	struct pd_frame *fr;

	e->ev.kind = PD_EVENT_STOP;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(kinds[i].word, text, n) == 0)
			e->ev.stop.kind = kinds[i].kind;
	e->ev.stop.exc_syntax = strncmp(text, "syntax", n) == 0;
	e->ev.stop.thread.id = 1;
	fr = PD_VEC_PUSH(&e->frames, struct pd_frame);
	return e->ev.stop.kind != PD_STOP_NONE && text[n] == ' ' &&
	    pd_fake_frame(text + n + 1, fr);
}

static bool
add_end(struct fake *f, const char *verb, const char *text)
{
	struct pd_event *ev =
	    &PD_VEC_PUSH(&f->events, struct fake_event)->ev;
	char *rest;

	ev->kind = strcmp(verb, "signal") == 0 ? PD_EVENT_SIGNALED :
	    PD_EVENT_EXITED;
	ev->code = (int)strtol(text, &rest, 10);
	ev->finished = strcmp(verb, "finish") == 0 ||
	    strcmp(verb, "sysexit") == 0;
	if (strcmp(verb, "sysexit") == 0) {
		ev->finish.system_exit = true;
		ev->finish.text = pd_str_from(*rest == ' ' ? rest + 1 : rest);
	}
	return true;
}

static bool
add_frame(struct fake_event *e, const char *text)
{
	struct pd_frame *fr = PD_VEC_PUSH(&e->frames, struct pd_frame);

	fr->index = e->frames.n - 1;
	return pd_fake_frame(text, fr);
}

static bool
add_hit(struct fake_event *e, const char *text)
{
	struct pd_vec *news = e->ev.kind == PD_EVENT_STOP ?
	    &e->ev.stop.bps : &e->ev.finish.bps;
	struct pd_bp_news *n = PD_VEC_PUSH(news, struct pd_bp_news);
	const char *error = strstr(text, "error=");
	char *rest;

	n->id = strtoull(text, &rest, 10);
	n->hits = strtoull(rest, &rest, 10);
	n->hit = true;
	n->gone = strncmp(rest, " gone", 5) == 0;
	if (error != NULL)
		n->error = pd_str_from(error + 6);
	return true;
}

/* What is said of the last event. */
static bool
add_detail(struct fake_event *e, const char *verb, const char *text)
{
	struct pd_frame *fr = e->frames.n == 0 ? NULL :
	    PD_VEC_AT(&e->frames, struct pd_frame, e->frames.n - 1);

	if (strcmp(verb, "hit") == 0)
		return add_hit(e, text);
	if (strcmp(verb, "last") == 0)
		return (e->ev.last = pd_str_from(text)).s != NULL;
	if (strcmp(verb, "detached") == 0)
		return (e->ev.detached = true);
	if (fr == NULL)
		return false;
	if (strcmp(verb, "frame") == 0)
		return add_frame(e, text);
	if (strcmp(verb, "first") == 0) {
		fr->firstline = strtoull(text, NULL, 10);
	} else if (strcmp(verb, "now") == 0) {
		fr->now = strtoull(text, NULL, 10);
	} else if (strcmp(verb, "retval") == 0) {
		fr->has_retval = true;
		fr->retval = pd_str_from(text);
	} else if (strcmp(verb, "exception") == 0) {
		e->ev.stop.exception = pd_str_from(text);
	} else if (strcmp(verb, "interrupted") == 0) {
		e->ev.stop.interrupted = true;
	} else if (strcmp(verb, "thread") == 0) {
		char *rest;

		e->ev.stop.thread.id = strtoull(text, &rest, 10);
		e->ev.stop.thread.name = pd_str_from(rest + (*rest == ' '));
	} else {
		return false;
	}
	return true;
}

static const char *const rule_verbs[] = {
	"also", "child", "complete", "eval", "fail", "exec", "var", "func",
	"file", "insn", "move", "text",
};

static bool
add_rule(struct fake *f, const char *verb, const char *text)
{
	const char *arrow = strstr(text, " => ");
	size_t n = arrow != NULL ? (size_t)(arrow - text) : strlen(text);
	struct rule *r;

	for (size_t i = 0; i < sizeof(rule_verbs) / sizeof(rule_verbs[0]);
	    i++) {
		if (strcmp(rule_verbs[i], verb) != 0)
			continue;
		r = PD_VEC_PUSH(&f->rules, struct rule);
		r->verb = rule_verbs[i];
		r->key = pd_str_new(text, n);
		r->value = pd_str_from(arrow != NULL ? arrow + 4 : "");
		return true;
	}
	return false;
}

static bool
add_text_line(struct fake *f, const char *line)
{
	struct rule *r;
	struct pd_str old;

	if (f->rules.n == 0)
		return false;
	r = PD_VEC_AT(&f->rules, struct rule, f->rules.n - 1);
	old = r->value;
	r->value = pd_strf("%s%s\n", pd_str_c(&old), line);
	pd_str_done(&old);
	return true;
}

bool
pd_fake_script_line(struct fake *f, const char *line)
{
	size_t n = strcspn(line, " ");
	struct pd_str verb;
	const char *text = line + n + (line[n] != '\0');
	bool ok = true;
	char *rest;

	if (*line == '\0')
		return true;
	if (*line == '|')
		return add_text_line(f, line + 1);
	verb = pd_str_new(line, n);
	if (pd_str_eq(&verb, "python")) {
		f->target.py.hex = strtoull(text, &rest, 16);
		pd_str_done(&f->target.py.version);
		f->target.py.version = pd_str_from(rest + (*rest == ' '));
	} else if (pd_str_eq(&verb, "stop")) {
		ok = add_stop(f, text);
	} else if (pd_str_eq(&verb, "finish") || pd_str_eq(&verb, "exit") ||
	    pd_str_eq(&verb, "sysexit") || pd_str_eq(&verb, "signal")) {
		ok = add_end(f, verb.s, text);
	} else if (!add_rule(f, verb.s, text)) {
		ok = last_event(f) != NULL &&
		    add_detail(last_event(f), verb.s, text);
	}
	pd_str_done(&verb);
	return ok;
}
