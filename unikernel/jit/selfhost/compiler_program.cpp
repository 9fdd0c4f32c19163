// The compiler as a program: reader, verifier, IR and T1, and nothing else. It compiles what it is
// asked to, itself, for example. CMakeLists.txt links it with the compiler's own sources.
//
//   guest_main(0) -> 0: compiled; 1: not, and a line says why
#include "selfhost/request.h"

extern "C" {
int guest_main(int unused);
void guest_write(const char* bytes, int size);
}

int guest_main(int) {
  jit::CompileRequest& request = *compiler_request();
  jit::Fault fault;
  if (jit::compile_whole(request, fault)) return 0;
  const jit::Text what = fault.what.text();
  guest_write(what.data, static_cast<int>(what.size));
  guest_write("\n", 1);
  return 1;
}
