// How the files of `initrd:` are named to QEMU.
//
// Its multiboot loader reads -initrd as a list that is split at commas (",," is one of the text),
// and ends each file name at the first blank, which nothing escapes (QEMU 7.2, hw/i386/multiboot.c,
// load_multiboot). Every other loader takes the whole text as one name.
#pragma once

#include <vector>

#include "machine/machine.h"
#include "process/descriptor.h"

namespace harness {

/// Whether -initrd of this job is a list of multiboot modules.
bool has_module_list(const Job& job);

/// The modules whose path has a blank that would end it: QEMU is to inherit a descriptor for each,
/// in this order, and finds the file through it.
std::vector<const BootModule*> modules_by_descriptor(const Job& job);

/// What that descriptor is opened on: the module's folder, so that the guest finds the name of the
/// file in its module's command line; the file itself where its own name has a blank.
std::filesystem::path described_path(const BootModule& module);

/// Opens those, for QEMU to inherit. Throws Error where one cannot be opened.
std::vector<FileDescriptor> open_module_files(const Job& job);

/// The value of -initrd. `first_descriptor` is QEMU's number of the first one inherited; negative
/// where none is, and then a path with a blank stands as it is.
std::string initrd_value(const Job& job, int first_descriptor);

}  // namespace harness
