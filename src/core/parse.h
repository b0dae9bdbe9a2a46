/*
 * What the files of the expression parser share.
 *
 * Recursive descent over tokens that are made on demand.  An error leaves by
 * longjmp: all memory is the arena's, so nothing is lost.
 */
#ifndef PD_CORE_PARSE_H
#define PD_CORE_PARSE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/ast.h"

#define PD_PARSE_BRACKETS	200	/* open at a time, as in CPython */
#define PD_PARSE_DEPTH		400	/* expressions within one another */
#define PD_PARSE_BYTES		((size_t)1 << 20)

enum pd_tok {
	PD_TOK_END,
	PD_TOK_NAME,
	PD_TOK_KEYWORD,
	PD_TOK_NUMBER,
	PD_TOK_STRING,		/* its prefix and opening quotes alone */
	PD_TOK_OP
};

/* An operator of one to three characters as a number. */
#define PD_OP1(a)	((uint32_t)(a))
#define PD_OP2(a, b)	(PD_OP1(a) | (uint32_t)(b) << 8)
#define PD_OP3(a, b, c)	(PD_OP2(a, b) | (uint32_t)(c) << 16)

struct pd_parser {
	struct pd_arena	*arena;
	const char	*src;
	size_t		 n;
	size_t		 pos;		/* behind the current token */
	/* the current token */
	enum pd_tok	 tok;
	size_t		 start, end;
	uint32_t	 op;		/* of PD_TOK_OP */
	/* brackets that are open */
	size_t		 open[PD_PARSE_BRACKETS];
	size_t		 brackets;
	size_t		 field;		/* brackets when the f-string's field
					 * began */
	bool		 in_field;
	unsigned	 depth;
	struct pd_err	*err;
	jmp_buf		 fail;
};

/* Text that grows in the arena. */
struct pd_abuf {
	char	*s;
	size_t	 n, cap;
};

/* A list of nodes that grows in the arena. */
struct pd_alist {
	struct pd_ast	**v;
	size_t		  n, cap;
};

/* Ends the parse; pos is a place in the source. */
_Noreturn void	 pd_parse_fail(struct pd_parser *, size_t pos,
		    const char *, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void	 pd_parse_invalid(struct pd_parser *);	/* invalid syntax */
void		*pd_parse_alloc(struct pd_parser *, size_t);
void		 pd_abuf_add(struct pd_parser *, struct pd_abuf *,
		    const char *, size_t);
void		 pd_alist_add(struct pd_parser *, struct pd_alist *,
		    struct pd_ast *);
struct pd_ast	*pd_node(struct pd_parser *, enum pd_ast_kind, size_t pos);
/* Hands the list over to the node. */
struct pd_ast	*pd_node_list(struct pd_ast *, struct pd_alist *);
/* A level deeper, or the error that it is too deep. */
void		 pd_parse_enter(struct pd_parser *);
void		 pd_parse_leave(struct pd_parser *);

/* parse-lex.c: makes the next token the current one. */
void		 pd_lex_next(struct pd_parser *);
bool		 pd_lex_is_op(const struct pd_parser *, uint32_t op);
bool		 pd_lex_is_word(const struct pd_parser *, const char *);
/* Passes the token if it is that one. */
bool		 pd_lex_op(struct pd_parser *, uint32_t op);
bool		 pd_lex_word(struct pd_parser *, const char *);
void		 pd_lex_need(struct pd_parser *, uint32_t op);
/* The current NAME's text, as identifiers are compared (NFKC). */
struct pd_ast_text pd_lex_name(struct pd_parser *);

/* parse-number.c, parse-str.c: the current token and what belongs to it. */
struct pd_ast	*pd_parse_number(struct pd_parser *);
struct pd_ast	*pd_parse_strings(struct pd_parser *);

/* parse-atom.c */
struct pd_ast	*pd_parse_atom(struct pd_parser *);
bool		 pd_parse_at_for(const struct pd_parser *);
struct pd_ast	*pd_parse_comprehension(struct pd_parser *,
		    enum pd_ast_kind, size_t pos, struct pd_ast *element);

/* parse-call.c */
struct pd_ast	*pd_parse_call(struct pd_parser *, struct pd_ast *);
struct pd_ast	*pd_parse_item(struct pd_parser *, struct pd_ast *);
struct pd_ast	*pd_parse_lambda(struct pd_parser *);

/* parse.c */
struct pd_ast	*pd_parse_expr(struct pd_parser *);
struct pd_ast	*pd_parse_named(struct pd_parser *);	/* x := 1 as well */
struct pd_ast	*pd_parse_star_named(struct pd_parser *); /* *x as well */
struct pd_ast	*pd_parse_exprs(struct pd_parser *, bool star); /* 1, 2 */
struct pd_ast	*pd_parse_or(struct pd_parser *);	/* no lambda, if */
struct pd_ast	*pd_parse_bitor(struct pd_parser *);	/* no comparison */

#endif
