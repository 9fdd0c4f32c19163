#include "compiler/native.h"

#include "compiler/generator.h"
#include "support/bytes.h"

namespace jit {

using namespace x86_32;

namespace {

/// Where functions without constants begin: of processors, few care, and the code gets smaller.
constexpr uint32_t kCodeAlign = 4;

/// Bytes of code that are placed in a step of the work.
constexpr uint32_t kBytesOfStep = 32;

}  // namespace

bool Native::place(const Encoder& code, FunctionId id) {
  // While this is done, nobody else may want to place anything.
  machine_.resources().scratch->make_room(code.total() / kBytesOfStep);
  const bool in_pages = common_ != 0;
  // Constants stand at multiples of 16 from where the code begins.
  const uint32_t align = code.constant_bytes() > 0 ? 16 : kCodeAlign;
  const uint32_t at = in_pages ? pages_.find(code.total()) : (used_ + align - 1) & ~(align - 1);
  if (at > code_.size || code.total() > code_.size - at) return false;
  while (used_ < at) code_.bytes[used_++] = 0xCC;
  bool good = true;
  code.finish(code_.bytes + at, code_.address + at, [&](Target target, uint32_t number) {
    return target == Target::service ? code_.address + services_[number]
           : target == Target::code  ? code_.address + number
                                     : 0;
  });
  for (const Reference& r : code.references()) {
    if (r.target != Target::function) continue;
    good &= calls_.add({at + code.final_offset(r), r.number});
  }
  if (in_pages) pages_.take(at, code.total());
  if (used_ < at + code.total()) used_ = at + code.total();
  last_ = {at, code.total()};
  if (id != kNone) placed_[id] = last_;
  return good;
}

/// A function of two instructions: to a service, with a number in eax.
bool Native::stub(FunctionId id, uint32_t value, Service service) {
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  Encoder code(scratch);
  code.mov_constant(in_register(eax), value);
  code.jump(Target::service, static_cast<uint32_t>(service));
  code.shorten();
  const bool good = code.good() && place(code, id);
  scratch.release(mark);
  return good;
}

x86_32::Place Native::of_header(size_t offset) const {
  return at_address(data_.address + static_cast<uint32_t>(offset));
}
x86_32::Place Native::bridge_of(Service service) const {
  return of_header(offsetof(Header, bridges) + size_t{4} * static_cast<uint32_t>(service));
}

bool Native::make_services() {
  Arena& scratch = *machine_.resources().scratch;
  bool good = true;
  for (uint32_t s = 0; s < (on_demand_ ? kServices : kFirstServices); ++s) {
    const auto service = static_cast<Service>(s);
    const Arena::Mark mark = scratch.mark();
    Encoder code(scratch);
    const CodeLabel begin = code.label();
    CodeLabel ends[kOutcomes] = {};
    for (uint32_t outcome = 0; service == Service::end && outcome < kOutcomes; ++outcome) {
      ends[outcome] = code.label();
      code.bind(ends[outcome]);
      code.mov_constant(in_register(eax), outcome);
      code.jump(begin);
    }
    code.bind(begin);
    if (service < Service::sample) {
      before_running(service, code);
    } else {
      while_running(service, code);
    }
    code.shorten();
    good &= code.good() && place(code, kNone);
    if (!good) return false;
    services_[s] = last_.offset + code.label_offset(begin);
    for (uint32_t outcome = 0; service == Service::end && outcome < kOutcomes; ++outcome) {
      services_[kServices + outcome] = last_.offset + code.label_offset(ends[outcome]);
    }
    scratch.release(mark);
  }
  return good;
}

/// Services of all machine code.
void Native::before_running(Service service, Encoder& code) const {
  constexpr uint32_t kSaved = 6 * 16 + 8;  // keeps the stack at a multiple of 16 where it calls
  switch (service) {
    case Service::island:
    case Service::runtime:
      code.push(ecx);
      code.push(edx);
      code.alu_constant(Alu::sub, in_register(esp), kSaved);
      for (Register x = 0; x < 6; ++x) code.op(op::movups_store, x, at_stack(x * 16U));
      code.op(op::movd_store, xmm7, in_register(ecx));
      code.push(ecx);
      break;
    case Service::import:
      code.op(op::lea, ecx, at_stack(4));
      code.push(ecx);
      break;
    case Service::end:
      code.alu_constant(Alu::and_, in_register(esp), ~15U);
      code.alu_constant(Alu::sub, in_register(esp), 8);
      break;
    case Service::interpret:
      // On the stack from which machine code was entered: this one is the program's.
      code.push(ebx);
      code.op(op::mov_load, ebx, in_register(esp));
      code.op(op::lea, ecx, at_stack(8));
      code.op(op::mov_load, esp, of_header(offsetof(Header, saved_stack)));
      code.alu_constant(Alu::and_, in_register(esp), ~15U);
      code.push(ebx);
      code.push(ecx);
      break;
    default:
      break;
  }
  code.push(eax);
  code.push(of_header(offsetof(Header, native)));
  code.call(bridge_of(service));
  if (service != Service::end && service != Service::interpret) {
    code.alu_constant(Alu::add, in_register(esp), 12);
  }
  if (service == Service::island || service == Service::runtime) {
    for (Register x = 0; x < 6; ++x) code.op(op::movups, x, at_stack(x * 16U));
    code.alu_constant(Alu::add, in_register(esp), kSaved);
    code.pop(edx);
    code.pop(ecx);
    code.ret();
  } else if (service == Service::import || service == Service::interpret) {
    if (service == Service::interpret) {
      code.op(op::mov_load, esp, in_register(ebx));
      code.pop(ebx);
    }
    // The result, whatever its kind is, begins where the arguments were.
    const Memory result = {eax, kNoRegister, 0, 0};
    code.op(op::movups, 0, in_memory(result));
    code.op(op::mov_load, edx, in_memory({eax, kNoRegister, 0, 4}));
    code.op(op::mov_load, eax, in_memory(result));
    code.ret();
  }
}

/// Reads the body and places its code. A fault: it is refused; else `placed` says whether there was
/// room.
Fault Native::generate(FunctionId id, const Loop* loop, const Rewrite* rewrite, bool& placed) {
  const Module& module = *machine_.state().module;
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  Body body;
  FrameMap map;
  Fault fault = machine_.read(id, scratch, body);
  if (!fault && loop != nullptr &&
      !machine_.map_frame(*loop->function, body, loop->ip, scratch, map)) {
    fault.what.add("not in a loop");
    fault.unsupported = true;
  } else if (!fault && loop != nullptr && *map.head == machine_.handler(Op::replaced_)) {
    fault.what.add("a loop that is machine code already");
    fault.unsupported = true;
  }
  Body rewritten;
  Text why;
  if (!fault && rewrite != nullptr) {
    if (rewrite->make(rewrite->context, body, machine_.constants(body), scratch, rewritten, why)) {
      body = rewritten;
    } else {
      fault.what.add(why);
      fault.unsupported = true;
    }
  }
  if (!fault) {
    const Constants constants = machine_.constants(body);
    GeneratorOptions options;
    options.fuel = options_.fuel;
    options.fuel_address = data_.address + static_cast<uint32_t>(offsetof(Header, fuel_low));
    options.traps = options_.traps;
    options.limit_address = data_.address + static_cast<uint32_t>(offsetof(Header, stack_limit));
    options.table = data_.address + static_cast<uint32_t>(sizeof(Header));
    options.shapes = {shapes_.data, shapes_.size};
    options.by_table = options.sampled = on_demand_;
    const EntryPoint entry = {map.first,
                              data_.address + static_cast<uint32_t>(offsetof(Header, frame)),
                              map.slots, map.places, map.memory_slot};
    if (loop != nullptr) options.entry = &entry;
    options.marks = options_.watcher != nullptr;
    const uint32_t islands = islands_.count();
    islands_.start();
    Generator generator(module, body, constants, islands_, options, scratch);
    if (generator.run()) {
      const Placed whole = placed_[id];
      placed = place(generator.code(), id);
      if (loop != nullptr) {
        *loop->entry = {id,
                        map.head,
                        0,
                        placed_[id].offset + generator.code().final_offset(generator.entry()),
                        map.has_memory,
                        map.before_slot};
      }
      if (loop != nullptr || rewrite != nullptr) placed_[id] = whole;
      Piece piece = {.offset = last_.offset, .size = last_.size, .id = id};
      piece.kind = loop != nullptr      ? Piece::loop
                   : rewrite != nullptr ? Piece::version
                                        : Piece::function;
      piece.first_island = islands_.first();
      piece.islands = islands_.count() - islands;
      placed = placed && (!on_demand_ || add(piece));
      if (!placed) islands_.release(islands_.first());
      if (placed && options_.watcher != nullptr) {
        options_.watcher->compiled(options_.watcher->context, id, generator);
      }
      ++functions_;
      instructions_ += body.instructions.size;
    } else {
      islands_.release(islands_.first());
      fault = machine_.state().fault;
      if (!fault) fault.what.add(generator.fault());
      fault.function = module.functions[id].name;
      fault.unsupported = true;
    }
  }
  scratch.release(mark);
  machine_.mutable_state().fault = {};
  if (fault) {
    ++refused_;
    fault_ = fault;
    if (options_.watcher != nullptr) {
      options_.watcher->refused(options_.watcher->context, id, fault);
    }
  }
  return fault;
}

bool Native::compile(FunctionId id) {
  const FunctionEntry& entry = machine_.state().entries[id];
  if (entry.import != nullptr) return stub(id, id, Service::import);
  if (machine_.state().module->functions[id].body_bit == 0) {
    return stub(id, static_cast<uint32_t>(Outcome::wrong_call), Service::end);
  }
  bool placed = true;
  if (generate(id, nullptr, nullptr, placed)) {
    return stub(id, static_cast<uint32_t>(Outcome::unsupported), Service::end);
  }
  return placed;
}

bool Native::begin() {
  const uint32_t count = machine_.state().module->functions.size;
  placed_ = {machine_.resources().code->make<Placed>(count), count};
  if (placed_.data == nullptr || data_.size < sizeof(Header) + sizeof(Entry) * count) return false;
  used_ = 0;
  return shape_types() && make_services();
}

void Native::fill_entry(FunctionId id) {
  const Shape& shape = shapes_[machine_.state().module->functions[id].type];
  table()[id] = {code_.address + placed_[id].offset, shape.whole, shape.parameters, 0};
}

bool Native::compile() {
  if (!begin()) return false;
  for (FunctionId id = 0; id < placed_.size; ++id) {
    placed_[id] = {};
    const Function& function = machine_.state().module->functions[id];
    if (function.intrinsic == Intrinsic::none && !compile(id)) return false;
    fill_entry(id);
  }
  for (const Call& call : calls_) {
    write_little(code_.bytes + call.at, placed_[call.to].offset - (call.at + 4), 4);
  }
  return true;
}

void Native::settle() {
  if (!options_.fuel || (on_demand_ && !inside_)) return;
  if (on_demand_) {
    take_back();
  } else {
    const auto left = static_cast<int32_t>(header().fuel_low);
    machine_.mutable_state().fuel = reserve_ + (uint64_t{header().fuel_high} << kFuelBits) +
                                    static_cast<uint64_t>(int64_t{left});
  }
}

void Native::adopt(uint32_t entry) {
  adopted_ = entry;
  used_ = code_.size;
  install();
}

Outcome Native::run_island(uint32_t number, uint32_t* slots) {
  return machine_.execute(islands_.code(number), slots);
}

Outcome Native::run_import(FunctionId id, uint32_t* arguments) {
  State& state = machine_.mutable_state();
  return state.entries[id].import(state, arguments);
}

}  // namespace jit
