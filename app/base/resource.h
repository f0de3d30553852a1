/* What is compiled into the program: schema, instruments, rules, reports. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @path below the program's prefix, "schema/0001-vault.sql". NULL with XQ_ERROR_NOT_FOUND when there is none. */
GBytes *xq_resource_load (const char *path, GError **error);
/* The names in @folder ("instruments"), sorted. Never NULL. */
char **xq_resource_list (const char *folder);

G_END_DECLS
