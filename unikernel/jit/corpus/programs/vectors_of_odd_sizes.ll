; Vectors of 3, 5, 6, 7, 12 and 14 bytes, which no load or store moves at once: what lies behind them in
; memory is neither taken nor changed.

@bytes = internal global [32 x i8] c"\01\82\03\84\05\86\07\88\09\8A\0B\8C\0D\8E\0F\90\11\92\13\94\15\96\17\98\19\9A\1B\9C\1D\9E\1F\A0"
@place = internal global [32 x i8] zeroinitializer

define internal void @mix_place() #0 {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr @place, i32 %i
  %byte = load i8, ptr %at
  %word = zext i8 %byte to i32
  call void @mix(i32 %word)
  store i8 85, ptr %at
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 32
  br i1 %more, label %loop, label %end
end:
  ret void
}

define internal void @bytes_of(i32 %from, i32 %to) #0 {
  %p = getelementptr i8, ptr @bytes, i32 %from
  %q = getelementptr i8, ptr @place, i32 %to
  %a = load <3 x i8>, ptr %p, align 1
  %a2 = add <3 x i8> %a, %a
  %a_last = extractelement <3 x i8> %a, i32 2
  %a_word = zext i8 %a_last to i32
  call void @mix(i32 %a_word)
  store <3 x i8> %a2, ptr %q, align 1
  call void @mix_place()
  %b = load <5 x i8>, ptr %p, align 1
  %b2 = add <5 x i8> %b, %b
  %b_last = extractelement <5 x i8> %b, i32 4
  %b_word = sext i8 %b_last to i32
  call void @mix(i32 %b_word)
  store <5 x i8> %b2, ptr %q, align 1
  call void @mix_place()
  %c = load <6 x i8>, ptr %p, align 1
  %c2 = xor <6 x i8> %c, <i8 1, i8 2, i8 3, i8 4, i8 5, i8 6>
  %c_last = extractelement <6 x i8> %c2, i32 5
  %c_word = sext i8 %c_last to i32
  call void @mix(i32 %c_word)
  store <6 x i8> %c2, ptr %q, align 1
  call void @mix_place()
  %d = load <7 x i8>, ptr %p, align 1
  %d2 = sub <7 x i8> zeroinitializer, %d
  %d_last = extractelement <7 x i8> %d, i32 6
  %d_word = zext i8 %d_last to i32
  call void @mix(i32 %d_word)
  store <7 x i8> %d2, ptr %q, align 1
  call void @mix_place()
  ret void
}

define internal void @halves_of(i32 %from, i32 %to) #0 {
  %p = getelementptr i8, ptr @bytes, i32 %from
  %q = getelementptr i8, ptr @place, i32 %to
  %a = load <3 x i16>, ptr %p, align 2
  %a2 = mul <3 x i16> %a, <i16 3, i16 5, i16 7>
  %a_last = extractelement <3 x i16> %a, i32 2
  %a_word = zext i16 %a_last to i32
  call void @mix(i32 %a_word)
  store <3 x i16> %a2, ptr %q, align 2
  call void @mix_place()
  ret void
}

define internal void @threes_of(i32 %from, i32 %to) #0 {
  %p = getelementptr i8, ptr @bytes, i32 %from
  %q = getelementptr i8, ptr @place, i32 %to
  %c = load <3 x i32>, ptr %p, align 2
  %c2 = add <3 x i32> %c, <i32 1, i32 2, i32 3>
  %c_last = extractelement <3 x i32> %c2, i32 2
  call void @mix(i32 %c_last)
  store <3 x i32> %c2, ptr %q, align 2
  call void @mix_place()
  ret void
}

define internal void @sevens_of(i32 %from, i32 %to) #0 {
  %p = getelementptr i8, ptr @bytes, i32 %from
  %q = getelementptr i8, ptr @place, i32 %to
  %b = load <7 x i16>, ptr %p, align 2
  %b2 = add <7 x i16> %b, %b
  store <7 x i16> %b2, ptr %q, align 2
  call void @mix_place()
  ret void
}

declare <3 x float> @llvm.fabs.v3f32(<3 x float>)

define internal void @floats_of(i32 %from, i32 %to) #0 {
  %p = getelementptr i8, ptr @bytes, i32 %from
  %q = getelementptr i8, ptr @place, i32 %to
  %before = load i32, ptr %p, align 1
  %a = load <3 x float>, ptr %p, align 1
  %a2 = call <3 x float> @llvm.fabs.v3f32(<3 x float> %a)
  %behind = add i32 %before, 5
  store <3 x float> %a2, ptr %q, align 1
  call void @mix(i32 %behind)
  call void @mix_place()
  ret void
}

define i32 @guest_main(i32 %argument) #0 {
  call void @bytes_of(i32 0, i32 0)
  call void @bytes_of(i32 1, i32 3)
  call void @bytes_of(i32 13, i32 21)
  call void @halves_of(i32 0, i32 0)
  call void @halves_of(i32 2, i32 4)
  call void @halves_of(i32 16, i32 16)
  call void @threes_of(i32 2, i32 4)
  call void @threes_of(i32 20, i32 20)
  call void @sevens_of(i32 2, i32 4)
  call void @sevens_of(i32 18, i32 16)
  call void @floats_of(i32 1, i32 3)
  call void @floats_of(i32 12, i32 20)
  %status = call i32 @finish()
  ret i32 %status
}
