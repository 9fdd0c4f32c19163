// What kernels, monitors, loggers and test farms put before a line. One place for all of them:
// formats and crash signatures see a line without these (formats not behind a level with a module).
//
// Known, each with the blank behind it:
//   <6>, no blank; kern  :info  :            log levels of Linux (/proc/kmsg, dmesg -r, dmesg -x)
//   [    1.234567]  [   T12]  [  C0]          time stamp, and thread or processor of printk
//   [    1.234567@0]  [    0.5s]              time stamps with a processor or a unit behind them
//   [  0.017983 0 axruntime::lang_items:5]    the same with a place in the source: ArceOS
//   [#0 init_stage2(3:3)]:                    SerenityOS
//   [Thu May 23 12:00:00 2024]  [May23 12:00] dmesg -T, dmesg -H; date(1), without brackets, with
//                                             any zone
//   [00:00:01.250,000] <inf> app:             Zephyr's logger; E: its minimal one
//   (XEN)  (d1)                               Xen, and its domains
//   CPU0:  cpu1:  CPU 0:  hart 12:  [core 1]  a processor
//   2024-05-23T12:22:33.123Z  2024-05-23 12:22:33,123   ISO 8601 dates of CI systems and loggers
//   2024/05/23 12:22:33                       Go's log package
//   [2024-05-23 12:00:00.123]                 the same in brackets (terminal programs)
//   May 23 12:22:33  12:22:33.250             ts(1) and syslog; behind a date also "host kernel:"
//   0.123456  1716466953  1716466953.123      ts -s, three to nine decimals; ts %s, ts %.s
//   - twister - DEBUG - DEVICE:               Zephyr's twister, behind its date, and without it
//   DEBUG   - DEVICE:                         the same on its terminal
//   [ERROR kernel::mm]  ERROR:  [INFO]        levels of Rust's log crates and their like, with the
//   ERROR kernel::mm:  ERROR [kernel]         module that speaks; in brackets alone: [kernel]
//   kernel::mm:ERROR --  [@kernel::mm:12 ERROR]   the same as Redox writes them
//   E (123) main:                             ESP-IDF
//   [init -> test]                            Genode's components
//   (src/panic/mod.rs:43)                     a place in the source
#pragma once

#include <cstddef>
#include <string_view>

namespace harness {

/// The size of the prefix that `line` starts with, and of one blank behind it; 0 where it starts
/// with none. A line may bear several, one behind the other.
std::size_t prefix_size(std::string_view line);

/// Where the next time stamp of a Linux kernel ("[    1.234567] ") begins behind the start of
/// `text`; npos where there is none.
std::size_t find_printk_stamp(std::string_view text);

/// The line without its prefixes, at most kMaxPrefixes of them. Further blanks stay: they are the
/// line's own indentation.
std::string_view without_prefix(std::string_view line);
inline constexpr int kMaxPrefixes = 6;

/// Who speaks, as one prefix says.
struct PrefixKind {
  bool level = false;   // "ERROR", "W"
  bool calm = false;    // a level below an error: WARN, NOTICE, INFO, DEBUG, TRACE
  bool module = false;  // "kernel::mm", "(src/a.rs:43)"
  bool printk = false;  // the time stamp of a Linux kernel
};
/// `prefix` is what prefix_size told.
PrefixKind prefix_kind(std::string_view prefix);

/// The line as a format of results sees it: without its prefixes. But a level and a module together
/// are the log of an application, whatever it says: what they begin stays whole.
std::string_view without_stamps(std::string_view line);

/// The size of the prompt of a shell, a boot loader or a debugger that `line` starts with ("=> ",
/// "/ # ", "box:/ $ ", "root@host:~# ", "U-Boot> "), or 0. What the machine says by itself may
/// stand behind one. Also that of a login.
std::size_t prompt_size(std::string_view line);

}  // namespace harness
