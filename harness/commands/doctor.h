// uniharness doctor: checks that QEMU, its accelerators and the tools work on this machine.
#pragma once

#include "base/error.h"

namespace harness {

struct DoctorOptions {
  bool json = false;
};
/// pass, or harness_error where something needed does not work.
ExitStatus run_doctor(const DoctorOptions& options);

}  // namespace harness
