; Loads whose only user comes behind something that writes what they read: a store, a call, a fill.
; The user must get what was there before, although it could read memory itself. The same of `load,
; operation, store` of one place.

@shared = internal global [4 x i32] zeroinitializer

define i32 @add_behind_store(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  store i32 %y, ptr %p
  %sum = add i32 %y, %a
  ret i32 %sum
}

define i32 @sub_behind_store(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  store i32 77, ptr %p
  %difference = sub i32 %y, %a
  ret i32 %difference
}

define i32 @compare_behind_store(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  store i32 %y, ptr %p
  %less = icmp slt i32 %y, %a
  %result = zext i1 %less to i32
  ret i32 %result
}

define i32 @extend_behind_store(ptr %p, i32 %y) #0 {
  %a = load i8, ptr %p
  store i32 %y, ptr %p
  %wide = sext i8 %a to i32
  ret i32 %wide
}

define double @multiply_behind_store(ptr %p, double %y) #0 {
  %a = load double, ptr %p, align 4
  store double %y, ptr %p, align 4
  %product = fmul double %y, %a
  ret double %product
}

define <4 x i32> @vectors_behind_store(ptr %p, <4 x i32> %y) #0 {
  %a = load <4 x i32>, ptr %p, align 16
  store <4 x i32> %y, ptr %p, align 16
  %sum = add <4 x i32> %y, %a
  ret <4 x i32> %sum
}

define i32 @add_behind_byte(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  %second = getelementptr i8, ptr %p, i32 1
  store i8 -86, ptr %second
  %sum = add i32 %y, %a
  ret i32 %sum
}

define void @change(ptr %p) #0 {
  %old = load i32, ptr %p
  %new = mul i32 %old, 3
  store i32 %new, ptr %p
  ret void
}

define i32 @add_behind_call(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  call void @change(ptr %p)
  %sum = add i32 %y, %a
  ret i32 %sum
}

define i32 @add_behind_pointer(ptr %p, i32 %y, ptr %function) #0 {
  %a = load i32, ptr %p
  call void %function(ptr %p)
  %sum = xor i32 %y, %a
  ret i32 %sum
}

declare void @llvm.memset.p0.i32(ptr, i8, i32, i1)
declare i32 @llvm.ctpop.i32(i32)

define i32 @add_behind_fill(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  call void @llvm.memset.p0.i32(ptr %p, i8 17, i32 16, i1 false)
  %sum = add i32 %y, %a
  ret i32 %sum
}

define i32 @add_behind_exchange(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  %old = atomicrmw xchg ptr %p, i32 %y seq_cst
  %sum = add i32 %old, %a
  ret i32 %sum
}

; Nothing is written in between: here the user may read memory.
define i32 @add_at_once(ptr %p, i32 %y) #0 {
  %a = load i32, ptr %p
  %bits = call i32 @llvm.ctpop.i32(i32 %y)
  %sum = add i32 %bits, %a
  store i32 %sum, ptr %p
  ret i32 %sum
}

; ---- load, operation, store of one place

define void @update_behind_store(ptr %p, i32 %y, i32 %z) #0 {
  %a = load i32, ptr %p
  store i32 %y, ptr %p
  %sum = add i32 %a, %z
  store i32 %sum, ptr %p
  ret void
}

define void @update_behind_call(ptr %p, i32 %z) #0 {
  %a = load i32, ptr %p
  call void @change(ptr %p)
  %sum = sub i32 %a, %z
  store i32 %sum, ptr %p
  ret void
}

; 16 bits and 8: what stands beside them stays as it is, whatever is carried.
define void @update_halves(ptr %p, i32 %y) #0 {
  %half = trunc i32 %y to i16
  %a = load i16, ptr %p
  %sum = add i16 %a, %half
  store i16 %sum, ptr %p
  %behind = getelementptr i16, ptr %p, i32 2
  %b = load i16, ptr %behind
  %difference = sub i16 %b, %half
  store i16 %difference, ptr %behind
  %byte = trunc i32 %y to i8
  %there = getelementptr i8, ptr %p, i32 9
  %c = load i8, ptr %there
  %total = add i8 %c, %byte
  store i8 %total, ptr %there
  ret void
}

define void @update_by_mask(ptr %p, i32 %y) #0 {
  %half = trunc i32 %y to i16
  %a = load i16, ptr %p
  %both = and i16 %a, %half
  store i16 %both, ptr %p
  %behind = getelementptr i16, ptr %p, i32 3
  %b = load i16, ptr %behind
  %either = or i16 %b, %half
  store i16 %either, ptr %behind
  ret void
}

define void @begin(ptr %p) #0 {
  store i32 -559038737, ptr %p
  %second = getelementptr i32, ptr %p, i32 1
  store i32 65535, ptr %second
  %third = getelementptr i32, ptr %p, i32 2
  store i32 -256, ptr %third
  %fourth = getelementptr i32, ptr %p, i32 3
  store i32 19088743, ptr %fourth
  ret void
}

define i32 @guest_main(i32 %argument) #0 {
  %p = alloca [4 x i32], align 16
  %y = call i32 @opaque(i32 -123456789)
  call void @begin(ptr %p)
  %r1 = call i32 @add_behind_store(ptr %p, i32 %y)
  call void @mix(i32 %r1)
  %r2 = call i32 @sub_behind_store(ptr %p, i32 %argument)
  call void @mix(i32 %r2)
  call void @begin(ptr %p)
  %r3 = call i32 @compare_behind_store(ptr %p, i32 -559038738)
  call void @mix(i32 %r3)
  call void @begin(ptr %p)
  %r4 = call i32 @extend_behind_store(ptr %p, i32 %argument)
  call void @mix(i32 %r4)
  store double 1.75, ptr %p
  %r5 = call double @multiply_behind_store(ptr %p, double 0.3125)
  call void @mix_double(double %r5)
  call void @begin(ptr %p)
  %r6 = call <4 x i32> @vectors_behind_store(ptr %p, <4 x i32> <i32 1, i32 20, i32 300, i32 4000>)
  call void @mix_vector(<4 x i32> %r6)
  call void @begin(ptr %p)
  %r7 = call i32 @add_behind_byte(ptr %p, i32 %argument)
  call void @mix(i32 %r7)
  %r8 = call i32 @add_behind_call(ptr %p, i32 %y)
  call void @mix(i32 %r8)
  %r9 = call i32 @add_behind_call(ptr @shared, i32 %y)
  call void @mix(i32 %r9)
  %chosen = icmp ne i32 %y, 0
  %function = select i1 %chosen, ptr @change, ptr @begin
  %r10 = call i32 @add_behind_pointer(ptr %p, i32 %y, ptr %function)
  call void @mix(i32 %r10)
  %r11 = call i32 @add_behind_fill(ptr %p, i32 %y)
  call void @mix(i32 %r11)
  %r12 = call i32 @add_behind_exchange(ptr %p, i32 %y)
  call void @mix(i32 %r12)
  %r13 = call i32 @add_at_once(ptr %p, i32 %y)
  call void @mix(i32 %r13)
  call void @mix_words(ptr %p, i32 4)
  call void @update_behind_store(ptr %p, i32 %y, i32 %argument)
  call void @mix_words(ptr %p, i32 4)
  call void @update_behind_call(ptr %p, i32 %y)
  call void @mix_words(ptr %p, i32 4)
  call void @begin(ptr %p)
  call void @update_halves(ptr %p, i32 %y)
  call void @mix_words(ptr %p, i32 4)
  call void @update_halves(ptr %p, i32 65535)
  call void @mix_words(ptr %p, i32 4)
  call void @update_by_mask(ptr %p, i32 %y)
  call void @mix_words(ptr %p, i32 4)
  %status = call i32 @finish()
  ret i32 %status
}
