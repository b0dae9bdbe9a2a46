/*
 * What the files of the core target share: core.c (life, stack, threads),
 * core-exc.c (exceptions), core-data.c (values), core-source.c (texts),
 * core-graph.c (all objects), core-children.c (looking into values),
 * core-export.c.
 */
#ifndef PD_TARGET_CORE_ROOM_H
#define PD_TARGET_CORE_ROOM_H

#include "core/eval.h"
#include "core/store.h"
#include "target/core.h"
#include "target/target.h"

struct pd_core_text {			/* a source file that was asked for */
	uint64_t		 number;	/* in table SOURCE */
	struct pd_core_source	 source;
	size_t			*start;		/* owned: offsets of lines */
	size_t			 lines;
};

struct pd_core_listed {			/* an exception that can be chosen */
	uint64_t		 number;	/* in table EXC */
	uint64_t		 of;		/* 0; of those behind the chain:
						   the place, from 1, of the
						   group that it is in or the
						   one that it led to */
	bool			 member;
};

struct pd_coretarget {
	struct pd_target	 target;
	struct pd_core_store	*store;
	struct pd_str		 file;
	uint64_t		 thread;	/* in table THREAD */
	uint64_t		 exc;		/* in EXC: its stack is used;
						   0: the thread's */
	uint64_t		 first;		/* the stack, in table FRAME */
	uint64_t		 count;
	struct pd_vec		 texts;		/* struct pd_core_text */
	struct pd_vec		 excs;		/* struct pd_core_listed */
	size_t			 chain;		/* of them: those that led to
						   one another, the raised one
						   last */
	struct pd_vec		 found;		/* uint64_t: objects that are
						   $1, $2, ... */
};

static inline struct pd_coretarget *
pd_core_of(struct pd_target *t)
{
	return (struct pd_coretarget *)(void *)t;
}

/* core.c: number in table FRAME of the frame with that index; 0 with err if
 * there is none. */
uint64_t	pd_core_frame_number(struct pd_coretarget *, uint64_t index,
		    struct pd_err *);
/* The record as commands see it; false: it is not there. */
bool		pd_core_frame_record(struct pd_coretarget *, uint64_t number,
		    uint64_t index, struct pd_frame *);
/* A type as it is named to the user: module.qualname, builtins' without the
 * module; "?" if it is not there. */
struct pd_str	pd_core_type_name(struct pd_core_store *, uint64_t type);
struct pd_core_limits	pd_core_limits_of(const struct pd_coretarget *);

/* Takes the frames of the exception that is looked at, or the thread's. */
void		pd_core_choose_stack(struct pd_coretarget *);

/* core-exc.c: which exceptions the thread has; the raised one is looked at. */
void		pd_core_list_excs(struct pd_coretarget *);
int		pd_core_do_exceptions(struct pd_target *,
		    const struct pd_exceptions_req *, struct pd_exceptions *,
		    struct pd_err *);
/* The last line of the traceback of the one that is looked at; absent: none. */
struct pd_str	pd_core_raised(struct pd_coretarget *);
/* repr() of an exception, or what its record says. */
struct pd_str	pd_core_exception_text(struct pd_coretarget *,
		    const struct pd_core_exc *);
/* core-about.c: what is told of a core when it is opened. */
struct pd_str	pd_core_announcement(struct pd_coretarget *);

/* core-source.c: a line, stripped; absent if there is none. */
struct pd_str	pd_core_source_line(struct pd_coretarget *, uint64_t number,
		    uint64_t line);
void		pd_core_texts_free(struct pd_coretarget *);
int		pd_core_do_source(struct pd_target *,
		    const struct pd_source_req *, struct pd_source *,
		    struct pd_err *);
int		pd_core_do_object(struct pd_target *, const struct pd_eval *,
		    struct pd_object *, struct pd_err *);

/* core-data.c */
int		pd_core_do_eval(struct pd_target *, const struct pd_eval *,
		    struct pd_value *, struct pd_err *);
int		pd_core_do_exec(struct pd_target *, const struct pd_exec *,
		    struct pd_value *, struct pd_err *);
int		pd_core_do_check(struct pd_target *, const struct pd_check *,
		    struct pd_value *, struct pd_err *);
int		pd_core_do_vars(struct pd_target *, const struct pd_vars_req *,
		    struct pd_vars *, struct pd_err *);
int		pd_core_do_names(struct pd_target *,
		    const struct pd_names_req *, struct pd_names *,
		    struct pd_err *);
int		pd_core_do_complete(struct pd_target *,
		    const struct pd_complete_req *, struct pd_complete *,
		    struct pd_err *);

/* core-graph.c, core-children.c */
int		pd_core_do_graph(struct pd_target *,
		    const struct pd_graph_req *, struct pd_graph *,
		    struct pd_err *);
int		pd_core_do_children(struct pd_target *,
		    const struct pd_children_req *, struct pd_children *,
		    struct pd_err *);

#endif
