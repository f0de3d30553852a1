/* csv and tsv in any encoding. */
#include "config.h"

#include "fuzz-table.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const encodings[] = { "Big5", "GB18030", "UTF-16LE", "UTF-8" };
  const char *path = fuzz_file (data, size);
  XqSheetOptions found = { .limits = &fuzz_limits };
  XqSheetOptions chosen = { .limits = &fuzz_limits, .delimiter = ';' };

  chosen.encoding = encodings[size % G_N_ELEMENTS (encodings)];
  fuzz_read_table (path, &found);
  fuzz_read_table (path, &chosen);
  return 0;
}
