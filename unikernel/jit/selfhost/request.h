// What the compiler, as a program, imports from whoever runs it.
#pragma once

#include "compiler/whole.h"

extern "C" jit::CompileRequest* compiler_request();
