/* Guardians and other contacts, consents, and tags of one person, each with its way to add and change. */
#pragma once

#include "ui/session.h"

G_BEGIN_DECLS

#define XQ_TYPE_CONTACTS_VIEW (xq_contacts_view_get_type ())
G_DECLARE_FINAL_TYPE (XqContactsView, xq_contacts_view, XQ, CONTACTS_VIEW, GtkWidget)

GtkWidget *xq_contacts_view_new (XqSession *session, gint64 person_id);
gboolean xq_contacts_view_load (XqContactsView *self, GError **error);

G_END_DECLS
