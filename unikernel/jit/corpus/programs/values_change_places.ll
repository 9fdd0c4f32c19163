; Phis whose values change places on one edge, where these are of different sizes: words that go where
; a double was, which goes where words were; parts of a structure that is written meanwhile. Hot words
; take the registers, so that the others stand in memory. And phis of arguments.

; %w0 and %w1 get what stands where %d was, %d what %e was, and %e what stands where %w0 and %w1 were.
define i32 @words_and_double(i32 %n) #0 {
begin:
  br label %loop
loop:
  %w0 = phi i32 [ 11, %begin ], [ %n0, %loop ]
  %w1 = phi i32 [ 7, %begin ], [ %n1, %loop ]
  %d = phi double [ 7.5e-01, %begin ], [ %e, %loop ]
  %e = phi double [ 1.5, %begin ], [ %nd, %loop ]
  %h0 = phi i32 [ 0, %begin ], [ %h0.8, %loop ]
  %h1 = phi i32 [ 3, %begin ], [ %h1.8, %loop ]
  %h2 = phi i32 [ 5, %begin ], [ %h2.8, %loop ]
  %h3 = phi i32 [ 9, %begin ], [ %h3.8, %loop ]
  call void @mix(i32 %h0)
  call void @mix_double(double %d)
  %h1.1 = add i32 %h1, %h0
  %h2.1 = xor i32 %h2, %h1.1
  %h3.1 = add i32 %h3, %h2.1
  %h1.2 = xor i32 %h1.1, %h3.1
  %h2.2 = sub i32 %h2.1, %h1.2
  %h3.2 = xor i32 %h3.1, %h2.2
  %h1.3 = add i32 %h1.2, %h3.2
  %h2.3 = xor i32 %h2.2, %h1.3
  %h3.3 = sub i32 %h3.2, %h2.3
  %h1.8 = add i32 %h1.3, %h3.3
  %h2.8 = xor i32 %h2.3, %h1.8
  %h3.8 = add i32 %h3.3, %h2.8
  %h0.8 = add i32 %h0, 1
  %n0 = add i32 %w0, %h1.8
  %n1 = xor i32 %w1, %h2.8
  call void @mix(i32 %w0)
  call void @mix(i32 %w1)
  %low = and i32 %h3.8, 1023
  %nd = sitofp i32 %low to double
  call void @mix(i32 %h3.8)
  %more = icmp ult i32 %h0.8, %n
  br i1 %more, label %loop, label %done
done:
  %result = sub i32 %n0, %n1
  ret i32 %result
}

; Five words in one order, and three in another: two rings at once, and one value more than has room.
define i32 @rings(i32 %n) #0 {
begin:
  br label %loop
loop:
  %a = phi i32 [ 1, %begin ], [ %b, %loop ]
  %b = phi i32 [ 2, %begin ], [ %c, %loop ]
  %c = phi i32 [ 3, %begin ], [ %d, %loop ]
  %d = phi i32 [ 4, %begin ], [ %e, %loop ]
  %e = phi i32 [ 5, %begin ], [ %a, %loop ]
  %p = phi i32 [ 6, %begin ], [ %q, %loop ]
  %q = phi i32 [ 7, %begin ], [ %r, %loop ]
  %r = phi i32 [ 8, %begin ], [ %p, %loop ]
  %x = phi i64 [ 9, %begin ], [ %y, %loop ]
  %y = phi i64 [ 81985529216486895, %begin ], [ %x, %loop ]
  %u = phi double [ 2.5, %begin ], [ %v, %loop ]
  %v = phi double [ -1.0, %begin ], [ %w, %loop ]
  %w = phi double [ 0.125, %begin ], [ %u, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  call void @mix(i32 %a)
  call void @mix(i32 %c)
  call void @mix(i32 %p)
  call void @mix64(i64 %x)
  call void @mix_double(double %u)
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %s = sub i32 %e, %q
  ret i32 %s
}

; Two rings of which all is in registers, and no place in the frame. What the caller has in registers
; must be there afterwards.
define i32 @rings_in_registers(i32 %n) #0 {
begin:
  br label %loop
loop:
  %a = phi i32 [ 1, %begin ], [ %b, %loop ]
  %b = phi i32 [ 2, %begin ], [ %a, %loop ]
  %c = phi i32 [ 3, %begin ], [ %d, %loop ]
  %d = phi i32 [ 4, %begin ], [ %c, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %s1 = mul i32 %a, 1000
  %s2 = mul i32 %b, 100
  %s3 = mul i32 %c, 10
  %t1 = add i32 %s1, %s2
  %t2 = add i32 %s3, %t1
  %t3 = add i32 %d, %t2
  ret i32 %t3
}
define double @rings_of_doubles(i32 %n) #0 {
begin:
  br label %loop
loop:
  %a = phi double [ 1.0, %begin ], [ %b, %loop ]
  %b = phi double [ 2.0, %begin ], [ %a, %loop ]
  %c = phi double [ 3.0, %begin ], [ %d, %loop ]
  %d = phi double [ 4.0, %begin ], [ %c, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %s1 = fmul double %a, 1000.0
  %s2 = fmul double %b, 100.0
  %s3 = fmul double %c, 10.0
  %t1 = fadd double %s1, %s2
  %t2 = fadd double %s3, %t1
  %t3 = fadd double %d, %t2
  ret double %t3
}
define i32 @rings_of_vectors(i32 %n, <4 x i32> %x) #0 {
begin:
  br label %loop
loop:
  %a = phi <4 x i32> [ <i32 1, i32 2, i32 3, i32 4>, %begin ], [ %b, %loop ]
  %b = phi <4 x i32> [ %x, %begin ], [ %a, %loop ]
  %c = phi <4 x i32> [ <i32 7, i32 6, i32 5, i32 4>, %begin ], [ %d, %loop ]
  %d = phi <4 x i32> [ zeroinitializer, %begin ], [ %c, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %t1 = sub <4 x i32> %a, %b
  %t2 = xor <4 x i32> %t1, %c
  %t3 = sub <4 x i32> %t2, %d
  call void @mix_vector(<4 x i32> %t3)
  ret i32 %next
}
define i32 @keeps_registers(i32 %n) #0 {
  %a = mul i32 %n, 3
  %b = xor i32 %n, 85
  %c = sub i32 %a, %b
  %d = add i32 %c, 77
  %r = call i32 @rings_in_registers(i32 %n)
  %s = call double @rings_of_doubles(i32 %n)
  %t = call i32 @rings_of_vectors(i32 %n, <4 x i32> <i32 -1, i32 7, i32 8, i32 9>)
  call void @mix(i32 %a)
  call void @mix(i32 %b)
  call void @mix(i32 %c)
  call void @mix(i32 %d)
  call void @mix_double(double %s)
  %u = add i32 %r, %t
  ret i32 %u
}

%pair = type { i32, i32 }

; %x is the second half of %s, which gets %t on the same edge.
define i32 @half_of_a_pair(i32 %n) #0 {
begin:
  br label %loop
loop:
  %s = phi %pair [ { i32 1, i32 2 }, %begin ], [ %t, %loop ]
  %x = phi i32 [ 3, %begin ], [ %second, %loop ]
  %t = phi %pair [ { i32 4, i32 5 }, %begin ], [ %new, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %first = extractvalue %pair %s, 0
  %second = extractvalue %pair %s, 1
  %sum = add i32 %first, %x
  call void @mix(i32 %sum)
  %product = mul i32 %sum, 17
  %half = insertvalue %pair undef, i32 %product, 0
  %new = insertvalue %pair %half, i32 %at, 1
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  %last = extractvalue %pair %t, 0
  %both = xor i32 %last, %x
  ret i32 %both
}

; Three pairs, of which each becomes the next; and the halves of one.
define i32 @pairs_in_turn(i32 %n) #0 {
begin:
  br label %loop
loop:
  %x = phi i32 [ 3, %begin ], [ %a.1, %loop ]
  %a = phi %pair [ { i32 1, i32 2 }, %begin ], [ %b, %loop ]
  %b = phi %pair [ { i32 4, i32 5 }, %begin ], [ %c, %loop ]
  %c = phi %pair [ { i32 6, i32 7 }, %begin ], [ %a, %loop ]
  %y = phi i32 [ 3, %begin ], [ %a.0, %loop ]
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %a.0 = extractvalue %pair %a, 0
  %a.1 = extractvalue %pair %a, 1
  %t = mul i32 %x, 5
  %u = sub i32 %t, %y
  call void @mix(i32 %u)
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret i32 %u
}

; Both arguments flow into one phi, and are there at once.
define i32 @one_of_two(i32 %way, i32 %a, i32 %b) #0 {
begin:
  %first = icmp slt i32 %way, 2
  br i1 %first, label %left, label %right
left:
  br label %both
right:
  br label %both
both:
  %r = phi i32 [ %a, %left ], [ %b, %right ]
  ret i32 %r
}

define i64 @one_of_three(i32 %way, i64 %a, i64 %b, i64 %c) #0 {
begin:
  switch i32 %way, label %right [
    i32 0, label %left
    i32 1, label %middle
  ]
left:
  br label %both
middle:
  br label %both
right:
  br label %both
both:
  %r = phi i64 [ %a, %left ], [ %b, %middle ], [ %c, %right ]
  ret i64 %r
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  br label %loop
loop:
  %i = phi i32 [ 0, %begin ], [ %next, %loop ]
  %r1 = call i32 @words_and_double(i32 %i)
  call void @mix(i32 %r1)
  %r2 = call i32 @rings(i32 %i)
  call void @mix(i32 %r2)
  %r7 = call i32 @keeps_registers(i32 %i)
  call void @mix(i32 %r7)
  %r3 = call i32 @half_of_a_pair(i32 %i)
  call void @mix(i32 %r3)
  %r4 = call i32 @pairs_in_turn(i32 %i)
  call void @mix(i32 %r4)
  %r5 = call i32 @one_of_two(i32 %i, i32 %argument, i32 29)
  call void @mix(i32 %r5)
  %r6 = call i64 @one_of_three(i32 %i, i64 -1, i64 4886718345, i64 77)
  call void @mix64(i64 %r6)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 9
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
