; What the programs in LLVM's text stand on, as those in C do on corpus.h: the compiler gets it before
; each of them. Such a program says instruction by instruction what clang makes of C only by chance;
; at -O0 nothing changes it.
target datalayout = "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128"
target triple = "i386-unknown-linux-gnu"

; For every function of a program.
attributes #0 = { noinline nounwind "frame-pointer"="none" "target-cpu"="i686" "target-features"="+cmov,+cx8,+sse,+sse2,+x87" }

declare void @guest_write(ptr, i32)

; ---- the checksum: the same as corpus.h's

@checksum_state = internal global i32 -2128831035
@checksum_digits = internal constant [16 x i8] c"0123456789abcdef"

define internal void @mix(i32 %value) #0 {
  %old = load i32, ptr @checksum_state
  %both = xor i32 %old, %value
  %product = mul i32 %both, 16777619
  %high = lshr i32 %product, 15
  %new = xor i32 %product, %high
  store i32 %new, ptr @checksum_state
  ret void
}

define internal void @mix64(i64 %value) #0 {
  %low = trunc i64 %value to i32
  call void @mix(i32 %low)
  %shifted = lshr i64 %value, 32
  %high = trunc i64 %shifted to i32
  call void @mix(i32 %high)
  ret void
}

; IEEE 754 leaves sign and payload of a computed NaN open, so all NaNs count as the same one.
define internal void @mix_float(float %value) #0 {
  %as_it_is = bitcast float %value to i32
  %nan = fcmp uno float %value, %value
  %bits = select i1 %nan, i32 2143289344, i32 %as_it_is
  call void @mix(i32 %bits)
  ret void
}

define internal void @mix_double(double %value) #0 {
  %as_it_is = bitcast double %value to i64
  %nan = fcmp uno double %value, %value
  %bits = select i1 %nan, i64 9221120237041090560, i64 %as_it_is
  call void @mix64(i64 %bits)
  ret void
}

; 32 bits each.
define internal void @mix_words(ptr %words, i32 %count) #0 {
begin:
  br label %loop
loop:
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %place = getelementptr i32, ptr %words, i32 %at
  %word = load i32, ptr %place, align 1
  call void @mix(i32 %word)
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %count
  br i1 %more, label %loop, label %done
done:
  ret void
}

define internal void @mix_vector(<4 x i32> %value) #0 {
  %place = alloca <4 x i32>, align 16
  store <4 x i32> %value, ptr %place, align 16
  call void @mix_words(ptr %place, i32 4)
  ret void
}

; ---- a value that the compiler cannot know

define internal i32 @opaque(i32 %value) #0 {
  %hidden = alloca i32
  store volatile i32 %value, ptr %hidden
  %seen = load volatile i32, ptr %hidden
  ret i32 %seen
}

; Prints the checksum and makes a status of it.
define internal i32 @finish() #0 {
begin:
  %text = alloca [18 x i8]
  store i64 7887337227475576931, ptr %text, align 1 ; "checksum"
  %space = getelementptr i8, ptr %text, i32 8
  store i8 32, ptr %space
  %line = getelementptr i8, ptr %text, i32 17
  store i8 10, ptr %line
  %sum = load i32, ptr @checksum_state
  br label %loop
loop:
  %at = phi i32 [ 16, %begin ], [ %before, %loop ]
  %rest = phi i32 [ %sum, %begin ], [ %shorter, %loop ]
  %digit = and i32 %rest, 15
  %from = getelementptr i8, ptr @checksum_digits, i32 %digit
  %letter = load i8, ptr %from
  %to = getelementptr i8, ptr %text, i32 %at
  store i8 %letter, ptr %to
  %before = sub i32 %at, 1
  %shorter = lshr i32 %rest, 4
  %more = icmp ugt i32 %at, 9
  br i1 %more, label %loop, label %done
done:
  call void @guest_write(ptr %text, i32 18)
  %status = and i32 %sum, 255
  ret i32 %status
}

