// Next steps that name an option of `uniharness init`. All of them stand here, so that a test can
// give each to the command line (e2e/init_e2e_test.cpp).
#pragma once

#include <string_view>

namespace harness::onboarding {

namespace hint {
inline constexpr std::string_view kLonger = "--wall 120s";
inline constexpr std::string_view kConsole = "--append console=ttyS0";
inline constexpr std::string_view kArmConsole = "--append console=ttyAMA0";
inline constexpr std::string_view kMoreMemory = "--memory 1G";
inline constexpr std::string_view kOtherProcessor = "--cpu max";
inline constexpr std::string_view kAsKernel = "--as kernel";
inline constexpr std::string_view kAsDisk = "--as disk";
inline constexpr std::string_view kAsCdrom = "--as cdrom";
inline constexpr std::string_view kAsFirmware = "--as firmware";
inline constexpr std::string_view kAsFlash = "--as flash";
inline constexpr std::string_view kAsArmKernel = "--as kernel --arch aarch64";
inline constexpr std::string_view kAsArmFirmware = "--as firmware --arch aarch64";
inline constexpr std::string_view kAsRiscvFirmware = "--as firmware --arch riscv64";
inline constexpr std::string_view kReplace = "--force";
inline constexpr std::string_view kElsewhere = "-o OTHER.yaml";
inline constexpr std::string_view kExpectFailure = "--expect-failure";
}  // namespace hint

inline constexpr std::string_view kOptionHints[] = {
    hint::kLonger,          hint::kConsole,  hint::kArmConsole,  hint::kMoreMemory,
    hint::kOtherProcessor,  hint::kAsKernel, hint::kAsDisk,      hint::kAsCdrom,
    hint::kAsFirmware,      hint::kAsFlash,  hint::kAsArmKernel, hint::kAsArmFirmware,
    hint::kAsRiscvFirmware, hint::kReplace,  hint::kElsewhere,   hint::kExpectFailure,
};

}  // namespace harness::onboarding
