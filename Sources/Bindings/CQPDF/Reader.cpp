#include "CQPDFReader.h"
