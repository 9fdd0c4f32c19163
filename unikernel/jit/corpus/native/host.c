// What a guest imports, by the host's libc: for sanitizers.
#include <stdlib.h>
#include <unistd.h>

int guest_main(int argument);

_Noreturn void guest_exit(int status) { exit(status & 255); }
void guest_write(const char* bytes, int size) {
  if (write(1, bytes, (size_t)size) != size) exit(255);
}

int main(int count, char** arguments) {
  return guest_main(count > 1 ? atoi(arguments[1]) : 1) & 255;
}
