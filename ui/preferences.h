/* What the program remembers beside the vaults, in $XDG_CONFIG_HOME/xinqiao/window.ini: the size of the window,
 * the vault that was open last, language and colours. Nothing about anybody. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void xq_preferences_get_size (int *ret_width, int *ret_height, gboolean *ret_maximized);
void xq_preferences_set_size (int width, int height, gboolean maximized);

/* The vault to open when none is named: the last one if it still exists, else the default. (transfer full) */
char *xq_preferences_vault (void);
void xq_preferences_set_vault (const char *folder);

/* "zh_CN", "zh_TW", "en"; NULL for the system's. (transfer full) */
char *xq_preferences_language (void);
void xq_preferences_set_language (const char *language);

/* "default", "light", "dark". (transfer full) */
char *xq_preferences_colours (void);
void xq_preferences_set_colours (const char *colours);

/* Colours and, for languages, nothing: they hold from the next start on. Needs a display. */
void xq_preferences_apply (void);

G_END_DECLS
