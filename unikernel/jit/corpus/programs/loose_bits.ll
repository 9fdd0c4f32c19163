; Integers of odd and narrow widths. A compiler may leave anything in the bits above a width as long
; as nobody looks at them: here somebody does, behind a shift's count, round a loop, in an index, and
; behind a conversion of a negative number.

; Of 15 + 3, the low four bits are 2.
define i32 @shift_by_sum(i32 %x, i32 %a, i32 %b) #0 {
  %x4 = trunc i32 %x to i4
  %a4 = trunc i32 %a to i4
  %b4 = trunc i32 %b to i4
  %count = add i4 %a4, %b4
  %left = shl i4 %x4, %count
  %right = lshr i4 %x4, %count
  %signed = ashr i4 %x4, %count
  %l = zext i4 %left to i32
  %r = zext i4 %right to i32
  %s = sext i4 %signed to i32
  %t = shl i32 %l, 8
  %u = or i32 %t, %r
  %v = sub i32 %u, %s
  ret i32 %v
}

define i32 @shift_three_bits(i32 %x, i32 %a) #0 {
  %x3 = trunc i32 %x to i3
  %a3 = trunc i32 %a to i3
  %count = mul i3 %a3, 3
  %left = shl i3 %x3, %count
  %l = zext i3 %left to i32
  ret i32 %l
}

; What goes round the loop is of 8 bits each time.
define i32 @round_a_loop(i32 %count, i32 %by) #0 {
begin:
  %step = trunc i32 %by to i8
  br label %loop
loop:
  %x = phi i8 [ 1, %begin ], [ %next, %loop ]
  %y = phi i8 [ 7, %begin ], [ %other, %loop ]
  %at = phi i32 [ 0, %begin ], [ %after, %loop ]
  %sum = phi i32 [ 0, %begin ], [ %new, %loop ]
  %wide = zext i8 %x to i32
  %apart = lshr i8 %y, 3
  %also = zext i8 %apart to i32
  %tripled = mul i32 %sum, 3
  %part = add i32 %tripled, %wide
  %new = xor i32 %part, %also
  %more = add i8 %x, %step
  %next = xor i8 %more, 85
  %product = mul i8 %y, %step
  %other = or i8 %product, 1
  %after = add i32 %at, 1
  %again = icmp ult i32 %after, %count
  br i1 %again, label %loop, label %done
done:
  ret i32 %new
}

define i32 @cut_round_a_loop(i32 %count, i32 %seed) #0 {
begin:
  br label %loop
loop:
  %x = phi i16 [ 1, %begin ], [ %next, %loop ]
  %state = phi i32 [ %seed, %begin ], [ %new, %loop ]
  %at = phi i32 [ 0, %begin ], [ %after, %loop ]
  %wide = zext i16 %x to i32
  %product = mul i32 %state, 1664525
  %new = add i32 %product, %wide
  %next = trunc i32 %new to i16
  %after = add i32 %at, 1
  %again = icmp ult i32 %after, %count
  br i1 %again, label %loop, label %done
done:
  ret i32 %new
}

; Made in one block, looked at in others.
define i32 @in_another_block(i32 %a, i32 %b) #0 {
begin:
  %x = trunc i32 %a to i8
  %y = trunc i32 %b to i8
  %sum = add i8 %x, %y
  %product = mul i8 %x, %y
  %cut = trunc i32 %a to i16
  %way = icmp ult i32 %a, 1000
  br i1 %way, label %left, label %right
left:
  %l = zext i8 %sum to i32
  br label %both
right:
  %high = lshr i8 %product, 1
  %r = zext i8 %high to i32
  br label %both
both:
  %result = phi i32 [ %l, %left ], [ %r, %right ]
  %less = icmp ult i8 %sum, %product
  %bit = zext i1 %less to i32
  %c = zext i16 %cut to i32
  %t = add i32 %result, %c
  %u = xor i32 %t, %bit
  ret i32 %u
}

; A negative number has all bits above its width.
define i32 @from_double(double %x) #0 {
  %byte = fptosi double %x to i8
  %half = fptosi double %x to i16
  %odd = fptosi double %x to i11
  %b = zext i8 %byte to i32
  %h = zext i16 %half to i32
  %o = zext i11 %odd to i32
  %t = mul i32 %b, 65599
  %u = xor i32 %t, %h
  %v = mul i32 %u, 65599
  %w = xor i32 %v, %o
  ret i32 %w
}

define i32 @from_float(float %x) #0 {
  %byte = fptosi float %x to i8
  %low = and i8 %byte, 63
  %less = icmp ugt i8 %byte, 100
  %b = zext i8 %low to i32
  %l = zext i1 %less to i32
  %half = fptosi float %x to i16
  %third = udiv i16 %half, 3
  %h = zext i16 %third to i32
  %t = shl i32 %b, 17
  %u = xor i32 %t, %h
  %v = add i32 %u, %l
  ret i32 %v
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  br label %loop
loop:
  %i = phi i32 [ 0, %begin ], [ %next, %loop ]
  %low = and i32 %i, 3
  %a = sub i32 %low, %argument
  %r1 = call i32 @shift_by_sum(i32 %i, i32 15, i32 %argument)
  call void @mix(i32 %r1)
  %rest = sub i32 19, %low
  %r2 = call i32 @shift_by_sum(i32 %i, i32 %rest, i32 %low)
  call void @mix(i32 %r2)
  %third = urem i32 %i, 3
  %inverse = mul i32 %third, 3
  %r3 = call i32 @shift_three_bits(i32 %i, i32 %inverse)
  call void @mix(i32 %r3)
  %r4 = call i32 @round_a_loop(i32 %i, i32 211)
  call void @mix(i32 %r4)
  %r5 = call i32 @cut_round_a_loop(i32 %i, i32 %a)
  call void @mix(i32 %r5)
  %many = mul i32 %i, 113
  %r6 = call i32 @in_another_block(i32 %many, i32 239)
  call void @mix(i32 %r6)
  %number = sub i32 10, %i
  %x = sitofp i32 %number to double
  %y = fmul double %x, 3.25
  %r7 = call i32 @from_double(double %y)
  call void @mix(i32 %r7)
  %z = fptrunc double %y to float
  %r8 = call i32 @from_float(float %z)
  call void @mix(i32 %r8)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 40
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
