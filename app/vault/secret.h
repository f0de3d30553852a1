/* Bytes that nobody else may see: locked, guarded and wiped by libsodium. Passwords and keys live here and
 * nowhere else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _XqSecret XqSecret;

/* @length zero bytes. Never NULL. */
XqSecret *xq_secret_new (gsize length);
/* A copy of @text without its terminator; the caller wipes its own. */
XqSecret *xq_secret_new_text (const char *text);
void xq_secret_free (XqSecret *secret);
guint8 *xq_secret_bytes (XqSecret *secret);
gsize xq_secret_length (const XqSecret *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSecret, xq_secret_free)

G_END_DECLS
