// Between what the guest calls and what the program has. A main of fewer parameters leaves the rest
// alone.
#include <stdlib.h>

int main(int, char**, char**);

int guest_main(int unused) {
  static char name[] = "program";
  static char* arguments[] = {name, 0};
  (void)unused;
  exit(main(1, arguments, arguments + 1));
}
