/* Which keys do what: one table, from which the accelerators are set and the shortcuts dialog (Ctrl+?) is made. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

/**
 * XqShortcut:
 * @section: msgid of the heading it stands under; %NULL for the one of the row before
 * @title: msgid of what it does
 * @accels: accelerators, parted by blanks: "<Control>k F3"
 * @action: (nullable): detailed name of the action; %NULL when a widget handles the key itself and the row is
 *   only told of
 */
typedef struct
{
  const char *section;
  const char *title;
  const char *accels;
  const char *action;
} XqShortcut;

void xq_shortcuts_install (GtkApplication *application);
void xq_shortcuts_present (GtkWidget *parent);

G_END_DECLS
