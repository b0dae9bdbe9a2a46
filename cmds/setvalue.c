/*
 * Values of settings, from text and to text.
 *
 * Called by `set`, `show` and the session's beginning and end.  What
 * pd_setting_get() gives can be typed back.  It must not print.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cmds/room.h"

static void *
member(struct pd_session *s, const struct pd_setting *row)
{
	return (char *)s + row->off;
}

static int
put_bool(bool *out, const char *v, struct pd_err *err)
{
	static const struct {
		const char	*word;
		bool		 value;
	} words[] = {
		{ "", true }, { "on", true }, { "1", true }, { "yes", true },
		{ "enable", true }, { "true", true }, { "off", false },
		{ "0", false }, { "no", false }, { "disable", false },
		{ "false", false },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(words[i].word, v) == 0) {
			*out = words[i].value;
			return 0;
		}
	return pd_err_set(err, "on or off is wanted, not '%s'", v);
}

static int
unwanted(const struct pd_setting *row, const char *v, struct pd_err *err)
{
	struct pd_buf b = { 0 };

	pd_setting_values(row, &b);
	if (*v == '\0')
		pd_err_set(err, "%s is wanted", pd_buf_c(&b));
	else
		pd_err_set(err, "%s is wanted, not '%s'", pd_buf_c(&b), v);
	pd_buf_done(&b);
	return -1;
}

static int
put_int(const struct pd_setting *row, long *out, const char *v,
    struct pd_err *err)
{
	long n = 0;

	if (row->unlimited && *v != '\0' && pd_starts("unlimited", v))
		n = 0;
	else if (row->autosize && *v != '\0' && pd_starts("auto", v))
		n = PD_AUTO;
	else if (!pd_parse_int(v, &n)) {
		return unwanted(row, v, err);
	} else if (n < row->min || n > row->max)
		return pd_err_set(err, "a number from %ld to %ld is wanted, "
		    "not '%s'", row->min, row->max, v);
	*out = n;
	return 0;
}

/* -1: none, or several. */
static int
find_word(const char *const *words, const char *v)
{
	int found = -1;

	if (*v == '\0')
		return -1;
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], v) == 0)
			return i;
		if (pd_starts(words[i], v)) {
			if (found != -1)
				return -1;
			found = i;
		}
	}
	return found;
}

static int
put_enum(const struct pd_setting *row, int *out, const char *v,
    struct pd_err *err)
{
	int found = find_word(row->words, v);

	if (found != -1) {
		*out = found;
		return 0;
	}
	return unwanted(row, v, err);
}

/* Text in quotes may hold \n \t \e \\ \" \' and \xHH. */
static void
unquote(const char *p, size_t n, struct pd_buf *b)
{
	static const char from[] = "nte", to[] = "\n\t\033";
	const char *at;
	unsigned c;

	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\\' || i + 1 == n) {
			pd_buf_addc(b, p[i]);
		} else if (p[++i] == 'x' && i + 2 < n &&
		    isxdigit((unsigned char)p[i + 1]) &&
		    sscanf(p + i + 1, "%2x", &c) == 1 && c != 0 &&
		    isxdigit((unsigned char)p[i + 2])) {
			pd_buf_addc(b, (char)c);
			i += 2;
		} else {
			at = strchr(from, p[i]);
			pd_buf_addc(b, at != NULL ? to[at - from] : p[i]);
		}
	}
}

static int
put_text(const struct pd_setting *row, struct pd_str *out, const char *v,
    struct pd_err *err)
{
	size_t n = strlen(v);
	struct pd_buf b = { 0 };

	if (n == 0 && !row->may_be_empty)
		return unwanted(row, v, err);
	if (n > 1 && (*v == '"' || *v == '\'') && v[n - 1] == *v)
		unquote(v + 1, n - 2, &b);
	else
		pd_buf_adds(&b, v);
	*out = pd_buf_take(&b);
	return 0;
}

/* Whatever a setting holds, so that the old value can come back. */
union value {
	bool		b;
	long		n;
	int		e;
	struct pd_str	text;
};

static const size_t sizes[] = {
	[PD_SETTING_BOOL] = sizeof(bool),
	[PD_SETTING_INT] = sizeof(long),
	[PD_SETTING_ENUM] = sizeof(int),
	[PD_SETTING_TEXT] = sizeof(struct pd_str),
};

static int
parse_value(const struct pd_setting *row, union value *v, const char *text,
    struct pd_err *err)
{
	switch (row->kind) {
	case PD_SETTING_BOOL:
		return put_bool(&v->b, text, err);
	case PD_SETTING_INT:
		return put_int(row, &v->n, text, err);
	case PD_SETTING_ENUM:
		return put_enum(row, &v->e, text, err);
	case PD_SETTING_TEXT:
		return put_text(row, &v->text, text, err);
	}
	return -1;
}

int
pd_setting_put(struct pd_session *s, const struct pd_setting *row,
    const char *text, struct pd_err *err)
{
	union value old, new;
	struct pd_err why;
	int r = 0;

	if (row->put != NULL)
		return row->put(s, text, err);
	memset(&old, 0, sizeof(old));
	memset(&new, 0, sizeof(new));
	if (parse_value(row, &new, text, &why) == -1)
		return pd_err_set(err, "set %s: %s", row->name, why.msg);
	memcpy(&old, member(s, row), sizes[row->kind]);
	memcpy(member(s, row), &new, sizes[row->kind]);
	if (row->changed != NULL && row->changed(s, &why) == -1) {
		memcpy(member(s, row), &old, sizes[row->kind]);
		old = new;
		r = pd_err_set(err, "set %s: %s", row->name, why.msg);
	}
	if (row->kind == PD_SETTING_TEXT)
		pd_str_done(&old.text);
	return r;
}

static void
get_text(const struct pd_str *text, struct pd_buf *b)
{
	static const char from[] = "\n\t\033\"\\", to[] = "nte\"\\";
	const char *at;

	pd_buf_addc(b, '"');
	for (size_t i = 0; i < text->n; i++) {
		char c = text->s[i];

		at = c != '\0' ? strchr(from, c) : NULL;
		if (at != NULL)
			pd_buf_addf(b, "\\%c", to[at - from]);
		else if ((unsigned char)c < 0x20 || c == 0x7f)
			pd_buf_addf(b, "\\x%02x", (unsigned char)c);
		else
			pd_buf_addc(b, c);
	}
	pd_buf_addc(b, '"');
}

void
pd_setting_get(struct pd_session *s, const struct pd_setting *row,
    struct pd_buf *b)
{
	const void *p = member(s, row);
	long n;

	if (row->get != NULL) {
		row->get(s, b);
		return;
	}
	switch (row->kind) {
	case PD_SETTING_BOOL:
		pd_buf_adds(b, *(const bool *)p ? "on" : "off");
		break;
	case PD_SETTING_INT:
		n = *(const long *)p;
		if (row->autosize && n == PD_AUTO)
			pd_buf_adds(b, "auto");
		else if (row->unlimited && n == 0)
			pd_buf_adds(b, "unlimited");
		else
			pd_buf_addf(b, "%ld", n);
		break;
	case PD_SETTING_ENUM:
		pd_buf_adds(b, row->words[*(const int *)p]);
		break;
	case PD_SETTING_TEXT:
		if (row->words != NULL)
			pd_buf_adds(b, pd_str_c(p));
		else
			get_text(p, b);
		break;
	}
}

void
pd_setting_values(const struct pd_setting *row, struct pd_buf *b)
{
	switch (row->kind) {
	case PD_SETTING_BOOL:
		pd_buf_adds(b, "on|off");
		break;
	case PD_SETTING_INT:
		pd_buf_addf(b, "NUMBER%s%s", row->unlimited ? "|unlimited" :
		    "", row->autosize ? "|auto" : "");
		break;
	case PD_SETTING_ENUM:
		for (size_t i = 0; row->words[i] != NULL; i++)
			pd_buf_addf(b, "%s%s", i > 0 ? "|" : "",
			    row->words[i]);
		break;
	case PD_SETTING_TEXT:
		for (size_t i = 0; row->words != NULL &&
		    row->words[i] != NULL; i++)
			pd_buf_addf(b, "%s|", row->words[i]);
		pd_buf_adds(b, row->words != NULL ? "NAME" : "TEXT");
		break;
	}
}

void
pd_settings_init(struct pd_session *s)
{
	const struct pd_setting *row;
	union value v;
	struct pd_err err;

	for (row = pd_settings_table; row->name != NULL; row++) {
		if (row->initial == NULL)
			continue;
		memset(&v, 0, sizeof(v));
		if (parse_value(row, &v, row->initial, &err) == -1)
			PD_BUG("setting %s: %s", row->name, err.msg);
		memcpy(member(s, row), &v, sizes[row->kind]);
	}
}

void
pd_settings_done(struct pd_session *s)
{
	const struct pd_setting *row;

	for (row = pd_settings_table; row->name != NULL; row++)
		if (row->kind == PD_SETTING_TEXT && row->put == NULL)
			pd_str_done(member(s, row));
}
