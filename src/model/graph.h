/*
 * The records of looking at all objects (op graph): which there are, who
 * refers to one, which are of a type, how one is reached.
 *
 * Part of records.h, which says what holds for all records.  Described in
 * graph.c.
 */
#ifndef PD_MODEL_GRAPH_H
#define PD_MODEL_GRAPH_H

#include "model/field.h"

/*
 * Answered by a live program from the objects that its collector knows and
 * what these refer to, by a core from those that are in it; without running
 * any of the program's code but the expression of a live program.  The
 * condition of FIND is evaluated without a process in both.  Ints, floats,
 * bools, None and names (short interned strings) are not counted: they stand
 * where they are referred to.
 */
enum pd_graph_what {
	PD_GRAPH_TYPES,		/* of .text (all, if absent): for each type a
				   node with .count and .bytes, the most bytes
				   first.  .text is a type's name, or its
				   end behind a dot */
	PD_GRAPH_REFERRERS,	/* of what .text gives: a node for each that
				   refers to it */
	PD_GRAPH_FIND,		/* of type .text, subclasses too, where .cond
				   is true: in it `self` is the object.  One
				   whose condition raises is not one; the first
				   such error is .note */
	PD_GRAPH_PATH		/* to what .text gives: from a variable of a
				   frame, or a module, down to it, the
				   shortest; no nodes: nothing leads there */
};

struct pd_graph_req {
	uint64_t	 what;		/* enum pd_graph_what */
	uint64_t	 frame;
	struct pd_str	 text;
	struct pd_str	 cond;
	uint64_t	 max;		/* nodes; 0: PD_GRAPH_DEFAULT */
	uint64_t	 bytes;		/* of each text; 0: default */
	uint64_t	 ident;		/* REFERRERS, PATH: id() of the object,
					   instead of .text */
};
#define PD_GRAPH_DEFAULT	50u
extern const struct pd_desc pd_graph_req_desc;

struct pd_node {
	struct pd_str	 type;		/* module.qualname; builtins' without
					   the module */
	struct pd_str	 text;		/* in short: a repr that runs no code;
					   absent in TYPES */
	uint64_t	 ident;		/* id(); 0: no object (a frame) */
	uint64_t	 count;		/* of TYPES; else how often it refers to
					   the object, if not once */
	uint64_t	 bytes;		/* of TYPES: all together; else its */
	/* REFERRERS: how it refers to the object: ".name", "['key']", "[3]",
	 * "{...}" for a member of a set, "key" for a dict's key, "local x" of
	 * a frame.  PATH: how this one is reached from the one before; of the
	 * first: the variable's name. */
	struct pd_str	 how;
	struct pd_str	 where;		/* a frame's place: "FILE(LINE)FUNC()";
					   PATH, the first: the module or the
					   frame that has the variable */
	struct pd_str	 expr;		/* PATH: what leads here if it can be
					   typed, in .frame */
	uint64_t	 frame;		/* ... index of the frame, from 0 */
};
extern const struct pd_desc pd_node_desc;

struct pd_graph {
	struct pd_vec	 nodes;		/* struct pd_node */
	uint64_t	 total;		/* nodes that there would be */
	uint64_t	 objects;	/* that were looked at */
	uint64_t	 bytes;		/* TYPES: of all */
	bool		 failed;	/* note is why: the expression raised,
					   gives no object, ... */
	struct pd_str	 note;		/* a line to be told, or absent */
	struct pd_str	 target;	/* REFERRERS, PATH: it, in short */
	uint64_t	 kept;		/* FIND, REFERRERS: so many of the
					   nodes that are objects can be named
					   $1, $2, ... in their order, until
					   the program goes on or others are
					   looked for; 0: none */
};
extern const struct pd_desc pd_graph_desc;

/* Op keep, the request behind the dump by which a live program is looked at:
 * what it found is to be $1, $2, ... */
struct pd_keep {
	struct pd_vec	 idents;	/* uint64_t: id() of each */
};
extern const struct pd_desc pd_keep_desc;

#endif
