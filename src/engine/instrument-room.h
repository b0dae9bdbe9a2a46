/*
 * What the files of instrument.c share: code that gets traps.
 */
#ifndef PD_ENGINE_INSTRUMENT_ROOM_H
#define PD_ENGINE_INSTRUMENT_ROOM_H

#include "engine/instrument.h"

struct pd_ins {
	int	 op;
	unsigned arg;
	int	 caches;
	int	 target;	/* a jump's instruction, or -1 */
	int	 old;		/* offset in units of its first EXTENDED_ARG */
	int	 at;	/* new offset in units: of its trap, or its own */
	int	 exts;		/* EXTENDED_ARGs before it */
	bool	 told;		/* of a line that is to have traps */
	bool	 trap;		/* one is before it */
	bool	 skip;		/* the instruction before it goes past that */
	int	 line, end_line, col, end_col;	/* -1: none */
};

/* An entry of the exception table; instructions. */
struct pd_handled {
	int	 from, end;
	int	 handler;
	unsigned how;		/* depth of the stack, lasti: as it was */
};

struct pd_body {
	struct pd_ins	*v;	/* owned */
	int		 n;
	int	*by_old;	/* owned: instruction at an old offset, units */
	int		 old_units;
	int		 new_units;
	unsigned	 trap_const;
	struct pd_vec	 handled;	/* struct pd_handled */
};

/* Units of an instruction without its trap; of a trap; of both. */
static inline int
pd_units(const struct pd_ins *i)
{
	return i->exts + 1 + i->caches;
}

int	 pd_trap_units(const struct pd_body *);

static inline int
pd_ins_units(const struct pd_body *b, const struct pd_ins *i)
{
	return pd_units(i) + (i->trap ? pd_trap_units(b) : 0);
}

/* Offset in units where whoever comes from one instruction to another
 * arrives: at its trap, or past it. */
int	 pd_arrival(const struct pd_body *, int from, int to);

/* The exception table into handled; false if it is not understood. */
bool	 pd_read_exceptions(struct pd_body *, PyObject *table);
/* New references: the tables of the code as it is laid out; NULL with an
 * exception. */
PyObject	*pd_exceptions(const struct pd_body *);
PyObject	*pd_locations(const struct pd_body *, int firstline);
#endif
