#include "config.h"

#include "report/hand-out.h"

#include "report/output.h"

static gboolean
save (const XqHandOut *out, GBytes *bytes, GError **error)
{
  const XqSealedFile file = { out->inner_name, bytes };

  if (out->passphrase != NULL)
    return xq_sealed_zip_write (out->path, &file, 1, out->passphrase, error);
  return xq_output_save (out->path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static gboolean
make_and_save (const XqHandOut *out, XqMakeFile make, gpointer data, GError **error)
{
  g_autofree char *watermark
      = out->disclosure->identifying ? xq_disclosure_watermark (out->disclosure, out->issuer) : NULL;
  g_autoptr (GBytes) bytes = make (watermark, data, error);

  return bytes != NULL && save (out, bytes, error);
}

gboolean
xq_hand_out (XqDatabase *database, const XqHandOut *out, XqMakeFile make, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;

  g_return_val_if_fail (out->path != NULL && (out->passphrase == NULL || out->inner_name != NULL), FALSE);

  g_free (out->disclosure->file);
  out->disclosure->file = g_path_get_basename (out->path);
  if (!xq_disclosure_enter (database, out->disclosure, out->person_ids, out->n_persons, error))
    return FALSE;
  if (make_and_save (out, make, data, &why))
    return TRUE;
  /* The first trouble is what matters; the entry says so when it can. */
  xq_disclosure_settle (database, out->disclosure->id, XQ_DISCLOSURE_FAILED, why->message, NULL);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}
