/*
 * Redirections of the program's standard streams: run < in > out 2>&1.
 *
 * They belong to the arguments and stay until others are given.  Files are
 * opened for each start, by names relative to the program's directory, and
 * closed here once the process has them.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "cmds/walk.h"

void
pd_redirect_free(struct pd_session *s)
{
	for (int i = 0; i < 3; i++)
		pd_str_done(&s->redirect.file[i]);
	s->redirect = (struct pd_redirect){ 0 };
}

/* Bytes of the word at p, as the shell would take it. */
static size_t
word_len(const char *p)
{
	char quote = '\0';
	size_t n;

	for (n = 0; p[n] != '\0'; n++) {
		if (p[n] == '\\' && quote != '\'' && p[n + 1] != '\0')
			n++;
		else if (quote != '\0')
			quote = p[n] == quote ? '\0' : quote;
		else if (p[n] == '\'' || p[n] == '"')
			quote = p[n];
		else if (strchr(" \t<>", p[n]) != NULL)
			break;
	}
	return n;
}

/* One redirection at p, whose operator is known.  Gives where it ends. */
static const char *
take(struct pd_redirect *r, const char *p, int fd, bool append,
    struct pd_err *err)
{
	struct pd_vec words = { 0 };
	struct pd_str raw;
	size_t n;

	if (fd == 2 && strncmp(p, "&1", 2) == 0) {
		pd_str_done(&r->file[2]);
		r->err_to_out = true;
		return p + 2;
	}
	while (*p == ' ' || *p == '\t')
		p++;
	n = word_len(p);
	raw = pd_str_new(p, n);
	if (pd_parse_shlex(raw.s, &words, err) == 0 && words.n != 1)
		pd_err_set(err, "a redirection without a file");
	pd_str_done(&raw);
	if (words.n == 1) {
		pd_str_done(&r->file[fd]);
		r->file[fd] = pd_str_dup(PD_VEC_AT(&words, struct pd_str, 0));
		r->append[fd] = append;
	}
	if (fd == 2)
		r->err_to_out = false;
	n = words.n == 1 ? n : (size_t)-1;
	pd_parse_words_done(&words);
	return n == (size_t)-1 ? NULL : p + n;
}

/* Is there an operator at p?  Gives what is behind it. */
static const char *
operator_at(const char *p, int *fd, bool *append, bool *both)
{
	*both = *p == '&' && p[1] == '>';
	*fd = *p == '2' && p[1] == '>' ? 2 : *p == '<' ||
	    (*p == '0' && p[1] == '<') ? 0 : 1;
	if (*both || ((*p == '2' || *p == '1') && p[1] == '>') ||
	    (*p == '0' && p[1] == '<'))
		p++;
	if (*p != '<' && *p != '>')
		return NULL;
	*append = *p == '>' && p[1] == '>';
	return p + (*append ? 2 : 1);
}

int
pd_redirect_parse(struct pd_session *s, const char *args, struct pd_buf *out,
    struct pd_err *err)
{
	struct pd_redirect r = { 0 };
	const char *p = args, *at;
	bool append, both;
	size_t n;
	int fd;

	while (p != NULL && *p != '\0') {
		at = operator_at(p, &fd, &append, &both);
		if (at != NULL) {
			p = take(&r, at, fd, append, err);
			r.err_to_out = r.err_to_out || (both && p != NULL);
			continue;
		}
		n = word_len(p);
		pd_buf_add(out, p, n > 0 ? n : 1);
		p += n > 0 ? n : 1;
	}
	if (p == NULL) {
		for (int i = 0; i < 3; i++)
			pd_str_done(&r.file[i]);
		return -1;
	}
	/* Arguments without any take those of before away. */
	pd_redirect_free(s);
	s->redirect = r;
	return 0;
}

void
pd_redirect_close(struct pd_session *s)
{
	struct pd_redirect *r = &s->redirect;
	int *const slot[] = { &s->launch.in, &s->launch.out, &s->launch.err };

	for (int i = 0; i < 3; i++)
		if (r->open[i]) {
			if (i != 2 || !r->err_to_out)
				close(*slot[i]);
			*slot[i] = r->before[i];
			r->open[i] = false;
		}
}

int
pd_redirect_open(struct pd_session *s, struct pd_err *err)
{
	struct pd_redirect *r = &s->redirect;
	int *const slot[] = { &s->launch.in, &s->launch.out, &s->launch.err };

	for (int i = 0; i < 3; i++) {
		int flags = i == 0 ? O_RDONLY : O_WRONLY | O_CREAT |
		    (r->append[i] || !r->fresh ? O_APPEND : O_TRUNC), fd;
		struct pd_str name;

		if (r->file[i].s == NULL && !(i == 2 && r->err_to_out))
			continue;
		if (i == 2 && r->err_to_out) {
			fd = s->launch.out;
		} else {
			name = pd_path_abs(r->file[i].s, s->launch.cwd.s);
			fd = open(name.s, flags | O_CLOEXEC, 0666);
			pd_str_done(&name);
		}
		if (fd < 0) {
			pd_err_set(err, "cannot open '%s': %s",
			    r->file[i].s, strerror(errno));
			pd_redirect_close(s);
			return -1;
		}
		r->before[i] = *slot[i];
		r->open[i] = true;
		*slot[i] = fd;
	}
	r->fresh = false;
	return 0;
}

void
pd_redirect_text(struct pd_session *s, struct pd_buf *b)
{
	static const char *const ops[][2] = { { "<", "<" }, { ">", ">>" },
	    { "2>", "2>>" } };
	const struct pd_redirect *r = &s->redirect;

	for (int i = 0; i < 3; i++)
		if (r->file[i].s != NULL)
			pd_buf_addf(b, "%s%s %s", b->n > 0 ? " " : "",
			    ops[i][r->append[i]], r->file[i].s);
	if (r->err_to_out)
		pd_buf_addf(b, "%s2>&1", b->n > 0 ? " " : "");
}

int
pd_args_put(struct pd_session *s, const char *text, struct pd_err *err)
{
	return pd_session_set_args(s, text, err);
}

/* As a shell would have to be given it. */
static void
add_quoted(struct pd_buf *b, const char *p)
{
	if (*p != '\0' && strpbrk(p, " \t\n\"'\\<>&|;()$`*?[]~#") == NULL) {
		pd_buf_adds(b, p);
		return;
	}
	pd_buf_addc(b, '\'');
	for (; *p != '\0'; p++)
		if (*p == '\'')
			pd_buf_adds(b, "'\"'\"'");
		else
			pd_buf_addc(b, *p);
	pd_buf_addc(b, '\'');
}

void
pd_args_get(struct pd_session *s, struct pd_buf *b)
{
	struct pd_vec *argv = &s->launch.argv;

	for (size_t i = s->program_args; i < argv->n; i++) {
		if (i > s->program_args)
			pd_buf_addc(b, ' ');
		add_quoted(b, pd_str_c(PD_VEC_AT(argv, struct pd_str, i)));
	}
	pd_redirect_text(s, b);
}
