/*
 * The ready themes, in the words of a user's own theme file.
 *
 * Read by theme.c through theme-read.c.  Sixteen colours first: what they look
 * like the user's terminal decides.  White and black are in neither: whoever
 * reads with another background than expected can still read everything.
 * Where there are 256 colours, backgrounds are finer.
 */
#include "ui/themes-room.h"

const char *const pd_role_names[PD_UI_ROLE_MAX] = {
	[PD_ROLE_TEXT] = "text", [PD_ROLE_FILE] = "file",
	[PD_ROLE_LINE] = "line", [PD_ROLE_NAME] = "name",
	[PD_ROLE_VALUE] = "value", [PD_ROLE_SOURCE] = "source",
	[PD_ROLE_MARK] = "mark", [PD_ROLE_ERROR] = "error",
	[PD_ROLE_NOTE] = "note", [PD_ROLE_PROMPT] = "prompt",
	[PD_ROLE_ADDED] = "added", [PD_ROLE_GONE] = "gone",
	[PD_ROLE_KEYWORD] = "keyword", [PD_ROLE_CONSTANT] = "constant",
	[PD_ROLE_BUILTIN] = "builtin", [PD_ROLE_DEF] = "def",
	[PD_ROLE_STRING] = "string", [PD_ROLE_NUMBER] = "number",
	[PD_ROLE_COMMENT] = "comment", [PD_ROLE_DECORATOR] = "decorator",
	[PD_UI_TITLE] = "title", [PD_UI_TITLE_FOCUS] = "title-focus",
	[PD_UI_BORDER] = "border", [PD_UI_STATUS] = "status",
	[PD_UI_STATUS_ERROR] = "status-error", [PD_UI_LINENO] = "lineno",
	[PD_UI_BP] = "breakpoint", [PD_UI_BP_OFF] = "breakpoint-off",
	[PD_UI_BP_PENDING] = "breakpoint-pending", [PD_UI_ARROW] = "arrow",
	[PD_UI_ARROW_OTHER] = "arrow-other", [PD_UI_TYPE] = "type",
	[PD_UI_FOLD] = "fold", [PD_UI_DIM] = "dim",
	[PD_UI_CHANGED] = "changed", [PD_UI_KEY] = "key",
	[PD_UI_LINE_CURRENT] = "line-current",
	[PD_UI_LINE_OTHER] = "line-other", [PD_UI_CURSOR] = "cursor",
	[PD_UI_CURSOR_OFF] = "cursor-off", [PD_UI_MATCH] = "match",
};

static const char mono[] =
    "mark bold\n"
    "error bold\n"
    "prompt bold\n"
    "keyword bold\n"
    "title underline\n"
    "title-focus reverse bold\n"
    "status reverse\n"
    "status-error reverse bold\n"
    "breakpoint bold\n"
    "arrow bold\n"
    "changed bold underline\n"
    "key bold\n"
    "line-current reverse\n"
    "line-other underline\n"
    "cursor reverse\n"
    "cursor-off underline\n"
    "match reverse\n";

static const char dark[] =
    "base mono\n"
    "file green\n"
    "line cyan\n"
    "name yellow\n"
    "value bright-magenta\n"
    "mark bold\n"
    "error bright-red\n"
    "note cyan\n"
    "prompt bold\n"
    "added bright-green\n"
    "gone bright-red\n"
    "keyword bright-blue\n"
    "constant bright-magenta\n"
    "builtin cyan\n"
    "def yellow bold\n"
    "string green\n"
    "number bright-magenta\n"
    "comment faint\n"
    "decorator yellow\n"
    "title cyan underline\n"
    "title-focus cyan reverse bold\n"
    "border faint\n"
    "status cyan reverse\n"
    "status-error red reverse bold\n"
    "lineno faint\n"
    "breakpoint bright-red bold\n"
    "breakpoint-off faint\n"
    "breakpoint-pending yellow\n"
    "arrow bright-green bold\n"
    "arrow-other yellow bold\n"
    "type cyan\n"
    "fold bright-blue\n"
    "dim faint\n"
    "changed bright-red bold\n"
    "key yellow bold\n";

static const char dark_rich[] =
    "title 252 on 238\n"
    "title-focus 231 on 24 bold\n"
    "border 240\n"
    "status 252 on 236\n"
    "status-error 231 on 124 bold\n"
    "comment 245\n"
    "lineno 242\n"
    "breakpoint-off 243\n"
    "dim 243\n"
    "line-current on 238\n"
    "line-other on 236\n"
    "cursor on 24\n"
    "cursor-off on 237\n"
    "match on 94\n";

static const char light[] =
    "base mono\n"
    "file green\n"
    "line cyan\n"
    "name blue\n"
    "value magenta\n"
    "mark bold\n"
    "error red\n"
    "note cyan\n"
    "prompt bold\n"
    "added green\n"
    "gone red\n"
    "keyword blue\n"
    "constant magenta\n"
    "builtin cyan\n"
    "def blue bold\n"
    "string green\n"
    "number magenta\n"
    "comment faint\n"
    "decorator magenta\n"
    "title blue underline\n"
    "title-focus blue reverse bold\n"
    "border faint\n"
    "status blue reverse\n"
    "status-error red reverse bold\n"
    "lineno faint\n"
    "breakpoint red bold\n"
    "breakpoint-off faint\n"
    "breakpoint-pending magenta\n"
    "arrow green bold\n"
    "arrow-other magenta bold\n"
    "type cyan\n"
    "fold blue\n"
    "dim faint\n"
    "changed red bold\n"
    "key blue bold\n";

static const char light_rich[] =
    "title 238 on 252\n"
    "title-focus 231 on 25 bold\n"
    "border 248\n"
    "status 236 on 253\n"
    "status-error 231 on 160 bold\n"
    "comment 243\n"
    "lineno 246\n"
    "breakpoint-off 246\n"
    "dim 245\n"
    "line-current on 229\n"
    "line-other on 255\n"
    "cursor on 153\n"
    "cursor-off on 254\n"
    "match on 222\n";

/* Of its own colours, for those who like them; a light twin as well. */
static const char dusk[] =
    "base dark\n"
    "file #a3be8c\n"
    "line #88c0d0\n"
    "name #ebcb8b\n"
    "value #d4a6c8\n"
    "error #e0707a\n"
    "note #88c0d0\n"
    "added #a3be8c\n"
    "gone #e0707a\n"
    "keyword #81a1d8\n"
    "constant #d4a6c8\n"
    "builtin #88c0d0\n"
    "def #ebcb8b bold\n"
    "string #a3be8c\n"
    "number #d4a6c8\n"
    "comment #7b8699 italic\n"
    "decorator #d9a57a\n";

static const char paper[] =
    "base light\n"
    "file #3d7a2f\n"
    "line #1f6f8b\n"
    "name #24589c\n"
    "value #8b2f7d\n"
    "error #b3261e\n"
    "note #1f6f8b\n"
    "added #3d7a2f\n"
    "gone #b3261e\n"
    "keyword #24589c\n"
    "constant #8b2f7d\n"
    "builtin #1f6f8b\n"
    "def #24589c bold\n"
    "string #3d7a2f\n"
    "number #8b2f7d\n"
    "comment #76705f italic\n"
    "decorator #96601a\n";

const struct pd_theme_ready pd_themes_ready[] = {
	{ "dark", dark, dark_rich, false },
	{ "dusk", dusk, NULL, false },
	{ "light", light, light_rich, true },
	{ "mono", mono, NULL, false },
	{ "paper", paper, NULL, true },
	{ .name = NULL }
};
