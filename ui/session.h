/* What an opened vault gives to the window, in one object that is handed down: never a global.
 *
 * It lives from unlock to lock. Closing it cancels all workers, closes the connection and gives up the vault,
 * whose key is zeroed when the last worker has let go.
 *
 * Reading for one screen happens on the main thread through xq_session_database(). What may take longer than a
 * frame (import, scoring, report, lists of everybody) goes to a worker with a connection of its own:
 * xq_page_run() for a page, xq_progress_run() with a dialog, or xq_session_run_async() bare.
 *
 * After a write, whoever wrote says what changed: xq_session_changed (session, XQ_CHANGED_CARE). Pages hear of it
 * and load again (page.h). */
#pragma once

#include "base/progress.h"
#include "report/desk.h"
#include "ui/types.h"
#include "vault/vault.h"

G_BEGIN_DECLS

#define XQ_TYPE_SESSION (xq_session_get_type ())
G_DECLARE_FINAL_TYPE (XqSession, xq_session, XQ, SESSION, GObject)

/* What the "changed" signal tells. */
typedef enum
{
  XQ_CHANGED_PEOPLE = 1 << 0,
  XQ_CHANGED_ASSESS = 1 << 1,
  XQ_CHANGED_CARE = 1 << 2,
  XQ_CHANGED_CALENDAR = 1 << 3,
  XQ_CHANGED_REFERRAL = 1 << 4,
  XQ_CHANGED_SETTINGS = 1 << 5,
  XQ_CHANGED_MASK = 1 << 6, /* names are masked, or no longer */
  XQ_CHANGED_AUDIT = 1 << 7, /* something left the office, or came back */
  XQ_CHANGED_ALL = (1 << 8) - 1,
  XQ_CHANGED_DRAFTS = 1 << 8, /* something typed is kept without having been saved, or no longer: no record, so not among all */
} XqChanged;

/* Words that a school and a company say differently. */
typedef enum
{
  XQ_WORD_PERSON,  /* Student, Employee */
  XQ_WORD_PERSONS, /* Students, Employees */
  XQ_WORD_CODE,    /* Student number, Staff number */
  XQ_WORD_UNIT,    /* Class, Department */
  XQ_WORDS,
} XqWord;

/**
 * XqWork:
 * @database: a connection of the worker's own
 * @data: what was handed over; no widget, nothing that the main thread goes on using
 * @progress: to report to and to ask whether to go on
 * @error: why it failed
 *
 * Runs in a thread.
 *
 * Returns: (nullable): the result; failure is told by @error alone
 */
typedef gpointer (*XqWork) (XqDatabase *database, gpointer data, const XqProgress *progress, GError **error);

/* Properties: "masked" (gboolean), "idle-minutes" (int, 0: never locks by itself).
 * Signals: "changed" (guint #XqChanged), once an idle for all that changed since; "save-drafts": what is typed and not
 * saved is kept now (draft.h); "closed". */

/* Takes the vault over: opens the main thread's connection. XQ_VAULT_ERROR. */
XqSession *xq_session_new (XqVault *vault, GError **error);
/* Ends it: see above. */
void xq_session_close (XqSession *self);
/* What is being typed anywhere is handed over to be kept (session-drafts.h): before the session is closed, or dialogs are. */
void xq_session_save_drafts (XqSession *self);
gboolean xq_session_is_open (XqSession *self);

/* Borrowed; %NULL once closed. */
XqVault *xq_session_vault (XqSession *self);
/* The main thread's connection; %NULL once closed: nobody draws data then. */
XqDatabase *xq_session_database (XqSession *self);

/* The desk on the main thread's connection: rules, instruments, working days, the green channel. Made when it is first
 * asked for, and anew after the settings change: do not keep it. %NULL with @error; workers make their own. */
XqDesk *xq_session_desk (XqSession *self, GError **error);

/**
 * xq_session_run_async:
 * @self: an open session
 * @work: what to do in a thread
 * @data: (nullable): for @work, owned by the task
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody took
 * @report: (nullable): called on the main thread, at most some thirty times a second
 * @report_data: for @report; it must outlive the task or be a strong reference
 * @cancellable: (nullable): to stop it; closing the session stops it too
 * @callback: called on the main thread, when the session was closed with G_IO_ERROR_CANCELLED
 * @user_data: for @callback
 */
void xq_session_run_async (XqSession *self, XqWork work, gpointer data, GDestroyNotify free_data,
                           GDestroyNotify free_result, XqProgressFunc report, gpointer report_data,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): what @work returned; on failure %NULL with @error. */
gpointer xq_session_run_finish (XqSession *self, GAsyncResult *result, GError **error);

/* Says that something changed: pages load again when they are next seen. */
void xq_session_changed (XqSession *self, XqChanged changed);

XqProfile xq_session_profile (XqSession *self);
/* The first organisation's name. Borrowed until the settings change. */
const char *xq_session_organisation (XqSession *self);
/* Translated, by the profile. */
const char *xq_session_word (XqSession *self, XqWord word);

/* Names are masked while somebody stands by. */
gboolean xq_session_masked (XqSession *self);
void xq_session_set_masked (XqSession *self, gboolean masked);
/* A name as it may be shown now: 张三, or 张＊ while masked. Every name on screen passes here. (transfer full) */
char *xq_session_name (XqSession *self, const char *name);
/* Words that somebody wrote, in which a name cannot be told from the rest: as they are, or that they are hidden while names are
 * masked. Reasons, titles, notes, remarks pass here. (transfer full); "" for %NULL */
char *xq_session_words (XqSession *self, const char *text);
/* Numbers, phones, addresses: while masked, only their last two characters. (transfer full); "" for %NULL */
char *xq_session_private (XqSession *self, const char *text);

int xq_session_idle_minutes (XqSession *self);
gboolean xq_session_set_idle_minutes (XqSession *self, int minutes, GError **error);

G_END_DECLS
