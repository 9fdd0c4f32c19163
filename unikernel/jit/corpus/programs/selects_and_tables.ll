; select of vectors, by each comparison that has a mask, where lanes are equal, less and greater; of
; floats, by comparisons that the smaller or larger of two is made of, with zeros of both signs and
; NaN; and constants among the code that stand beside the tables of switches.

declare i32 @llvm.usub.sat.i32(i32, i32)

define <4 x i32> @lanes_eq(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp eq <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_ne(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp ne <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_sgt(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp sgt <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_slt(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp slt <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_sge(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp sge <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_sle(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp sle <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_ugt(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp ugt <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <4 x i32> @lanes_ult(<4 x i32> %a, <4 x i32> %b, <4 x i32> %yes, <4 x i32> %no) #0 {
  %mask = icmp ult <4 x i32> %a, %b
  %r = select <4 x i1> %mask, <4 x i32> %yes, <4 x i32> %no
  ret <4 x i32> %r
}
define <8 x i16> @halves_sle(<8 x i16> %a, <8 x i16> %b) #0 {
  %mask = icmp sle <8 x i16> %a, %b
  %r = select <8 x i1> %mask, <8 x i16> %a, <8 x i16> %b
  ret <8 x i16> %r
}
define <16 x i8> @bytes_sle(<16 x i8> %a, <16 x i8> %b) #0 {
  %mask = icmp sle <16 x i8> %a, %b
  %r = select <16 x i1> %mask, <16 x i8> %a, <16 x i8> %b
  ret <16 x i8> %r
}
define <8 x i16> @halves_sge(<8 x i16> %a, <8 x i16> %b) #0 {
  %mask = icmp sge <8 x i16> %a, %b
  %r = select <8 x i1> %mask, <8 x i16> %a, <8 x i16> %b
  ret <8 x i16> %r
}
define <16 x i8> @bytes_sge(<16 x i8> %a, <16 x i8> %b) #0 {
  %mask = icmp sge <16 x i8> %a, %b
  %r = select <16 x i1> %mask, <16 x i8> %a, <16 x i8> %b
  ret <16 x i8> %r
}

; ---- the smaller or larger of two, or the other

define void @floats_oeq(float %a, float %b) #0 {
  %bit = fcmp oeq float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp oeq float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_oeq(double %a, double %b) #0 {
  %bit = fcmp oeq double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ogt(float %a, float %b) #0 {
  %bit = fcmp ogt float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ogt float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ogt(double %a, double %b) #0 {
  %bit = fcmp ogt double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_oge(float %a, float %b) #0 {
  %bit = fcmp oge float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp oge float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_oge(double %a, double %b) #0 {
  %bit = fcmp oge double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_olt(float %a, float %b) #0 {
  %bit = fcmp olt float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp olt float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_olt(double %a, double %b) #0 {
  %bit = fcmp olt double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ole(float %a, float %b) #0 {
  %bit = fcmp ole float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ole float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ole(double %a, double %b) #0 {
  %bit = fcmp ole double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_one(float %a, float %b) #0 {
  %bit = fcmp one float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp one float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_one(double %a, double %b) #0 {
  %bit = fcmp one double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ord(float %a, float %b) #0 {
  %bit = fcmp ord float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ord float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ord(double %a, double %b) #0 {
  %bit = fcmp ord double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ueq(float %a, float %b) #0 {
  %bit = fcmp ueq float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ueq float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ueq(double %a, double %b) #0 {
  %bit = fcmp ueq double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ugt(float %a, float %b) #0 {
  %bit = fcmp ugt float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ugt float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ugt(double %a, double %b) #0 {
  %bit = fcmp ugt double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_uge(float %a, float %b) #0 {
  %bit = fcmp uge float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp uge float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_uge(double %a, double %b) #0 {
  %bit = fcmp uge double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ult(float %a, float %b) #0 {
  %bit = fcmp ult float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ult float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ult(double %a, double %b) #0 {
  %bit = fcmp ult double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_ule(float %a, float %b) #0 {
  %bit = fcmp ule float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp ule float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_ule(double %a, double %b) #0 {
  %bit = fcmp ule double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_une(float %a, float %b) #0 {
  %bit = fcmp une float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp une float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_une(double %a, double %b) #0 {
  %bit = fcmp une double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}
define void @floats_uno(float %a, float %b) #0 {
  %bit = fcmp uno float %a, %b
  %r = select i1 %bit, float %a, float %b
  call void @mix_float(float %r)
  %other = fcmp uno float %a, %b
  %s = select i1 %other, float %b, float %a
  call void @mix_float(float %s)
  ret void
}
define void @doubles_uno(double %a, double %b) #0 {
  %bit = fcmp uno double %a, %b
  %r = select i1 %bit, double %a, double %b
  call void @mix_double(double %r)
  ret void
}

define void @floats(float %a, float %b) #0 {
  call void @floats_oeq(float %a, float %b)
  call void @floats_ogt(float %a, float %b)
  call void @floats_oge(float %a, float %b)
  call void @floats_olt(float %a, float %b)
  call void @floats_ole(float %a, float %b)
  call void @floats_one(float %a, float %b)
  call void @floats_ord(float %a, float %b)
  call void @floats_ueq(float %a, float %b)
  call void @floats_ugt(float %a, float %b)
  call void @floats_uge(float %a, float %b)
  call void @floats_ult(float %a, float %b)
  call void @floats_ule(float %a, float %b)
  call void @floats_une(float %a, float %b)
  call void @floats_uno(float %a, float %b)
  %x = fpext float %a to double
  %y = fpext float %b to double
  call void @doubles_oeq(double %x, double %y)
  call void @doubles_ogt(double %x, double %y)
  call void @doubles_oge(double %x, double %y)
  call void @doubles_olt(double %x, double %y)
  call void @doubles_ole(double %x, double %y)
  call void @doubles_one(double %x, double %y)
  call void @doubles_ord(double %x, double %y)
  call void @doubles_ueq(double %x, double %y)
  call void @doubles_ugt(double %x, double %y)
  call void @doubles_uge(double %x, double %y)
  call void @doubles_ult(double %x, double %y)
  call void @doubles_ule(double %x, double %y)
  call void @doubles_une(double %x, double %y)
  call void @doubles_uno(double %x, double %y)
  ret void
}

define void @lanes(<4 x i32> %a, <4 x i32> %b) #0 {
  %eq = call <4 x i32> @lanes_eq(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %eq)
  %ne = call <4 x i32> @lanes_ne(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %ne)
  %sgt = call <4 x i32> @lanes_sgt(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %sgt)
  %slt = call <4 x i32> @lanes_slt(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %slt)
  %sge = call <4 x i32> @lanes_sge(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %sge)
  %sle = call <4 x i32> @lanes_sle(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %sle)
  %ugt = call <4 x i32> @lanes_ugt(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %ugt)
  %ult = call <4 x i32> @lanes_ult(<4 x i32> %a, <4 x i32> %b, <4 x i32> <i32 1, i32 2, i32 3, i32 4>, <4 x i32> %a)
  call void @mix_vector(<4 x i32> %ult)
  %a8 = bitcast <4 x i32> %a to <8 x i16>
  %b8 = bitcast <4 x i32> %b to <8 x i16>
  %a16 = bitcast <4 x i32> %a to <16 x i8>
  %b16 = bitcast <4 x i32> %b to <16 x i8>
  %h.sle = call <8 x i16> @halves_sle(<8 x i16> %a8, <8 x i16> %b8)
  %h.sle.words = bitcast <8 x i16> %h.sle to <4 x i32>
  call void @mix_vector(<4 x i32> %h.sle.words)
  %b.sle = call <16 x i8> @bytes_sle(<16 x i8> %a16, <16 x i8> %b16)
  %b.sle.words = bitcast <16 x i8> %b.sle to <4 x i32>
  call void @mix_vector(<4 x i32> %b.sle.words)
  %h.sge = call <8 x i16> @halves_sge(<8 x i16> %a8, <8 x i16> %b8)
  %h.sge.words = bitcast <8 x i16> %h.sge to <4 x i32>
  call void @mix_vector(<4 x i32> %h.sge.words)
  %b.sge = call <16 x i8> @bytes_sge(<16 x i8> %a16, <16 x i8> %b16)
  %b.sge.words = bitcast <16 x i8> %b.sge to <4 x i32>
  call void @mix_vector(<4 x i32> %b.sge.words)
  ret void
}

; The table of a switch is zeros until its places are known; zeros are constants, too.
define i32 @zeros_beside_a_table(i32 %way, i32 %x, double %d) #0 {
begin:
  switch i32 %way, label %other [
    i32 0, label %first
    i32 1, label %second
    i32 2, label %third
    i32 3, label %fourth
    i32 4, label %fifth
    i32 5, label %sixth
  ]
first:
  %a = call i32 @llvm.usub.sat.i32(i32 %x, i32 1000)
  ret i32 %a
second:
  %positive = fcmp ogt double %d, 0.0
  %b = zext i1 %positive to i32
  ret i32 %b
third:
  %odd = trunc i32 %x to i1
  %c = select i1 %odd, i32 0, i32 9
  ret i32 %c
fourth:
  %sum = fadd double %d, 0.0
  %e = fptosi double %sum to i32
  ret i32 %e
fifth:
  %f = call i32 @llvm.usub.sat.i32(i32 %x, i32 %way)
  ret i32 %f
sixth:
  %less = icmp ult i32 %x, 500
  %g = select i1 %less, i32 0, i32 -1
  ret i32 %g
other:
  ret i32 77
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  %n = call i32 @opaque(i32 %argument)
  %v = insertelement <4 x i32> <i32 -5, i32 0, i32 2147483647, i32 7>, i32 %n, i32 1
  %w = insertelement <4 x i32> <i32 3, i32 1, i32 -2147483648, i32 7>, i32 -70000, i32 0
  call void @lanes(<4 x i32> %v, <4 x i32> %w)
  call void @lanes(<4 x i32> %w, <4 x i32> %v)
  call void @lanes(<4 x i32> %v, <4 x i32> %v)
  call void @floats(float 1.0, float 2.0)
  call void @floats(float 2.0, float 1.0)
  call void @floats(float 1.5, float 1.5)
  call void @floats(float 0.0, float -0.0)
  call void @floats(float -0.0, float 0.0)
  call void @floats(float 0x7FF8000000000000, float 3.0)
  call void @floats(float 3.0, float 0x7FF8000000000000)
  br label %loop
loop:
  %i = phi i32 [ 0, %begin ], [ %next, %loop ]
  %x = mul i32 %i, 123
  %d = sitofp i32 %i to double
  %e = fsub double %d, 3.0
  %r = call i32 @zeros_beside_a_table(i32 %i, i32 %x, double %e)
  call void @mix(i32 %r)
  %s = call i32 @zeros_beside_a_table(i32 %i, i32 %argument, double -2.5)
  call void @mix(i32 %s)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 8
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
