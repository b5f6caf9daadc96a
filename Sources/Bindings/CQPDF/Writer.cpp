#include "CQPDFWriter.h"
