; Operations of which one operand is needed again and another is not, so that the result would take
; over the register of the wrong one: rotations by two counts of which one must stand in ecx,
; saturation, conversions of two words that are the halves of a double, vectors that wait in memory.

declare i32 @llvm.fshl.i32(i32, i32, i32)
declare i32 @llvm.fshr.i32(i32, i32, i32)
declare i32 @llvm.usub.sat.i32(i32, i32)
declare i32 @llvm.uadd.sat.i32(i32, i32)

; Two counts, which are both needed behind the other's rotation.
define i32 @counts_in_turn(i32 %x, i32 %a, i32 %y, i32 %b) #0 {
  %r1 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 %a)
  %r2 = call i32 @llvm.fshl.i32(i32 %y, i32 %y, i32 %b)
  %r3 = call i32 @llvm.fshr.i32(i32 %r2, i32 %r2, i32 %a)
  %r4 = call i32 @llvm.fshr.i32(i32 %r1, i32 %r1, i32 %b)
  %r5 = call i32 @llvm.fshl.i32(i32 %r3, i32 %r3, i32 %a)
  %s1 = xor i32 %r4, %r5
  %s2 = sub i32 %s1, %a
  %s3 = xor i32 %s2, %b
  ret i32 %s3
}

; A value waits while another is rotated.
define i32 @value_waits(i32 %x, i32 %a, i32 %y) #0 {
  %r1 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 %a)
  %s1 = sub i32 %r1, %y
  %r2 = call i32 @llvm.fshr.i32(i32 %s1, i32 %s1, i32 %y)
  %s2 = xor i32 %r2, %a
  ret i32 %s2
}

; The last use of a count is a rotation of what is needed again.
define i32 @count_ends(i32 %x, i32 %a, i32 %y, i32 %b) #0 {
  %r1 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 %a)
  %r2 = call i32 @llvm.fshl.i32(i32 %y, i32 %y, i32 %b)
  %s1 = sub i32 %r2, %y
  %s2 = xor i32 %s1, %r1
  %s3 = sub i32 %s2, %x
  %s4 = xor i32 %s3, %a
  ret i32 %s4
}
define i32 @count_used_before(i32 %x, i32 %a, i32 %y, i32 %b) #0 {
  %p = alloca [4 x i32]
  %t1 = xor i32 %x, %b
  store i32 %t1, ptr %p
  %t2 = sub i32 %y, %b
  %p1 = getelementptr i32, ptr %p, i32 1
  store i32 %t2, ptr %p1
  %t3 = mul i32 %x, %b
  %p2 = getelementptr i32, ptr %p, i32 2
  store i32 %t3, ptr %p2
  %t4 = or i32 %y, %b
  %p3 = getelementptr i32, ptr %p, i32 3
  store i32 %t4, ptr %p3
  %r1 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 %a)
  store i32 %r1, ptr %p
  %r2 = call i32 @llvm.fshl.i32(i32 %y, i32 %y, i32 %b)
  %s1 = sub i32 %r2, %y
  store i32 %s1, ptr %p1
  call void @mix_words(ptr %p, i32 4)
  ret i32 %s1
}
define i32 @count_ends_first(i32 %x, i32 %a, i32 %y, i32 %b) #0 {
  %r1 = call i32 @llvm.fshr.i32(i32 %x, i32 %x, i32 %a)
  %s1 = sub i32 %r1, %x
  %t = shl i32 %s1, %b
  %r2 = call i32 @llvm.fshr.i32(i32 %y, i32 %y, i32 %b)
  %s2 = xor i32 %t, %r2
  %s3 = sub i32 %s2, %y
  ret i32 %s3
}
define i32 @rotated_count(i32 %x) #0 {
  %r1 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 %x)
  %r2 = call i32 @llvm.fshr.i32(i32 %r1, i32 %r1, i32 %x)
  %s1 = sub i32 %r1, %r2
  ret i32 %s1
}

define i32 @saturated(i32 %a, i32 %b, i32 %c) #0 {
  %less = call i32 @llvm.usub.sat.i32(i32 %a, i32 %b)
  %more = call i32 @llvm.uadd.sat.i32(i32 %a, i32 %c)
  %t = mul i32 %less, 31
  %s1 = xor i32 %t, %more
  %s2 = sub i32 %s1, %a
  ret i32 %s2
}

; The double waits in memory for a call.
define double @halves(i64 %bits, i32 %a) #0 {
  %x = bitcast i64 %bits to double
  call void @mix(i32 %a)
  %negated = xor i64 %bits, -9223372036854775808
  %y = bitcast i64 %negated to double
  call void @mix(i32 %a)
  %t = fmul double %x, 3.0
  %s = fadd double %t, %y
  ret double %s
}

; Behind one word, an argument of 16 bytes is not aligned.
define <4 x i32> @waiting_vectors(i32 %a, <4 x i32> %x, <4 x i32> %y) #0 {
  call void @mix(i32 %a)
  %sum = add <4 x i32> %x, %y
  call void @mix_vector(<4 x i32> %sum)
  %both = xor <4 x i32> %sum, %x
  %difference = sub <4 x i32> %both, %y
  ret <4 x i32> %difference
}
define <4 x float> @waiting_floats(i32 %a, <4 x float> %x, i32 %b, <4 x float> %y) #0 {
  call void @mix(i32 %a)
  %product = fmul <4 x float> %x, %y
  call void @mix(i32 %b)
  %quotient = fdiv <4 x float> %product, %x
  %sum = fadd <4 x float> %quotient, %y
  %shuffled = shufflevector <4 x float> %sum, <4 x float> %x, <4 x i32> <i32 0, i32 4, i32 1, i32 5>
  ret <4 x float> %shuffled
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  br label %loop
loop:
  %i = phi i32 [ 0, %begin ], [ %next, %loop ]
  %x = mul i32 %i, -1640531527
  %y = xor i32 %x, 305419896
  %k = add i32 %i, 13
  %r1 = call i32 @counts_in_turn(i32 %x, i32 %i, i32 %y, i32 %k)
  call void @mix(i32 %r1)
  %r2 = call i32 @value_waits(i32 %x, i32 %k, i32 %y)
  call void @mix(i32 %r2)
  %r3 = call i32 @count_ends(i32 %x, i32 %k, i32 %y, i32 %i)
  call void @mix(i32 %r3)
  %j = and i32 %i, 31
  %r4 = call i32 @count_ends_first(i32 %x, i32 %k, i32 %y, i32 %j)
  call void @mix(i32 %r4)
  %r11 = call i32 @count_used_before(i32 %x, i32 %k, i32 %y, i32 %i)
  call void @mix(i32 %r11)
  %r5 = call i32 @rotated_count(i32 %x)
  call void @mix(i32 %r5)
  %r6 = call i32 @saturated(i32 %y, i32 %x, i32 %x)
  call void @mix(i32 %r6)
  %r7 = call i32 @saturated(i32 %i, i32 %j, i32 -20)
  call void @mix(i32 %r7)
  %number = sitofp i32 %x to double
  %bits = bitcast double %number to i64
  %r8 = call double @halves(i64 %bits, i32 %i)
  call void @mix_double(double %r8)
  %v1 = insertelement <4 x i32> <i32 1, i32 2, i32 3, i32 4>, i32 %x, i32 2
  %v2 = insertelement <4 x i32> %v1, i32 %y, i32 0
  %r9 = call <4 x i32> @waiting_vectors(i32 %i, <4 x i32> %v1, <4 x i32> %v2)
  call void @mix_vector(<4 x i32> %r9)
  %small = sitofp i32 %k to float
  %f1 = insertelement <4 x float> <float 1.0, float 2.0, float 3.0, float 4.0>, float %small, i32 1
  %f2 = insertelement <4 x float> %f1, float 0.5, i32 3
  %r10 = call <4 x float> @waiting_floats(i32 %i, <4 x float> %f1, i32 %k, <4 x float> %f2)
  %r10.bits = bitcast <4 x float> %r10 to <4 x i32>
  call void @mix_vector(<4 x i32> %r10.bits)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 40
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
