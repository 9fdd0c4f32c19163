// What all keepers do: find what the boot before left, check it, and commit more.
#pragma once

#include <kernel/block_device.h>
#include <kernel/store.h>
#include <kernel/system.h>

/// Where the store lies: behind the kernel, in the image's 10 MB.
inline constexpr kernel::StoreRegion kStoreRegion{.first = 16384, .sectors = 34};

/// Says "restored N": the last commit that is on the disk, 0 where there is none; and "committed N"
/// for each of six more. Fails where a record is not that of its commit.
wire::Status keep(kernel::System& system, kernel::BlockDevice& disk);
