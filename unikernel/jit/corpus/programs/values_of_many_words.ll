; Structures and arrays as values, which C passes by address: results that need more room than the
; arguments, an argument that is the result, parts that are put in and taken out, of themselves, too.

%pair = type { i32, i32 }
%mixed = type { i8, i64, double, [3 x i16], i32 }

define [8 x i32] @eight(i32 %first) #0 {
  %a = insertvalue [8 x i32] undef, i32 %first, 0
  %n1 = mul i32 %first, 3
  %b = insertvalue [8 x i32] %a, i32 %n1, 1
  %n2 = mul i32 %n1, 5
  %c = insertvalue [8 x i32] %b, i32 %n2, 2
  %n3 = xor i32 %n2, %first
  %d = insertvalue [8 x i32] %c, i32 %n3, 3
  %e = insertvalue [8 x i32] %d, i32 %n1, 4
  %f = insertvalue [8 x i32] %e, i32 77, 5
  %g = insertvalue [8 x i32] %f, i32 %n3, 6
  %h = insertvalue [8 x i32] %g, i32 %n2, 7
  ret [8 x i32] %h
}

define void @mix_eight([8 x i32] %a) #0 {
  %place = alloca [8 x i32]
  store [8 x i32] %a, ptr %place
  call void @mix_words(ptr %place, i32 8)
  ret void
}

; The result goes where arguments are passed: more words than there are arguments. %a waits meanwhile.
define i32 @two_results(i32 %x) #0 {
  %a = call [8 x i32] @eight(i32 %x)
  %b = call [8 x i32] @eight(i32 -2023406815)
  %a0 = extractvalue [8 x i32] %a, 0
  %a1 = extractvalue [8 x i32] %a, 1
  %a2 = extractvalue [8 x i32] %a, 2
  %a3 = extractvalue [8 x i32] %a, 3
  %a7 = extractvalue [8 x i32] %a, 7
  %b4 = extractvalue [8 x i32] %b, 4
  %b7 = extractvalue [8 x i32] %b, 7
  %s1 = sub i32 %a0, %a1
  %s2 = xor i32 %s1, %a2
  %s3 = sub i32 %s2, %a3
  %s4 = xor i32 %s3, %a7
  %s5 = sub i32 %s4, %b4
  %s6 = xor i32 %s5, %b7
  ret i32 %s6
}

; The result stands where the arguments stand, and is one of them: eight words that move by one.
define [8 x i32] @second_argument(i32 %x, [8 x i32] %a) #0 {
  ret [8 x i32] %a
}
define [8 x i32] @third_argument(i32 %x, i64 %y, [8 x i32] %a) #0 {
  ret [8 x i32] %a
}

; Of seven words, and of three: what stands behind them stays.
define [7 x i32] @seven([8 x i32] %a) #0 {
  %p = alloca [8 x i32]
  store [8 x i32] %a, ptr %p
  %q = getelementptr i32, ptr %p, i32 1
  %b = load [7 x i32], ptr %q
  ret [7 x i32] %b
}
define i32 @odd_numbers_of_words([8 x i32] %a) #0 {
  %b = call [7 x i32] @seven([8 x i32] %a)
  %c = call [7 x i32] @seven([8 x i32] %a)
  %x = extractvalue [7 x i32] %b, 6
  %d = insertvalue [7 x i32] %b, i32 5, 2
  %y = extractvalue [7 x i32] %d, 6
  %e = insertvalue [7 x i32] %c, i32 %y, 0
  %z = extractvalue [7 x i32] %e, 0
  %w = extractvalue [7 x i32] %c, 0
  %v = extractvalue [7 x i32] %d, 0
  %s1 = sub i32 %x, %z
  %s2 = xor i32 %s1, %w
  %s3 = add i32 %s2, %v
  ret i32 %s3
}

define i32 @parts(i32 %x, double %d) #0 {
  %wide = zext i32 %x to i64
  %square = mul i64 %wide, %wide
  %byte = trunc i32 %x to i8
  %half = trunc i32 %x to i16
  %m1 = insertvalue %mixed undef, i8 %byte, 0
  %m2 = insertvalue %mixed %m1, i64 %square, 1
  %m3 = insertvalue %mixed %m2, double %d, 2
  %m4 = insertvalue %mixed %m3, i16 %half, 3, 0
  %m5 = insertvalue %mixed %m4, i16 -5, 3, 1
  %m6 = insertvalue %mixed %m5, i16 %half, 3, 2
  %m7 = insertvalue %mixed %m6, i32 %x, 4
  %m8 = insertvalue %mixed %m7, i64 %wide, 1
  call void @mix_parts(%mixed %m7)
  call void @mix_parts(%mixed %m8)
  %array = extractvalue %mixed %m7, 3
  %m9 = insertvalue %mixed %m8, [3 x i16] %array, 3
  %a = extractvalue %mixed %m9, 3, 2
  %r = zext i16 %a to i32
  ret i32 %r
}
define void @mix_parts(%mixed %m) #0 {
  %byte = extractvalue %mixed %m, 0
  %b = zext i8 %byte to i32
  call void @mix(i32 %b)
  %wide = extractvalue %mixed %m, 1
  call void @mix64(i64 %wide)
  %d = extractvalue %mixed %m, 2
  call void @mix_double(double %d)
  %half = extractvalue %mixed %m, 3, 1
  %h = sext i16 %half to i32
  call void @mix(i32 %h)
  %last = extractvalue %mixed %m, 3, 2
  %l = sext i16 %last to i32
  call void @mix(i32 %l)
  %word = extractvalue %mixed %m, 4
  call void @mix(i32 %word)
  ret void
}

; A sum that is used again behind a part that was put in.
define i32 @sum_used_twice(%pair %p, i32 %a, i32 %b, i32 %c) #0 {
  %sum = add i32 %a, %b
  %q = insertvalue %pair %p, i32 %c, 1
  %more = mul i32 %sum, 5
  %x = extractvalue %pair %q, 0
  %y = extractvalue %pair %q, 1
  %s1 = sub i32 %more, %sum
  %s2 = xor i32 %s1, %x
  %s3 = sub i32 %s2, %y
  ret i32 %s3
}

; A part of %p goes into a new pair, which stands where %p does.
define i32 @part_of_its_own(i32 %n) #0 {
begin:
  br label %loop
loop:
  %p = phi %pair [ { i32 1, i32 2 }, %begin ], [ %r, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %y = extractvalue %pair %p, 1
  %r = insertvalue %pair { i32 7, i32 8 }, i32 %y, 0
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %a = extractvalue %pair %r, 0
  %b = extractvalue %pair %r, 1
  %t = mul i32 %a, 10
  %s = add i32 %t, %b
  ret i32 %s
}
define i32 @exchanged_halves(i32 %n) #0 {
begin:
  br label %loop
loop:
  %p = phi %pair [ { i32 1, i32 2 }, %begin ], [ %r, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %x = extractvalue %pair %p, 0
  %y = extractvalue %pair %p, 1
  %q = insertvalue %pair undef, i32 %y, 0
  %z = add i32 %x, %at
  %r = insertvalue %pair %q, i32 %z, 1
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %a = extractvalue %pair %r, 0
  %b = extractvalue %pair %r, 1
  %t = mul i32 %a, 1000
  %s = add i32 %t, %b
  ret i32 %s
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  br label %loop
loop:
  %i = phi i32 [ 1, %begin ], [ %next, %loop ]
  %x = mul i32 %i, -1640531527
  %r1 = call i32 @two_results(i32 %x)
  call void @mix(i32 %r1)
  %a = call [8 x i32] @eight(i32 %x)
  %b = call [8 x i32] @second_argument(i32 %argument, [8 x i32] %a)
  call void @mix_eight([8 x i32] %b)
  %c = call [8 x i32] @third_argument(i32 %argument, i64 -1, [8 x i32] %a)
  call void @mix_eight([8 x i32] %c)
  %r2 = call i32 @odd_numbers_of_words([8 x i32] %a)
  call void @mix(i32 %r2)
  call void @mix_eight([8 x i32] %a)
  %d = sitofp i32 %x to double
  %r3 = call i32 @parts(i32 %x, double %d)
  call void @mix(i32 %r3)
  %p = insertvalue %pair { i32 5, i32 6 }, i32 %x, 0
  %r4 = call i32 @sum_used_twice(%pair %p, i32 %i, i32 %x, i32 99)
  call void @mix(i32 %r4)
  %r5 = call i32 @part_of_its_own(i32 %i)
  call void @mix(i32 %r5)
  %r6 = call i32 @exchanged_halves(i32 %i)
  call void @mix(i32 %r6)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 7
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
