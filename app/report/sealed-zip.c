#include "config.h"

#include "report/sealed-zip.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <zip.h>

#include "report/output.h"

typedef struct zip Zip;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Zip, zip_discard)

static gboolean
refuse (GError **error, zip_error_t *why)
{
  g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_IO, _("The encrypted zip could not be made: %s"), zip_error_strerror (why));
  return FALSE;
}

static gboolean
add_file (zip_t *zip, const XqSealedFile *file, const char *passphrase, GError **error)
{
  gsize length;
  const void *bytes = g_bytes_get_data (file->bytes, &length);
  zip_source_t *source = zip_source_buffer (zip, bytes, length, 0);
  zip_int64_t index = source != NULL ? zip_file_add (zip, file->name, source, ZIP_FL_ENC_UTF_8) : -1;

  if (index < 0)
    {
      zip_source_free (source);
      return refuse (error, zip_get_error (zip));
    }
  return zip_file_set_encryption (zip, (zip_uint64_t) index, ZIP_EM_AES_256, passphrase) == 0
         || refuse (error, zip_get_error (zip));
}

/* Fills @target, which lies in memory. */
static gboolean
fill (zip_source_t *target, const XqSealedFile *files, gsize n_files, const char *passphrase, GError **error)
{
  g_autoptr (Zip) zip = NULL;
  zip_error_t why;

  zip_error_init (&why);
  zip_source_keep (target);
  zip = zip_open_from_source (target, ZIP_TRUNCATE, &why);
  if (zip == NULL)
    {
      zip_source_free (target);
      refuse (error, &why);
      zip_error_fini (&why);
      return FALSE;
    }
  zip_error_fini (&why);
  for (gsize i = 0; i < n_files; i++)
    if (!add_file (zip, &files[i], passphrase, error))
      return FALSE;
  if (zip_close (zip) != 0)
    return refuse (error, zip_get_error (zip));
  zip = NULL;
  return TRUE;
}

static gboolean
save (zip_source_t *target, const char *path, GError **error)
{
  zip_stat_t is;
  g_autofree char *bytes = NULL;

  if (zip_source_stat (target, &is) != 0 || zip_source_open (target) != 0)
    return refuse (error, zip_source_error (target));
  bytes = g_malloc (is.size);
  if (zip_source_read (target, bytes, is.size) != (zip_int64_t) is.size)
    return refuse (error, zip_source_error (target));
  zip_source_close (target);
  return xq_output_save (path, bytes, is.size, error);
}

static gboolean
is_long_enough (const char *passphrase, GError **error)
{
  if (g_utf8_validate (passphrase, -1, NULL) && g_utf8_strlen (passphrase, -1) >= XQ_SEALED_ZIP_LEAST_CHARACTERS)
    return TRUE;
  g_set_error (error, XQ_REPORT_ERROR, XQ_ERROR_REFUSED,
               _("The passphrase of an encrypted zip needs at least %d characters: whoever has the zip can try as often as he likes."),
               XQ_SEALED_ZIP_LEAST_CHARACTERS);
  return FALSE;
}

gboolean
xq_sealed_zip_write (const char *path, const XqSealedFile *files, gsize n_files, XqSecret *passphrase, GError **error)
{
  g_autoptr (XqSecret) text = NULL;
  zip_source_t *target;
  gboolean written;

  g_return_val_if_fail (path != NULL && passphrase != NULL && n_files > 0, FALSE);

  /* libzip wants a terminator, which a secret has not. */
  text = xq_secret_new (xq_secret_length (passphrase) + 1);
  memcpy (xq_secret_bytes (text), xq_secret_bytes (passphrase), xq_secret_length (passphrase));
  if (!is_long_enough ((const char *) xq_secret_bytes (text), error))
    return FALSE;
  target = zip_source_buffer_create (NULL, 0, 0, NULL);
  written = fill (target, files, n_files, (const char *) xq_secret_bytes (text), error) && save (target, path, error);
  zip_source_free (target);
  return written;
}

XqSecret *
xq_sealed_zip_suggest (void)
{
  /* No letter that is heard or read as another or as a digit. */
  static const char letters[] = "abcdefghjkmnpqrstvwxyz23456789";
  XqSecret *secret = xq_secret_new (14);

  for (gsize i = 0; i < 14; i++)
    xq_secret_bytes (secret)[i]
        = i == 4 || i == 9 ? '-' : (guint8) letters[randombytes_uniform (sizeof letters - 1)];
  return secret;
}
