// An app in C++: text on the screen, one test, one time.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/heap.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.color(kernel::Color::light_green).text("Hello from an app of my own\n");
  system.console.color(kernel::Color::light_gray);

  // A word that is put together on the heap.
  constexpr uint32_t kLength = 26;
  auto* letters = static_cast<char*>(system.heap.allocate(kLength + 1));
  if (letters == nullptr) kernel::panic("no memory for the alphabet");
  uint32_t written = 0;
  for (char letter = 'a'; letter <= 'z'; ++letter) letters[written++] = letter;
  letters[written] = '\0';
  system.console.text(letters).newline();
  const bool good = written == kLength && system.heap.free(letters);

  const wire::Status status = good ? wire::Status::pass : wire::Status::fail;
  system.emit.test("alphabet", status, 1, written);
  system.emit.timing("Total", x86::read_tsc_ordered() - system.boot.entry_tsc);
  return status;
}

// The plan: one [TEST] line, one number.
extern "C" const kernel::App kernel_app = {"greeting", 1, 1, &run};
