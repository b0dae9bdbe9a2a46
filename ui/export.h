/*
 * --export: a core as text for other programs.
 */
#ifndef PD_UI_EXPORT_H
#define PD_UI_EXPORT_H

/* To standard output.  pydbg's exit status. */
int	pd_export_json(const char *file);

#endif
