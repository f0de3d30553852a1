#include "report/letter-page.h"
XqPageDocument *xq_letter_to_pages (const XqLetter *l) { return xq_page_document_new ("x","y",1); }
