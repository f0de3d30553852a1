/* free() and realloc() of the whole program, which wipe what they give back.
 *
 * Names and notes pass through copies that nobody here owns: of GLib's strings, Pango's layouts, GTK's entries and undo
 * histories, messages to the screen reader, rows of lists. All of them end in free(). A shared library looks for that name in
 * the program first, so that defining it here reaches them all; the C library offers its own under a second name for
 * that. The cheaper mallopt (M_PERTURB) does not do: what goes into the thread's cache of small blocks, the most of it, is left as it is.
 *
 * Only in the program, not in the library that the tests link, and not under a sanitizer, which brings its own. */
#include "config.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* The C library's own, exported by it for such as this. */
extern void __libc_free (void *memory);

void
free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
}

/* The C library's would leave the old place as it is when it moves a block, and the end when it cuts one short. */
void *
realloc (void *memory, size_t size)
{
  size_t present = memory != NULL ? malloc_usable_size (memory) : 0;
  void *moved;

  if (size == 0 && memory != NULL)
    {
      free (memory);
      return NULL;
    }
  if (memory != NULL && size <= present && size >= present / 2)
    {
      explicit_bzero ((char *) memory + size, present - size);
      return memory;
    }
  moved = malloc (size);
  if (moved == NULL || memory == NULL)
    return moved;
  memcpy (moved, memory, present < size ? present : size);
  free (memory);
  return moved;
}
