#include "config.h"

#include "ui/widgets/paper-out.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/dialogs.h"

/* One print under way; the view has it, so that it does not outlive a lock. */
typedef struct
{
  XqSession *session;
  XqDisclosure *entry;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_object_unref (leaving->session);
  xq_disclosure_free (leaving->entry);
  g_free (leaving);
}

static void
set_watermark (XqPaperView *view, const char *watermark)
{
  XqPageDocument *document = xq_paper_view_get_document (view);

  if (document != NULL)
    xq_page_document_set_watermark (document, watermark);
}

static void
on_printed_cb (GtkWidget *parent, gboolean printed, gpointer user_data)
{
  XqPaperView *view = user_data;
  Leaving *leaving = g_object_steal_data (G_OBJECT (view), "leaving");
  XqDatabase *database = leaving != NULL ? xq_session_database (leaving->session) : NULL;
  g_autoptr (GError) error = NULL;

  set_watermark (view, NULL);
  if (database != NULL && !printed
      && !xq_disclosure_settle (database, leaving->entry->id, XQ_DISCLOSURE_FAILED, NULL, &error))
    xq_error_dialog (parent, _("The ledger was not told that nothing was printed"), error);
  if (database != NULL)
    xq_session_changed (leaving->session, XQ_CHANGED_AUDIT);
  if (leaving != NULL)
    leaving_free (leaving);
}

void
xq_paper_out_print (XqPaperView *view, GtkWidget *parent, XqSession *session, XqDisclosure *entry,
                    const gint64 *person_ids, gsize n_persons)
{
  g_autoptr (XqDisclosure) owned = entry;
  g_autoptr (GError) error = NULL;
  g_autofree char *watermark = NULL;
  Leaving *leaving;

  if (xq_session_database (session) == NULL || xq_paper_view_get_document (view) == NULL)
    return;
  if (!xq_disclosure_enter (xq_session_database (session), entry, person_ids, n_persons, &error))
    {
      xq_error_dialog (parent, _("Nothing is printed that is not in the ledger"), error);
      return;
    }
  watermark = entry->identifying ? xq_disclosure_watermark (entry, xq_session_organisation (session)) : NULL;
  set_watermark (view, watermark);
  leaving = g_new0 (Leaving, 1);
  leaving->session = g_object_ref (session);
  leaving->entry = g_steal_pointer (&owned);
  g_object_set_data_full (G_OBJECT (view), "leaving", leaving, leaving_free);
  xq_paper_view_print (view, leaving->entry->what, on_printed_cb, parent, view);
}
