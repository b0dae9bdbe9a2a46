/*
 * The grammar: what is a command, what its argument, what is Python.
 *
 * Called by the session for each line and by commands for their arguments;
 * also by the fuzz target, with arbitrary bytes.  Must not know a session.
 */
#include "cmds/parse.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

/* Characters of the first word (pdb 3.13's identchars). */
static bool
is_ident(char c)
{
	return c != '\0' && (isalnum((unsigned char)c) ||
	    strchr("_=.[](),\"'+-*/%@&|<>~^", c) != NULL);
}

static bool
is_blank(char c)
{
	/* The ASCII part of str.isspace(). */
	return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

void
pd_parse_strip(const char **p, size_t *n)
{
	while (*n > 0 && is_blank(**p))
		(*p)++, (*n)--;
	while (*n > 0 && is_blank((*p)[*n - 1]))
		(*n)--;
}

/*
 * `n = 1` and `n += 1`: an argument that begins so makes sense to no command
 * but those that take words for the program.
 */
static bool
is_assignment(const struct pd_cmd *cmd, const char *arg, size_t n)
{
	size_t i = 0;

	if (cmd->args[0] == PD_ARG_TEXT || n == 0)
		return false;
	if (arg[0] == '=')
		return true;
	if (n > 2 && (memcmp(arg, "**", 2) == 0 || memcmp(arg, "//", 2) == 0 ||
	    memcmp(arg, "<<", 2) == 0 || memcmp(arg, ">>", 2) == 0))
		i = 1;
	return n > i + 1 && strchr("+-*/%@&|^<>", arg[i]) != NULL &&
	    (i == 1 || (arg[i] != '<' && arg[i] != '>')) && arg[i + 1] == '=';
}

static void
parse_python(struct pd_parsed *out, const char *p, size_t n)
{
	out->cmd = NULL;
	out->stmt = p;
	out->nstmt = n;
	pd_parse_strip(&out->stmt, &out->nstmt);
}

/* gdb's `set var x = 1`: the length of what stands before the statement; 0. */
static size_t
set_var(const struct pd_cmd *cmd, const char *arg, size_t n)
{
	static const char *const words[] = { "var", "variable" };

	for (size_t i = 0; i < 2 && strcmp(cmd->name, "set") == 0; i++) {
		size_t len = strlen(words[i]);

		if (n > len && memcmp(arg, words[i], len) == 0 &&
		    is_blank(arg[len]))
			return len;
	}
	return 0;
}

void
pd_parse_line(const char *p, size_t n, struct pd_parsed *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	pd_parse_strip(&p, &n);
	out->line = p;
	out->n = n;
	parse_python(out, p, n);
	/* A NUL would end a command's argument early: Python says it better. */
	if (n == 0 || memchr(p, '\0', n) != NULL)
		return;
	if (*p == '!') {
		out->bang = true;
		parse_python(out, p + 1, n - 1);
		return;
	}
	if (*p == '?') {
		out->cmd = pd_cmd_find("help", 4);
		i = 1;
	} else {
		for (i = 0; i < n && is_ident(p[i]); i++)
			;
		out->cmd = pd_cmd_find(p, i);
	}
	out->arg = p + i;
	out->narg = n - i;
	pd_parse_strip(&out->arg, &out->narg);
	i = out->cmd != NULL ? set_var(out->cmd, out->arg, out->narg) : 0;
	if (i > 0) {
		parse_python(out, out->arg + i, out->narg - i);
		return;
	}
	if (out->cmd != NULL && (out->cmd->name[0] == '!' ||
	    (*p != '?' && out->cmd->claims != NULL &&
	    !out->cmd->claims(out->arg, out->narg)) ||
	    (*p != '?' && is_assignment(out->cmd, out->arg, out->narg))))
		out->cmd = NULL;
}

size_t
pd_parse_split(const char *p, size_t n)
{
	const char *q = p, *at;
	size_t left = n;

	pd_parse_strip(&q, &left);
	/* An alias' own text may hold several commands. */
	if (left > 5 && memcmp(q, "alias", 5) == 0 && is_blank(q[5]))
		return n;
	at = memmem(p, n, ";;", 2);
	return at != NULL ? (size_t)(at - p) : n;
}

bool
pd_parse_int(const char *s, long *out)
{
	size_t n = strlen(s);
	bool neg = false, digit = false;
	unsigned long v = 0, max;

	pd_parse_strip(&s, &n);
	if (n > 0 && (*s == '-' || *s == '+')) {
		neg = *s == '-';
		s++, n--;
	}
	max = neg ? (unsigned long)LONG_MAX + 1 : (unsigned long)LONG_MAX;
	for (; n > 0; s++, n--) {
		if (*s == '_' && digit && n > 1 && s[1] != '_') {
			digit = false;
			continue;
		}
		if (*s < '0' || *s > '9')
			return false;
		digit = true;
		if (v > (max - (unsigned long)(*s - '0')) / 10)
			v = max;
		else
			v = v * 10 + (unsigned long)(*s - '0');
	}
	if (!digit)
		return false;
	*out = neg ? (v == max ? LONG_MIN : -(long)v) : (long)v;
	return true;
}

static void
push_word(struct pd_vec *out, struct pd_buf *word)
{
	struct pd_str *s = PD_VEC_PUSH(out, struct pd_str);

	*s = word->n > 0 ? pd_buf_take(word) : pd_str_new("", 0);
}

void
pd_parse_words(const char *s, struct pd_vec *out)
{
	const char *from;

	for (;;) {
		while (*s != '\0' && is_blank(*s))
			s++;
		if (*s == '\0')
			return;
		for (from = s; *s != '\0' && !is_blank(*s); s++)
			;
		*PD_VEC_PUSH(out, struct pd_str) =
		    pd_str_new(from, (size_t)(s - from));
	}
}

void
pd_parse_words_done(struct pd_vec *v)
{
	PD_VEC_EACH(v, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(v);
}

/*
 * One word in POSIX mode: quotes join, a backslash escapes the next
 * character, inside "" only \ and ".  Returns 1, 0 at the end, -1.
 */
static int
shlex_word(const char **sp, struct pd_buf *word, struct pd_err *err)
{
	const char *s = *sp;
	char quote = '\0';

	while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		s++;
	if (*s == '\0')
		return 0;
	for (; *s != '\0'; s++) {
		if (quote != '\0' && *s == quote) {
			quote = '\0';
		} else if (*s == '\\' && quote != '\'') {
			if (s[1] == '\0')
				return pd_err_set(err, "No escaped character");
			if (quote == '"' && s[1] != '"' && s[1] != '\\')
				pd_buf_addc(word, '\\');
			pd_buf_addc(word, *++s);
		} else if (quote != '\0') {
			pd_buf_addc(word, *s);
		} else if (*s == '\'' || *s == '"') {
			quote = *s;
		} else if (*s == ' ' || *s == '\t' || *s == '\r' ||
		    *s == '\n') {
			break;
		} else {
			pd_buf_addc(word, *s);
		}
	}
	*sp = s;
	return quote == '\0' ? 1 : pd_err_set(err, "No closing quotation");
}

int
pd_parse_shlex(const char *s, struct pd_vec *out, struct pd_err *err)
{
	struct pd_buf word = { 0 };
	size_t before = out->n;
	int rc;

	while ((rc = shlex_word(&s, &word, err)) > 0)
		push_word(out, &word);
	pd_buf_done(&word);
	while (rc < 0 && out->n > before)
		pd_str_done(PD_VEC_AT(out, struct pd_str, --out->n));
	return rc;
}

/* Length of the well-formed UTF-8 sequence at p, 0 if it is none. */
static size_t
utf8_len(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t len = u[0] < 0x80 ? 1 : u[0] >= 0xc2 && u[0] < 0xe0 ? 2 :
	    (u[0] & 0xf0) == 0xe0 ? 3 : u[0] >= 0xf0 && u[0] < 0xf5 ? 4 : 0;

	if (len == 0 || len > n)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((u[i] & 0xc0) != 0x80)
			return 0;
	if ((u[0] == 0xe0 && u[1] < 0xa0) || (u[0] == 0xed && u[1] > 0x9f) ||
	    (u[0] == 0xf0 && u[1] < 0x90) || (u[0] == 0xf4 && u[1] > 0x8f))
		return 0;
	return len;
}

void
pd_parse_repr(struct pd_buf *b, const char *p, size_t n)
{
	static const char short_esc[] = { ['\t'] = 't', ['\n'] = 'n',
	    ['\r'] = 'r' };
	char quote = memchr(p, '\'', n) != NULL &&
	    memchr(p, '"', n) == NULL ? '"' : '\'';
	size_t len;

	pd_buf_addc(b, quote);
	for (; n > 0; p += len, n -= len) {
		unsigned char c = (unsigned char)*p;

		len = utf8_len(p, n);
		if (len > 1) {
			pd_buf_add(b, p, len);
		} else if (len == 0) {
			len = 1;
			pd_buf_addf(b, "\\udc%02x", c);
		} else if (c == '\\' || *p == quote) {
			pd_buf_addf(b, "\\%c", *p);
		} else if (c < sizeof(short_esc) && short_esc[c] != '\0') {
			pd_buf_addf(b, "\\%c", short_esc[c]);
		} else if (c < 0x20 || c == 0x7f) {
			pd_buf_addf(b, "\\x%02x", c);
		} else {
			pd_buf_addc(b, *p);
		}
	}
	pd_buf_addc(b, quote);
}
