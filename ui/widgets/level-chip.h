/* The level of attention as a shape and a word: red octagon, orange triangle, yellow circle. Never a colour alone. */
#pragma once

#include "ui/types.h"

G_BEGIN_DECLS

#define XQ_TYPE_LEVEL_CHIP (xq_level_chip_get_type ())
G_DECLARE_FINAL_TYPE (XqLevelChip, xq_level_chip, XQ, LEVEL_CHIP, GtkWidget)

/* Property "level" (int): 1–3; 0 hides the chip. */
GtkWidget *xq_level_chip_new (int level);
void xq_level_chip_set_level (XqLevelChip *self, int level);
int xq_level_chip_get_level (XqLevelChip *self);
/* "Level 2", translated; @level: 1–3. */
const char *xq_level_words (int level);

G_END_DECLS
