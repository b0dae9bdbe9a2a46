/*
 * The settings: one table, and the record that it describes.
 *
 * Whoever needs a setting reads it from pd_session.settings; `set`, `show`,
 * help, completion and the manual's check read the table.  A new setting is a
 * member below, a row in settings.c and an entry in the manual.
 */
#ifndef PD_CMDS_SETTINGS_H
#define PD_CMDS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct pd_session;

#define PD_AUTO		(-1)	/* of height and width */

enum pd_dialect { PD_DIALECT_PDB, PD_DIALECT_GDB };

/* Numbers: 0 is "unlimited". */
struct pd_settings {
	bool		 confirm;	/* questions are asked */
	long		 core_max_bytes;	/* of generate-core-file */
	long		 core_max_objects;
	long		 core_max_seconds;
	long		 core_max_depth;
	long		 core_output_lines;	/* 0: none */
	struct pd_str	 core_redact;	/* further parts of names */
	bool		 pagination;
	long		 height;	/* lines of a page, or PD_AUTO */
	long		 width;		/* columns, or PD_AUTO */
	long		 listsize;	/* lines, never 0 */
	bool		 history_save;
	long		 history_size;	/* lines */
	struct pd_str	 history_filename;	/* absent or "": our own */
	long		 print_depth;	/* containers in each other */
	long		 print_elements;	/* bytes of a value */
	bool		 print_pretty;
	bool		 logging_enabled;
	bool		 mouse;
	struct pd_str	 logging_file;
	int		 dialect;	/* enum pd_dialect */
	bool		 style_enabled;
	struct pd_str	 style_theme;	/* a name; the front knows them */
};

enum pd_setting_kind {
	PD_SETTING_BOOL,		/* bool */
	PD_SETTING_INT,			/* long */
	PD_SETTING_ENUM,		/* int, index into .words */
	PD_SETTING_TEXT			/* struct pd_str */
};

struct pd_setting {
	const char		*name;		/* "print elements" */
	enum pd_setting_kind	 kind;
	size_t			 off;		/* in struct pd_session */
	/* INT: the least and the greatest that may be typed; whether 0 is
	 * "unlimited" and -1 "auto". */
	long			 min, max;
	bool			 unlimited, autosize;
	/* NULL-terminated.  ENUM: all; TEXT: the usual ones of what is a
	 * name, or NULL. */
	const char *const	*words;
	bool			 may_be_empty;	/* TEXT: no value empties it */
	/* what the value is when nobody has set it, as it would be typed */
	const char		*initial;
	const char		*help;		/* a line, for the list */
	const char		*more;		/* further lines, or NULL */
	/* Called when the value has changed; may be NULL.  -1 with err: the old
	 * value comes back. */
	int	(*changed)(struct pd_session *, struct pd_err *);
	/* For what is kept elsewhere than at off, instead of it. */
	int	(*put)(struct pd_session *, const char *, struct pd_err *);
	void	(*get)(struct pd_session *, struct pd_buf *);
};

/* In the order of their names; ends with a row without one. */
extern const struct pd_setting	pd_settings_table[];

void	pd_settings_init(struct pd_session *);
void	pd_settings_done(struct pd_session *);

/*
 * The setting that text begins with, each word of its name as short as is
 * unambiguous.  *rest is what follows, stripped of blanks in front.  NULL with
 * err: none, or several; the text says which.
 */
const struct pd_setting	*pd_setting_find(const char *text, const char **rest,
			    struct pd_err *);
/* Sets from the text as typed.  -1 with err: nothing has changed. */
int	pd_setting_put(struct pd_session *, const struct pd_setting *,
	    const char *value, struct pd_err *);
/* Appends the value as it would be typed. */
void	pd_setting_get(struct pd_session *, const struct pd_setting *,
	    struct pd_buf *);
/* What may be typed: "on|off", "NUMBER|unlimited", ... */
void	pd_setting_values(const struct pd_setting *, struct pd_buf *);
/* True if these words are the beginning of the setting's name ("hist" of
 * "history size"; "" of all). */
bool	pd_setting_matches(const struct pd_setting *, const char *words);
/* True if a line "VERB arg" cannot be Python and so is for the verb: an
 * argument that begins with a word which is no operator. */
bool	pd_setting_is_words(const char *arg, size_t n);

/* Columns for text that is laid out, never 0. */
unsigned	pd_settings_width(const struct pd_session *);

#endif
