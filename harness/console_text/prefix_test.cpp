#include "console_text/prefix.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(Prefix, IsTakenOffWhateverPrintedIt) {
  for (const char* prefix : {
           "[    1.234567] ",
           "<6>",
           "<14>[    1.5][   T12] ",
           "[12.000000][  C0] ",
           "[Thu May 23 12:00:00 2024] ",
           "[Thu May  3 12:00:00 2024] ",
           "kern  :info  : [    0.5] ",
           "(XEN) ",
           "(d1) ",
           "(XEN) [2024-05-23 12:00:00] ",
           "CPU0: ",
           "cpu11: ",
           "2024-05-23T12:22:33 ",
           "2024-05-23T12:22:33.123Z ",
           "2024-05-23T12:22:33.1234567+02:00 ",
           "2024-05-23 12:22:33,123 ",
           "[2024-05-23 12:00:00.123] ",
           "[12:00:00.123] ",
           "May 23 12:22:33 ",
           "May  3 12:22:33 host kernel: [    1.5] ",
           "12:22:33 ",
           "12:22:33.250 ",
           "0.123456 ",
           "    0.123456 ",
           "[00:00:01.250,000] <inf> app: ",
           "E: ",
           "2024-05-23 12:22:33,123 - twister - DEBUG - DEVICE: ",
           "[ERROR] ",
           "[INFO ] ",
           "[ERROR kernel::mm] ",
           "[2024-05-23T12:00:00Z WARN  app] ",
           "ERROR: ",
           "[CPU 0] ",
           "[    1.234567@0] ",
           "[  0.5s] ",
           "[  0.017983 0 axruntime::lang_items:5] ",
           "[#0 init_stage2(3:3)]: ",
           "[init_stage2(3:3)]: ",
           "[kernel] ",
           "[E] ",
           "[ERROR] [kernel::mm] ",
           "ERROR [kernel] ",
           "ERROR kernel: ",
           "2026-01-01T00:00:00Z  WARN kernel::mm: ",
           "2026-01-01T00:00:00Z ERROR kernel::mm > ",
           "E (123) main: ",
           "[ ERROR ] (src/debug/panic/mod.rs:43)\t ",
           "2024-05-23T12:22:33.123456+02:00 host kernel: [    1.234567] ",
           "2024/05/23 12:22:33 ",
           "2024/05/23 12:22:33.123456 ",
           "2024-05-23 12:22:33 +0200 ",
           "2024-05-23 12:22:33.123 UTC ",
           "Thu May 23 12:22:33 2024 ",
           "Thu May  3 12:22:33 UTC 2024 ",
           "[May23 12:22] ",
           "[  +0.000012] ",
           "1716466953 ",
           "1716466953.123456 ",
           "0:00:01.234567 ",
           "CPU 0: ",
           "CPU 12: ",
           "CPU 1023: ",
           "Thu May 23 12:22:33 CEST 2024 ",
           "Thu May 23 02:22:33 PM CEST 2024 ",
           "Thu May 23 02:22:33 PM UTC 2024 ",
           "Thu May  3 12:22:33 +03 2024 ",
           "Thu May  3 12:22:33 -0330 2024 ",
           "DEBUG   - DEVICE: ",
           "INFO    - OUTPUT: ",
           "kernel::acpi:INFO -- ",
           "hart 3: ",
           "Core 0: ",
           "core1: ",
           "[hart 0] ",
           "[Core1] ",
           "[@kernel::acpi:45 INFO ] ",
           "[init -> test -> a] ",
       }) {
    EXPECT_EQ(without_prefix(std::string(prefix) + "ok 1 a"), "ok 1 a") << prefix;
    EXPECT_EQ(without_prefix(std::string(prefix) + "    ok 1 a"), "    ok 1 a") << prefix;
  }
}

TEST(Prefix, OfAnApplicationStaysBeforeAResult) {
  for (const char* line :
       {"WARN net: not ok 7 retry", "INFO app: ok 2 b", " INFO app: ok 2 b",
        "[ERROR kernel::mm] ok 2", "[ERROR] [kernel::mm] ok 2", "ERROR: [kernel::mm] ok 2",
        "[kernel::mm] [INFO] ok 2", "ERROR [kernel] ok 2", "ERROR kernel::mm > ok 2",
        "E (123) main: ok 2", "<inf> app: ok 2", "[ ERROR ] (src/a/mod.rs:43)\t ok 2"}) {
    EXPECT_EQ(without_stamps(line), line);
    EXPECT_EQ(without_stamps(std::string("<6>[    1.234567][   T12] ") + line), line);
    EXPECT_EQ(without_stamps(std::string("2024-05-23T12:22:33.123Z ") + line), line);
  }
  for (const char* prefix : {"",
                             "[    1.234567] ",
                             "<6>",
                             "<14>[    1.5][   T12] ",
                             "[12.000000][  C0] ",
                             "[Thu May  3 12:00:00 2024] ",
                             "kern  :info  : [    0.5] ",
                             "(XEN) [2024-05-23 12:00:00] ",
                             "CPU0: ",
                             "cpu11: ",
                             "2024-05-23T12:22:33.1234567+02:00 ",
                             "2024-05-23 12:22:33,123 ",
                             "May  3 12:22:33 host kernel: [    1.5] ",
                             "12:22:33.250 ",
                             "    0.123456 ",
                             "E: ",
                             "2024-05-23 12:22:33,123 - twister - DEBUG - DEVICE: ",
                             "[ERROR] ",
                             "[INFO ] ",
                             "ERROR: ",
                             "[CPU 0] ",
                             "[    1.234567@0] ",
                             "[  0.5s] ",
                             "[  0.017983 0 axruntime::lang_items:5] ",
                             "[#0 init_stage2(3:3)]: ",
                             "[kernel] ",
                             "[2024-05-23 12:00:00 INFO] ",
                             "(d1) ERROR: "}) {
    EXPECT_EQ(without_stamps(std::string(prefix) + "ok 1 a"), "ok 1 a") << prefix;
  }
}

TEST(Prefix, WhatOnlyResemblesOneStays) {
  for (const char* line : {"[ RUN      ] A.b",
                           "[       OK ] A.b",
                           "[  FAILED  ] A.b",
                           "[==========] x",
                           "[----------] x",
                           "[PASS] x",
                           "[SKIP] x",
                           "[] x",
                           "[abc1] x",
                           "[@x] y",
                           "[core] x",
                           "[hart x] y",
                           "core dumped: 1",
                           "core: x",
                           "[init] x",
                           "kernel::acpi:NONE -- x",
                           "kernel INFO -- x",
                           ":INFO -- x",
                           "(x1) x",
                           "CPU: x",
                           "<a> x",
                           "[1",
                           "<1234> x",
                           "1.5 ms",
                           "0.12 x",
                           "1.234567",
                           "12:22 x",
                           "May be 1",
                           "May 23 x",
                           "2024-05-23 x",
                           "2024-05-23T12:22:33.5x",
                           "error x",
                           "errors: 2",
                           "PASS: a",
                           "FAIL: a",
                           "    ok 1",
                           "1..5",
                           "user input: x",
                           "ERROR x",
                           "ERROR in the link",
                           "error in: x",
                           "E (x) main: y",
                           "(see src/a.rs:43) x",
                           "(src/a.rs:4x) y",
                           "[user(3:3)] x",
                           "[#0 (3:3)]: x",
                           "[a:b] x",
                           "- item",
                           "Thu May x",
                           "May 23 x",
                           "171646695 x",
                           "2716466953 x",
                           "17164669531 x",
                           "9/99/99 x",
                           "[Maybe] x",
                           "CPU x: y",
                           "CPU 12345: y",
                           "CPU : y",
                           "CPU 12 y",
                           "DEBUG - x",
                           "DEBUG x - DEVICE: y"}) {
    EXPECT_EQ(without_prefix(line), line);
  }
}

/// A farm passes on what a guest says; it is no application of the guest.
TEST(Prefix, AFarmsLevelHidesNoResult) {
  EXPECT_EQ(without_stamps("DEBUG   - DEVICE: not ok 1 a"), "not ok 1 a");
  EXPECT_EQ(without_stamps("DEBUG kernel: not ok 1 a"), "DEBUG kernel: not ok 1 a");
  for (const char* date : {"[May23 12:22] ", "2024-05-23 12:22:33 UTC ",
                           "Thu May 23 12:22:33 UTC 2024 ", "2024-05-23T12:22:33Z host kernel: "}) {
    EXPECT_EQ(without_stamps(std::string(date) + "ERROR: not ok 1 a"), "not ok 1 a") << date;
  }
}

TEST(Prefix, AStampInTheMiddleIsFound) {
  EXPECT_EQ(find_printk_stamp("box login: [   12.345678] x"), 11u);
  EXPECT_EQ(find_printk_stamp("[    1.000000] a [    2.000000] b"), 17u);
  for (const char* line :
       {"", "[    1.000000] a", "a [1.2] b", "a 1.000000] b", "a [x1.000000] b"}) {
    EXPECT_EQ(find_printk_stamp(line), std::string_view::npos) << line;
  }
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += ".123456]";
  EXPECT_EQ(find_printk_stamp(hostile), std::string_view::npos);
}

TEST(Prefix, OfAPromptIsKnown) {
  for (const char* prompt :
       {"=> ", "$ ", "/ # ", "~ # ", "root@openwrt:~# ", "[root@host ~]# ", "U-Boot> ", "uart:~$ ",
        "nsh> ", "/ $ ", "box:/ # ", "generic_x86:/data $ ", "root@(none):/# ",
        "(none) login: ", "box login: ", "login: "}) {
    EXPECT_EQ(prompt_size(std::string(prompt) + "x"), std::string_view(prompt).size()) << prompt;
  }
  for (const char* text :
       {"foo(3)> panic: no", "root login: panic: handled", "Last login: panic", "a:b # c",
        "main.c:3 # x", "# panic: quoted", "> panic: quoted", "no panic: x", "a > b", "-> x", ""}) {
    EXPECT_EQ(prompt_size(text), 0u) << text;
  }
}

}  // namespace
}  // namespace harness
