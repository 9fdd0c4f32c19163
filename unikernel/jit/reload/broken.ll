; For the guest `reload`: %half is used before it is computed, so the verifier refuses it.
source_filename = "broken.ll"
target datalayout = "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128"
target triple = "i386-unknown-linux-gnu"

define i32 @answer(i32 %question) {
  %answer = add i32 %half, 1
  %half = lshr i32 %question, 1
  ret i32 %answer
}

define i32 @guest_main(i32 %argument) {
  ret i32 0
}
