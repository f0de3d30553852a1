/* Which pages there are: one table, in the order of the sidebar and of Ctrl+1 … Ctrl+9; and what the search offers. */
#pragma once

#include "report/today.h"
#include "ui/session.h"

G_BEGIN_DECLS

/**
 * XqPageEntry:
 * @id: "people"; what xq_window_go() and xq_window_open() take
 * @title: msgid in the context “page”: NC_("page", "People")
 * @icon: symbolic; %NULL for a view, which is not in the sidebar
 * @get_type: of a class derived from XqPage
 * @badge: the number beside the title in the sidebar, from what today's page counts; %NULL for none
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
  gint64 (*badge) (const XqToday *today);
} XqPageEntry;

/* Ended by one without an id. */
extern const XqPageEntry xq_pages[];

/**
 * XqSearchAction:
 * @title: msgid, as a button would say it: N_("New referral")
 * @words: (nullable): msgid of other words that find it, parted by blanks
 * @icon: symbolic
 * @action: detailed name, "win.open(('referral', int64 0))"
 *
 * What the search (Ctrl+K) offers beside people and pages. Ended by one without a title.
 */
typedef struct
{
  const char *title;
  const char *words;
  const char *icon;
  const char *action;
} XqSearchAction;

extern const XqSearchAction xq_search_actions[];

/* Translated. */
const char *xq_page_entry_title (const XqPageEntry *entry);
/* %NULL when there is none. */
const XqPageEntry *xq_page_entry (const char *id);

G_END_DECLS
