#pragma once
#include "CQPDFReader.h"
#include "CQPDFWriter.h"
