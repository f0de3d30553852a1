#include "vault/share-split.h"

#include <botan/system_rng.h>
#include <botan/tss.h>
#include <cstring>
#include <string_view>
#include <vector>

namespace
{

/* A share of RTSS begins with an identifier, the kind of digest, how many are needed, and its length; its own number
 * follows. Of these only the number differs from share to share of ours: the rest is not printed, but put back. */
constexpr std::size_t identifier_bytes = 16;
constexpr std::size_t header_bytes = identifier_bytes + 4;
constexpr std::size_t bytes_before = header_bytes + 1;
constexpr std::string_view no_digest = "None";

Botan::RTSS_Share
with_header (XqSecret *body, guint number)
{
  const std::size_t length = xq_secret_length (body);
  Botan::secure_vector<uint8_t> bytes (header_bytes);

  bytes[identifier_bytes] = 0;
  bytes[identifier_bytes + 1] = XQ_SHARES_NEEDED;
  bytes[identifier_bytes + 2] = static_cast<uint8_t> ((length + 1) >> 8);
  bytes[identifier_bytes + 3] = static_cast<uint8_t> ((length + 1) & 0xff);
  bytes.push_back (static_cast<uint8_t> (number));
  bytes.insert (bytes.end (), xq_secret_bytes (body), xq_secret_bytes (body) + length);
  return Botan::RTSS_Share (bytes.data (), bytes.size ());
}

} // namespace

gboolean
xq_share_split (XqSecret *secret, XqSecret **ret_shares)
{
  const std::size_t length = xq_secret_length (secret);

  g_return_val_if_fail (length > 0 && length < G_MAXUINT16, FALSE);

  try
    {
      const std::vector<uint8_t> identifier (identifier_bytes);
      const std::vector<Botan::RTSS_Share> shares
          = Botan::RTSS_Share::split (XQ_SHARES_NEEDED, XQ_SHARES, xq_secret_bytes (secret),
                                      static_cast<uint16_t> (length), identifier, no_digest, Botan::system_rng ());

      for (const Botan::RTSS_Share &share : shares)
        if (share.size () != bytes_before + length)
          return FALSE;
      for (std::size_t i = 0; i < XQ_SHARES; i++)
        {
          ret_shares[i] = xq_secret_new (length);
          std::memcpy (xq_secret_bytes (ret_shares[i]), shares[i].data ().data () + bytes_before, length);
        }
      return TRUE;
    }
  catch (...)
    {
      return FALSE;
    }
}

XqSecret *
xq_share_join (XqSecret *first, guint first_number, XqSecret *second, guint second_number)
{
  g_return_val_if_fail (xq_secret_length (first) == xq_secret_length (second), NULL);
  g_return_val_if_fail (first_number != second_number, NULL);

  try
    {
      const Botan::secure_vector<uint8_t> bytes = Botan::RTSS_Share::reconstruct (
          { with_header (first, first_number), with_header (second, second_number) });
      XqSecret *secret = xq_secret_new (bytes.size ());

      std::memcpy (xq_secret_bytes (secret), bytes.data (), bytes.size ());
      return secret;
    }
  catch (...)
    {
      return NULL;
    }
}
