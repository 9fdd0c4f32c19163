// The program as machine code. Opcodes: Intel SDM volume 2.
#include <cstring>

#include "profile/random_guest/code.h"
#include "profile/random_guest/elf_file.h"
#include "profile/random_guest/program.h"

namespace harness::profile {
namespace {

// Data at addresses that do not depend on the code: it is less than this long.
constexpr std::uint32_t kData = 0x200000;
constexpr std::uint32_t kGdt = kData, kIdt = kData + 0x100, kScratch = kData + 0x1000,
                        kPointers = kData + 0x2000, kStackEnd = kData + 0x8000,
                        kPlacesAt = kData + 0x9000, kBlobs = kData + 0xa000,
                        kDataEnd = kData + 0x10000;
constexpr std::uint32_t kScreen = 0xb8000;
// The timer interrupts after so many of its own ticks, at 1.193182 MHz: some 80,000 instructions.
constexpr std::uint8_t kTimerTicks = 100;

class Assembler {
 public:
  explicit Assembler(const Program& program) : program_(program) {
    code_.word(0x1badb002);  // multiboot 1
    code_.word(0);
    code_.word(0 - 0x1badb002U);
    handlers();
    entry();
    std::vector<std::uint32_t> addresses;
    for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
      addresses.push_back(code_.here());
      function(i);
    }
    code_.resolve(addresses);
    data(addresses);
  }
  [[nodiscard]] std::string elf() const {
    return elf_file({kCodeAt, code_.text()}, {kData, data_}, entry_, symbols_);
  }

 private:
  template <class Body>
  void symbol(const std::string& name, Body body) {
    const std::uint32_t begin = code_.here();
    body();
    symbols_.push_back({name, begin, code_.here()});
  }

  void handlers() {
    symbol("trap", [this] { code_.bytes({0x50, 0x58, 0xcf}); });  // push eax; pop eax; iret
    for (const char* name : {"bad_opcode", "division"}) {
      // add dword [esp], 2; iret
      symbol(name, [this] { code_.bytes({0x83, 0x04, 0x24, 0x02, 0xcf}); });
    }
    // push eax; mov al, 0x20; out 0x20, al; pop eax; iret
    symbol("tick", [this] { code_.bytes({0x50, 0xb0, 0x20, 0xe6, 0x20, 0x58, 0xcf}); });
  }

  void out(int port, int value) { code_.bytes({0xb0, value, 0xe6, port}); }

  void entry() {
    entry_ = code_.here();
    symbol("entry", [this] {
      code_.with_word({0xbc}, kStackEnd);              // mov esp
      code_.with_word({0x0f, 0x01, 0x15}, kGdt + 24);  // lgdt
      code_.with_word({0x0f, 0x01, 0x1d}, kGdt + 32);  // lidt
      code_.bytes({0xea});                             // jmp 8:next
      code_.word(code_.here() + 6);
      code_.bytes({8, 0});
      code_.bytes({0x66, 0xb8, 16, 0});                   // mov ax, 16
      code_.bytes({0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xd0});  // mov ds, es, ss
      for (const auto& [port, value] :
           std::initializer_list<std::pair<int, int>>{{0x20, 0x11},
                                                      {0x21, 0x20},
                                                      {0x21, 4},
                                                      {0x21, 1},
                                                      {0x21, 0xfe},
                                                      {0xa1, 0xff},
                                                      {0x43, 0x34},
                                                      {0x40, kTimerTicks},
                                                      {0x40, 0}}) {
        out(port, value);
      }
      code_.function_branch(0xe8, 0);
      out(0xf4, 0x10);  // the pass value
      code_.bytes({0xeb, 0xfe});
    });
  }

  void function(std::uint32_t number) {
    symbol("f" + std::to_string(number), [&] {
      const GuestFunction& one = program_.functions[number];
      code_.bytes({0xb2, 0});  // mov dl, 0: others may change the byte
      for (const Statement& statement : one.body) add(statement);
      if (one.tail != 0) {
        code_.function_branch(0xe9, one.tail);
      } else {
        code_.bytes({0xc3});
      }
    });
  }

  void plain(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      switch (i % 5) {
        case 0:
          code_.bytes({0x90});
          break;  // nop
        case 1:
          code_.with_word({0xb8}, i);
          break;  // mov eax, i
        case 2:
          code_.bytes({0x42});
          break;  // inc edx
        case 3:
          code_.bytes({0x01, 0xd0});
          break;  // add eax, edx
        default:
          code_.bytes({0x8d, 0x44, 0x02, 0x07});
          break;  // lea eax, [edx + eax + 7]
      }
    }
  }

  /// mov [address], al
  void store_byte(std::uint32_t address) { code_.with_word({0xa2}, address); }

  void fill(std::uint32_t to, std::uint32_t count) {
    code_.bytes({0x57, 0x51});    // push edi; push ecx
    code_.with_word({0xbf}, to);  // mov edi
    code_.with_word({0xb9}, count);
    code_.bytes({0xf3, 0xab});
    code_.bytes({0x59, 0x5f});
  }

  void loop(const Statement& one) {
    code_.bytes({0x51});  // push ecx
    code_.with_word({0xb9}, one.count);
    const std::uint32_t turn = code_.here();
    for (const Statement& inner : one.body) add(inner);
    code_.bytes({0x49});                                     // dec ecx
    code_.with_word({0x0f, 0x85}, turn - code_.here() - 6);  // jnz
    code_.bytes({0x59});
  }

  static std::uint32_t blob_bytes(const Blob& blob) { return blob.plain + 7 * blob.calls + 1; }
  static std::uint32_t blob_address(std::uint32_t number) { return kBlobs + kPlaceBytes * number; }

  void run_copy(const Statement& one) {
    code_.bytes({0x56, 0x57, 0x51});                    // push esi, edi, ecx
    code_.with_word({0xbe}, blob_address(one.target));  // mov esi
    code_.with_word({0xbf}, place_address(one.count));
    code_.with_word({0xb9}, blob_bytes(program_.blobs[one.target]));
    code_.bytes({0xf3, 0xa4});  // rep movsb
    code_.with_word({0xb8}, place_address(one.count));
    code_.bytes({0xff, 0xd0});  // call eax
    code_.bytes({0x59, 0x5f, 0x5e});
  }

  void across(const Statement& one) {
    switch (one.kind) {
      case Kind::cross_page:  // nop; mov eax, ...
        code_.jump_near_end_of_page(2 + one.count % 4);
        code_.bytes({0x90});
        code_.with_word({0xb8}, one.count);
        break;
      case Kind::store_across:  // nop; mov dword [scratch], ...
        code_.jump_near_end_of_page(2 + one.count % 9);
        code_.bytes({0x90});
        code_.with_word({0xc7, 0x05}, kScratch);
        code_.word(one.count);
        break;
      default:  // mov [next + 1], al; mov eax, ...
        code_.jump_near_end_of_page(6 + one.count % 4);
        store_byte(code_.here() + 6);
        code_.with_word({0xb8}, one.count);
        break;
    }
  }

  void add(const Statement& one) {
    switch (one.kind) {
      case Kind::plain:
        plain(one.count);
        break;
      case Kind::taken_jump:
        code_.bytes({0xeb, 2, 0xcc, 0xcc});
        break;
      case Kind::store:
        code_.with_word({0xa3}, kScratch + 4 * one.count);
        break;
      case Kind::add_to_memory:
        code_.with_word({0xff, 0x05}, kScratch);
        break;
      case Kind::push_pop:
        code_.bytes({0x50, 0x5a});
        break;
      case Kind::call:
        code_.function_branch(0xe8, one.target);
        break;
      case Kind::call_register:
        code_.bytes({0xb8});
        code_.function_address(one.target);
        code_.bytes({0xff, 0xd0});
        break;
      case Kind::call_memory:
        code_.with_word({0xff, 0x15}, kPointers + 4 * one.target);
        break;
      case Kind::loop:
        loop(one);
        break;
      case Kind::cross_page:
      case Kind::store_across:
      case Kind::patch_across:
        across(one);
        break;
      case Kind::patch_next:
        store_byte(code_.here() + 6);
        code_.bytes({0xb2, 0});
        break;
      case Kind::add_to_next:
        code_.with_word({0xfe, 0x05}, code_.here() + 7);  // inc byte [next + 1]
        code_.bytes({0xb2, 0});
        break;
      case Kind::patch_before: {
        const std::uint32_t changed = code_.here() + 1;
        code_.bytes({0xb2, 0, 0x90});
        store_byte(changed);
        break;
      }
      case Kind::patch_function:
        // The byte behind the first of the function: resolved like a call, one further.
        code_.bytes({0xa2});
        patches_.push_back({code_.here(), one.target});
        code_.word(0);
        break;
      case Kind::fill:
        fill(kScratch, one.count);
        break;
      case Kind::fill_screen:
        fill(kScreen, one.count);
        break;
      case Kind::screen:
        code_.with_word({0xc7, 0x05}, kScreen + 4 * one.count);
        code_.word(0x07410742);
        break;
      case Kind::run_copy:
        run_copy(one);
        break;
      case Kind::interrupt:
        code_.bytes({0xcd, 0x80});
        break;
      case Kind::bad_opcode:
        code_.bytes({0x0f, 0x0b});
        break;
      case Kind::divide_by_zero:
        code_.bytes({0x31, 0xdb, 0xf7, 0xf3});
        break;  // ebx
      case Kind::wait:
        code_.bytes({0xfb, 0xf4, 0xfa});
        break;
      case Kind::run_open:
        code_.bytes({0x51, 0xfb});  // push ecx; sti
        code_.with_word({0xb9}, one.count);
        code_.bytes({0x49, 0x75, 0xfd, 0xfa, 0x59});
        break;
    }
  }

  void put(std::uint32_t address, std::uint32_t word) {
    std::memcpy(data_.data() + (address - kData), &word, 4);
  }
  void gate(std::uint32_t vector, const char* handler) {
    for (const Symbol& one : symbols_) {
      if (one.name != handler) continue;
      put(kIdt + 8 * vector, 8U << 16 | (one.begin & 0xffff));
      put(kIdt + 8 * vector + 4, (one.begin & 0xffff0000) | 0x8e00);
    }
  }

  void data(const std::vector<std::uint32_t>& functions) {
    data_.assign(kDataEnd - kData, '\0');
    for (const auto& [address, target] : patches_) code_.set_word(address, functions[target] + 1);
    put(kGdt + 8, 0x0000ffff);
    put(kGdt + 12, 0x00cf9b00);
    put(kGdt + 16, 0x0000ffff);
    put(kGdt + 20, 0x00cf9300);
    put(kGdt + 24, kGdt << 16 | 23);
    put(kGdt + 28, kGdt >> 16);
    put(kGdt + 32, kIdt << 16 | (8 * 256 - 1));
    put(kGdt + 36, kIdt >> 16);
    gate(0, "division");
    gate(6, "bad_opcode");
    gate(0x20, "tick");
    gate(0x80, "trap");
    for (std::uint32_t i = 0; i < functions.size(); ++i) put(kPointers + 4 * i, functions[i]);
    for (std::uint32_t i = 0; i < program_.blobs.size(); ++i) blob(i, functions);
  }

  void blob(std::uint32_t number, const std::vector<std::uint32_t>& functions) {
    const Blob& one = program_.blobs[number];
    std::string bytes(one.plain, '\x90');
    for (std::uint32_t i = 0; i < one.calls; ++i) {
      bytes += '\xb8';  // mov eax, function; call eax
      for (int shift = 0; shift < 32; shift += 8) {
        bytes += static_cast<char>(functions[one.target] >> shift);
      }
      bytes += "\xff\xd0";
    }
    bytes += '\xc3';
    data_.replace(blob_address(number) - kData, bytes.size(), bytes);
  }

  const Program& program_;
  Code code_;
  std::string data_;
  std::uint32_t entry_ = 0;
  std::vector<Symbol> symbols_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> patches_;
};

}  // namespace

std::uint32_t place_address(std::uint32_t place) { return kPlacesAt + kPlaceBytes * place; }

std::string elf_of(const Program& program) { return Assembler(program).elf(); }

}  // namespace harness::profile
