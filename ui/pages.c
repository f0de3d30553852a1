#include "config.h"

#include "ui/pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/page.h"

const XqPageEntry xq_pages[] = {
  { NULL },
};

const XqSearchAction xq_search_actions[] = {
  { N_("Lock"), N_("lock close leave"), "system-lock-screen-symbolic", "win.lock" },
  { N_("Mask names"), N_("privacy hide"), "view-conceal-symbolic", "win.mask" },
  { N_("Keyboard shortcuts"), N_("keys help"), "preferences-desktop-keyboard-shortcuts-symbolic", "win.shortcuts" },
  { NULL },
};

const XqPageEntry *
xq_page_entry (const char *id)
{
  for (const XqPageEntry *entry = xq_pages; entry->id != NULL; entry++)
    if (g_strcmp0 (entry->id, id) == 0)
      return entry;
  return NULL;
}
