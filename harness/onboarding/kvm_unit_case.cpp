#include "onboarding/kvm_unit_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "model/architecture_synonym.h"
#include "model/scenario.h"
#include "onboarding/yaml_text.h"
#include "scenario/load.h"

namespace harness::onboarding {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// What a test asks of QEMU, sorted into what scenarios have keys for.
struct Wanted {
  std::string model, cpu, append, memory = "128M", accel;
  std::uint64_t smp = 1;
  std::vector<std::string> devices, args, initrd;
  std::string fault;
};

/// "q35,kernel-irqchip=split" on top of "pc": a word without "=" is the type, the rest options.
void add_machine(std::string_view words, std::string& model) {
  const std::size_t comma = std::min(words.find(','), words.size());
  const std::string_view first = words.substr(0, comma);
  if (first.find('=') == first.npos) {
    const std::size_t options = std::min(model.find(','), model.size());
    model = std::string(first) + model.substr(options) + std::string(words.substr(comma));
  } else {
    model += "," + std::string(words);
  }
}

/// QEMU counts memory in MiB where no unit stands: 256, 256M, 4g.
std::string memory_of(std::string value) {
  if (value.starts_with("size=")) value.erase(0, 5);
  if (value.empty()) return value;
  char& last = value.back();
  if (last == 'm' || last == 'g' || last == 'k') last = static_cast<char>(last - 'a' + 'A');
  return last >= '0' && last <= '9' ? value + "M" : value;
}

void take_option(const std::string& option, const std::string& value, Wanted& wanted) {
  if (option == "append") {
    wanted.append = value;
  } else if (option == "m") {
    wanted.memory = memory_of(value);
  } else if (option == "cpu") {
    wanted.cpu = value;
  } else if (option == "machine" || option == "M") {
    add_machine(value, wanted.model);
  } else if (option == "device") {
    wanted.devices.push_back(value);
  } else if (option == "accel") {
    wanted.accel = value;
  } else if (option == "initrd") {
    wanted.initrd.push_back(value);
  } else if (option == "smp") {
    const std::optional<std::uint64_t> count =
        parse_bytes(value.substr(0, std::min(value.find(','), value.size())));
    if (!count) wanted.fault = fmt::format("-smp {} is not known here", printable(value));
    wanted.smp = count.value_or(1);
    if (value.find(',') != value.npos) {
      wanted.args.insert(wanted.args.end(), {"-smp", value});
    }
  } else {
    wanted.args.insert(wanted.args.end(), {"-" + option, value});
  }
}

void sort_params(const std::vector<std::string>& params, Wanted& wanted) {
  static constexpr std::string_view kKnown[] = {"append", "m",     "cpu",    "machine", "M",
                                                "device", "accel", "initrd", "smp"};
  for (std::size_t i = 0; i < params.size(); ++i) {
    std::string option = params[i];
    option.erase(0, std::min(option.find_first_not_of('-'), option.size()));
    if (option == "enable-kvm") {
      wanted.accel = "kvm";
    } else if (!params[i].starts_with('-') ||
               std::ranges::find(kKnown, option) == std::end(kKnown)) {
      wanted.args.push_back(params[i]);
    } else if (i + 1 == params.size()) {
      wanted.fault = fmt::format("its parameter {} lacks a value", printable(params[i]));
    } else {
      take_option(option, params[++i], wanted);
    }
  }
}

/// "host", "host,migratable=no"
bool is_host_cpu(std::string_view cpu) {
  return cpu.substr(0, std::min(cpu.find(','), cpu.size())) == "host";
}

/// The processor that the runners of ARM and RISC-V start QEMU with: TARGET_CPU is what configure
/// was told, DEFAULT_QEMU_CPU its own choice; older checkouts have PROCESSOR for both.
std::string configured_cpu(const Configuration& config) {
  for (const std::string_view key : {"TARGET_CPU", "DEFAULT_QEMU_CPU", "PROCESSOR"}) {
    const auto at = config.find(key);
    if (at != config.end() && !at->second.empty()) return at->second;
  }
  return "";
}

/// The machine that the suite's own runner starts.
void add_runner_machine(const Architecture& arch, const Configuration& config, Wanted& wanted) {
  wanted.model = arch.model;
  wanted.cpu = arch.pc ? std::string() : configured_cpu(config);
  if (wanted.cpu.empty()) wanted.cpu = arch.cpu;
  if (arch.pc) {
    wanted.devices = {"pc-testdev", "pci-testdev"};
    return;
  }
  // A character device that ends QEMU when it is told to.
  wanted.args = {"-chardev", "testdev,id=ctd",         "-device", "virtio-serial-device",
                 "-device",  "virtconsole,chardev=ctd"};
  wanted.devices = {"pci-testdev"};
}

std::string skip_by_host(const UnitTest& test, const KvmUnitHost& host) {
  for (const HostCondition& condition : test.conditions) {
    const auto value = host.first_line(condition.path);
    if (!value) {
      return fmt::format("{} cannot be read, and must be {}", printable(condition.path),
                         printable(condition.value));
    }
    if (*value != condition.value) {
      return fmt::format("{} is {}, must be {}", printable(condition.path),
                         printable(value->substr(0, 60)), printable(condition.value));
    }
  }
  return "";
}

/// Why the test is not run; empty where it is.
std::string skip_reason(const UnitTest& test, const KvmUnitHost& host) {
  if (!test.unusable.empty()) return test.unusable;
  if (holds(test.groups, "nodefault") && !holds(host.groups, "nodefault") && host.groups.empty()) {
    return "group nodefault: only run where it is asked for (-g nodefault)";
  }
  if (holds(test.groups, "migration")) return "group migration: needs a second QEMU";
  const auto ours = [&](const std::string& name) { return known_architecture(name) == host.arch; };
  if (!test.archs.empty() && std::ranges::none_of(test.archs, ours)) {
    return fmt::format("only for {}", printable(fmt::format("{}", fmt::join(test.archs, ", "))));
  }
  const std::string_view model = architecture(host.arch).model;
  if (!test.machine.empty() && test.machine != model) {
    return fmt::format("only for the machine {}", printable(test.machine));
  }
  if (!test.accel.empty() && test.accel != "kvm" && test.accel != "tcg") {
    return fmt::format("accel = {} is not known here", printable(test.accel));
  }
  if (test.accel == "tcg" && host.accel == "kvm") return "only for tcg, and kvm is asked for";
  if (!test.disabled_if.empty()) {
    const auto disabled = condition_holds(test.disabled_if, host.config);
    const std::string condition = printable(test.disabled_if.substr(0, 200));
    if (!disabled) return fmt::format("its disabled_if is not understood here: {}", condition);
    if (*disabled) return fmt::format("disabled because: {}", condition);
  }
  if (std::string reason = skip_by_host(test, host); !reason.empty()) return reason;
  if (!host.exists(test.file)) return fmt::format("{} is not built", printable(test.file));
  return "";
}

std::string yaml_list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + quoted_yaml(word);
  return "[" + text + "]";
}

std::string accel_of(const UnitTest& test, const Wanted& wanted, const KvmUnitHost& host) {
  if (!wanted.accel.empty()) return wanted.accel;
  return test.accel.empty() ? host.accel : test.accel;
}

std::string yaml_of(const KvmUnitCase& one, const Wanted& wanted, const std::string& source,
                    const std::string& folder, const KvmUnitHost& host) {
  const UnitTest& test = one.test;
  const std::string path = folder.empty() ? "" : folder + "/";
  std::string text = fmt::format("{} from {}, line {}: the next import replaces it.\n", kImportMark,
                                 printable(source), test.line);
  text += fmt::format("name: {}\nabout: {}\n", one.name,
                      quoted_yaml("kvm-unit-tests: " + printable(test.name)));
  text += fmt::format("image:\n  kernel: {}\n", quoted_yaml(path + test.file));
  if (!wanted.append.empty()) text += fmt::format("  append: {}\n", quoted_yaml(wanted.append));
  if (!wanted.initrd.empty()) {
    std::vector<std::string> files = wanted.initrd;
    for (std::string& file : files) file.insert(0, path);
    text += fmt::format("  initrd: {}\n", yaml_list(files));
  }
  text += fmt::format("machine:\n  arch: {}\n  model: {}\n  memory: {}\n  accel: {}\n", host.arch,
                      quoted_yaml(wanted.model), quoted_yaml(wanted.memory),
                      accel_of(test, wanted, host));
  if (!wanted.cpu.empty()) text += fmt::format("  cpu: {}\n", quoted_yaml(wanted.cpu));
  text += fmt::format("  smp: {}\n  vga: false\n", wanted.smp);
  if (!wanted.devices.empty()) text += fmt::format("  devices: {}\n", yaml_list(wanted.devices));
  if (!wanted.args.empty()) text += fmt::format("  args: {}\n", yaml_list(wanted.args));
  const std::uint64_t limit =
      test.timeout_s == 0 ? 3600 : std::min<std::uint64_t>(test.timeout_s, 3600);
  // The suite has no limit on silence: many of its tests say something only at their end. The
  // longest one, since a busy host stretches the wall limit, and a hang is to stay a timeout.
  // Some tests print a line for each of a million cases; 16M is what is kept whole at most.
  text += fmt::format("clock: host\nboots: 1\nlimits: {{wall: {}s, idle: 3600s, serial: 16M}}\n",
                      limit);
  text += "exit: {pass: 1, fail: 3, skip: 77, panic: 127}\nformats: kvm-unit-tests\n";
  if (holds(test.groups, "panic")) text += "checks:\n  - ending: panic\n";
  return text;
}

/// The scenario, or why the loader would not have it.
void write_case(KvmUnitCase& one, const std::string& source, const std::string& folder,
                const KvmUnitHost& host) {
  Wanted wanted;
  add_runner_machine(architecture(host.arch), host.config, wanted);
  wanted.smp = one.test.smp;
  sort_params(one.test.params, wanted);
  // A second -smp adds to the first, which the scenario's key makes.
  if (!one.test.topology.empty()) {
    wanted.args.insert(wanted.args.end(),
                       {"-smp", fmt::format("{},{}", wanted.smp, one.test.topology)});
  }
  one.skip = wanted.fault;
  if (one.skip.empty() && is_host_cpu(wanted.cpu)) {
    const std::string accel = accel_of(one.test, wanted, host);
    if (accel == "tcg") one.skip = "only for kvm (-cpu host), and tcg is asked for";
    if (accel == "auto") wanted.accel = "kvm";
  }
  if (one.skip.empty() && accel_of(one.test, wanted, host) == "kvm") one.skip = host.kvm_fault;
  // A property that is not known to this QEMU; that of KVM is not asked, which has others.
  const bool asked = host.cpu_fault && wanted.cpu.find(',') != std::string::npos &&
                     accel_of(one.test, wanted, host) != "kvm";
  if (one.skip.empty() && asked) {
    const std::string fault = host.cpu_fault(wanted.cpu);
    if (!fault.empty()) one.skip = "this QEMU cannot run it: " + printable(fault);
  }
  if (!one.skip.empty()) return;
  one.yaml = yaml_of(one, wanted, source, folder, host);
  try {
    parse_scenario(one.yaml, one.name);
  } catch (const UsageError& error) {
    one.yaml.clear();
    one.skip = fmt::format("its parameters cannot be had here: {}", error.what());
  }
}

}  // namespace

bool wants_kvm(const UnitTest& test) {
  if (test.accel == "kvm") return true;
  for (std::size_t i = 0; i < test.params.size(); ++i) {
    if (test.params[i].ends_with("-enable-kvm")) return true;
    const bool cpu = test.params[i] == "-cpu" || test.params[i] == "--cpu";
    if (cpu && i + 1 < test.params.size() && is_host_cpu(test.params[i + 1])) return true;
  }
  return false;
}

std::string_view known_architecture(std::string_view name) {
  for (const Architecture& one : kArchitectures) {
    if (one.name == name) return one.name;
  }
  return architecture_synonym(name);
}

std::vector<KvmUnitCase> kvm_unit_cases(const std::vector<UnitTest>& tests,
                                        const std::string& source, const std::string& folder,
                                        const KvmUnitHost& host) {
  std::vector<KvmUnitCase> cases;
  std::set<std::string> names;
  for (const UnitTest& test : tests) {
    const bool asked = std::ranges::any_of(
        test.groups, [&](const std::string& group) { return holds(host.groups, group); });
    if (!host.groups.empty() && !asked) continue;
    KvmUnitCase one{.test = test, .name = scenario_name(test.name), .yaml = {}, .skip = {}};
    for (int i = 2; !names.insert(one.name).second; ++i) {
      one.name = fmt::format("{}-{}", scenario_name(test.name), i);
    }
    one.skip = skip_reason(test, host);
    if (one.skip.empty()) write_case(one, source, folder, host);
    cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace harness::onboarding
