/* A dialog of the desktop's that the toolkit asks for, so that it can be closed from here: the toolkit closes its file dialogs by a
 * cancellable, and has no such way for printing.
 *
 * The desktop keeps each dialog as an object on the session bus, whose path follows from a word that the asker chose. That word is
 * read from the call as it goes out. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _XqPortalRequest XqPortalRequest;

/* Hears the next call of that method: "org.freedesktop.portal.Print", "PreparePrint". %NULL where there is no session bus. */
XqPortalRequest *xq_portal_request_hear (const char *interface, const char *method);
/* Closes the dialog, if one was asked for; one that is closed already stays so. */
void xq_portal_request_close (XqPortalRequest *self);
void xq_portal_request_free (XqPortalRequest *self);

G_END_DECLS
