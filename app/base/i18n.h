/* Which language the program speaks. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * xq_i18n_init:
 * @language: (nullable): "zh_CN", "zh_TW" or "en"; %NULL for the environment's
 *
 * Sets the locale and binds the catalogues: those beside an uninstalled build when the program runs from
 * it, else the installed ones. gettext says nothing at all in the C locale, so a language that is asked for
 * by name is given a locale that exists on this machine. Numbers keep the C locale's decimal point.
 */
void xq_i18n_init (const char *language);

/**
 * xq_i18n_language:
 *
 * Returns: (transfer none): "zh_CN", "zh_TW" or "en": what definitions' own words are picked by
 */
const char *xq_i18n_language (void);

G_END_DECLS
