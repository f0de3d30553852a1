/* What of a vault's contents is left in this process after lock, and where it goes.
 *
 * - What was on the heap is wiped when it is freed (wiping-free.c): widgets and their texts, layouts, undo histories,
 *   what an input method was told, rows of lists, D-Bus messages to the screen reader, statements' results. SQLCipher's own
 *   heap, its page cache in it, wipes itself (vault/sqlite-start.c). So the lock destroys what shows data, and nothing that
 *   does may outlive it: no globals, no caches.
 * - Keys and passwords lie in guarded memory (vault/secret.h); GtkPasswordEntry keeps what is typed in such memory too.
 * - Stacks of threads keep what their last calls left there. xq_memory_purge() ends idle worker threads, wipes the stack of the
 *   main thread below the caller, and gives free memory back to the kernel.
 *
 * What cannot be reached from here: pixels (the X server's or compositor's buffers, the graphics card's memory), the other
 * ends of the wires (screen reader, input method, clipboard manager, the accessibility bus), the kernel's socket buffers,
 * and pages that were swapped out before lock, unless the swap is encrypted. Glyph numbers of shaped text go with
 * their nodes; numbers, not words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After everything that shows data is gone. Takes some milliseconds. */
void xq_memory_purge (void);

G_END_DECLS
