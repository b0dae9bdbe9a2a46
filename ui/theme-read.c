/*
 * Reads themes: the ready ones, and those that the user has written.
 *
 * Called by theme.c when a theme is chosen.  Must not write anywhere.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/themes-room.h"

#define FILE_MAX	65536	/* bytes of a theme file */
#define BASES_MAX	8	/* of bases upon each other */
#define BLANKS		" \t\r"

/* A word of a line. */
struct word {
	const char	*s;
	size_t		 n;
};

/* What is read, for errors. */
struct reading {
	struct pd_theme	*theme;
	const char	*from;
	unsigned	 line;
	bool		 rich;
	unsigned	 depth;
};

static int	load(struct pd_theme *, const char *, bool, unsigned,
		    struct pd_err *);

static bool
is(struct word w, const char *text)
{
	return strlen(text) == w.n && memcmp(text, w.s, w.n) == 0;
}

static struct word
next_word(const char **p, const char *end)
{
	struct word w;

	while (*p < end && strchr(BLANKS, **p) != NULL)
		(*p)++;
	w.s = *p;
	while (*p < end && strchr(BLANKS, **p) == NULL)
		(*p)++;
	w.n = (size_t)(*p - w.s);
	return w;
}

static bool
read_rgb(struct word w, pd_colour *out)
{
	char hex[7], *end;
	unsigned long n;

	if (w.n != 7 || w.s[0] != '#')
		return false;
	memcpy(hex, w.s + 1, 6);
	hex[6] = '\0';
	if (strspn(hex, "0123456789abcdefABCDEF") != 6)
		return false;
	n = strtoul(hex, &end, 16);
	*out = PD_COLOUR_RGB(n >> 16, n >> 8, n);
	return true;
}

/* A name, 0 to 255, #rrggbb. */
static bool
read_colour(struct word w, pd_colour *out)
{
	static const char *const names[] = { "black", "red", "green",
	    "yellow", "blue", "magenta", "cyan", "white" };
	static const char bright[] = "bright-";
	size_t skip = w.n > strlen(bright) &&
	    memcmp(w.s, bright, strlen(bright)) == 0 ? strlen(bright) : 0;
	struct word rest = { w.s + skip, w.n - skip };
	unsigned n = 0;

	for (unsigned i = 0; i < 8; i++)
		if (is(rest, names[i])) {
			*out = PD_COLOUR_INDEX(i + (skip > 0 ? 8 : 0));
			return true;
		}
	if (is(w, "default")) {
		*out = PD_COLOUR_DEFAULT;
		return true;
	}
	if (read_rgb(w, out))
		return true;
	for (size_t i = 0; i < w.n; i++) {
		if (w.s[i] < '0' || w.s[i] > '9' || n > 255)
			return false;
		n = n * 10 + (unsigned)(w.s[i] - '0');
	}
	*out = PD_COLOUR_INDEX(n);
	return w.n > 0 && n <= 255;
}

static bool
read_attribute(struct word w, uint16_t *attr)
{
	static const struct {
		const char	*name;
		unsigned	 bit;
	} names[] = {
		{ "bold", PD_ATTR_BOLD }, { "faint", PD_ATTR_FAINT },
		{ "italic", PD_ATTR_ITALIC },
		{ "underline", PD_ATTR_UNDERLINE },
		{ "blink", PD_ATTR_BLINK }, { "reverse", PD_ATTR_REVERSE },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is(w, names[i].name)) {
			*attr = (uint16_t)(*attr | names[i].bit);
			return true;
		}
	return false;
}

static int
fail(const struct reading *r, const char *what, struct word w,
    struct pd_err *err)
{
	return pd_err_set(err, "%s:%u: %s '%.*s'", r->from, r->line, what,
	    (int)(w.n < 200 ? w.n : 200), w.s);
}

static int
read_look(const struct reading *r, const char *p, const char *end,
    struct pd_look *look, struct pd_err *err)
{
	struct word w;
	bool have_fg = false;

	while ((w = next_word(&p, end)).n > 0) {
		if (is(w, "on")) {
			w = next_word(&p, end);
			if (!read_colour(w, &look->bg))
				return fail(r, "no colour:", w, err);
		} else if (!read_attribute(w, &look->attr)) {
			if (have_fg || !read_colour(w, &look->fg))
				return fail(r, "no colour, and no attribute:",
				    w, err);
			have_fg = true;
		}
	}
	return 0;
}

static int
read_base(const struct reading *r, const char *p, const char *end,
    struct pd_err *err)
{
	struct word w = next_word(&p, end);
	struct pd_str name = pd_str_new(w.s, w.n);
	struct pd_err why;
	int ret = 0;

	if (r->depth >= BASES_MAX)
		ret = fail(r, "too many themes upon each other:", w, err);
	else if (load(r->theme, name.s, r->rich, r->depth + 1, &why) == -1)
		ret = pd_err_set(err, "%s:%u: %s", r->from, r->line, why.msg);
	pd_str_done(&name);
	return ret;
}

static int
read_line(const struct reading *r, const char *p, const char *end,
    struct pd_err *err)
{
	struct word w = next_word(&p, end);
	struct pd_look look = { 0 };

	if (w.n == 0 || w.s[0] == '#')
		return 0;
	if (is(w, "base"))
		return read_base(r, p, end, err);
	for (unsigned i = 0; i < PD_UI_ROLE_MAX; i++)
		if (is(w, pd_role_names[i])) {
			if (read_look(r, p, end, &look, err) == -1)
				return -1;
			r->theme->looks[i] = look;
			return 0;
		}
	return fail(r, "there is no role", w, err);
}

static int
read_lines(struct reading *r, const char *text, struct pd_err *err)
{
	const char *end;

	for (; *text != '\0'; text = *end != '\0' ? end + 1 : end) {
		end = text + strcspn(text, "\n");
		r->line++;
		if (read_line(r, text, end, err) == -1)
			return -1;
	}
	return 0;
}

int
pd_theme_read(struct pd_theme *theme, const char *text, const char *from,
    bool rich, struct pd_err *err)
{
	struct pd_theme new = *theme;
	struct reading r = { .theme = &new, .from = from, .rich = rich };

	if (read_lines(&r, text, err) == -1)
		return -1;
	*theme = new;
	return 0;
}

/* ---- by name ------------------------------------------------------------ */

const char *
pd_theme_name(unsigned i)
{
	return pd_themes_ready[i].name;
}

struct pd_str
pd_theme_dir(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (xdg != NULL && *xdg == '/')
		return pd_strf("%s/pydbg/themes", xdg);
	if (home != NULL && *home == '/')
		return pd_strf("%s/.config/pydbg/themes", home);
	return (struct pd_str){ 0 };
}

static int
load_ready(struct pd_theme *theme, const struct pd_theme_ready *row, bool rich,
    unsigned depth, struct pd_err *err)
{
	struct reading r = { .theme = theme, .from = row->name, .rich = rich,
	    .depth = depth };

	memset(theme, 0, sizeof(*theme));
	if (read_lines(&r, row->text, err) == -1)
		return -1;
	r.line = 0;
	if (rich && row->rich != NULL && read_lines(&r, row->rich, err) == -1)
		return -1;
	theme->light = row->light;
	return 0;
}

static int
unknown(const char *name, struct pd_err *err)
{
	struct pd_buf b = { 0 };

	for (unsigned i = 0; pd_theme_name(i) != NULL; i++)
		pd_buf_addf(&b, "%s, ", pd_theme_name(i));
	pd_err_set(err, "there is no theme '%s'; there are auto, %sand files "
	    "NAME.theme in pydbg/themes of the configuration directory", name,
	    pd_buf_c(&b));
	pd_buf_done(&b);
	return -1;
}

static int
load_file(struct pd_theme *theme, const char *name, bool rich, unsigned depth,
    struct pd_err *err)
{
	struct pd_str dir = pd_theme_dir();
	struct pd_str path = pd_strf("%s/%s.theme", pd_str_c(&dir), name);
	struct reading r = { .theme = theme, .from = pd_str_c(&path),
	    .rich = rich, .depth = depth };
	char *text = malloc(FILE_MAX);
	FILE *f;
	size_t n;
	int ret;

	errno = ENOENT;
	f = dir.s == NULL || *name == '\0' || strchr(name, '/') != NULL ?
	    NULL : fopen(pd_str_c(&path), "re");
	n = f != NULL && text != NULL ?
	    fread(text, 1, FILE_MAX - 1, f) : 0;
	if (f == NULL)
		ret = errno == ENOENT ? unknown(name, err) :
		    pd_err_set(err, "cannot read '%s': %s", pd_str_c(&path),
		    strerror(errno));
	else if (ferror(f) || text == NULL)
		ret = pd_err_set(err, "cannot read '%s'", pd_str_c(&path));
	else {
		text[n] = '\0';
		memset(theme, 0, sizeof(*theme));
		ret = read_lines(&r, text, err);
	}
	if (f != NULL)
		fclose(f);
	free(text);
	pd_str_done(&path);
	pd_str_done(&dir);
	return ret;
}

static int
load(struct pd_theme *theme, const char *name, bool rich, unsigned depth,
    struct pd_err *err)
{
	const struct pd_theme_ready *row = pd_themes_ready;

	for (; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return load_ready(theme, row, rich, depth, err);
	return load_file(theme, name, rich, depth, err);
}

int
pd_theme_load(struct pd_theme *theme, const char *name, bool rich,
    struct pd_err *err)
{
	struct pd_theme new = { 0 };

	if (load(&new, name, rich, 0, err) == -1)
		return -1;
	*theme = new;
	return 0;
}
