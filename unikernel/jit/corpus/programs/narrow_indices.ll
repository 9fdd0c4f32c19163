; Indices of getelementptr that are integers of 8 and 16 bits: signed, and what two of them are together
; does not fit into their type.

@table = internal global [512 x i32] zeroinitializer

define internal i32 @far(ptr %from, i32 %turns) #0 {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i32 [ 0, %entry ], [ %sum_next, %loop ]
  %a = getelementptr i32, ptr %from, i8 100
  %b = getelementptr i32, ptr %a, i8 100
  %c = getelementptr i32, ptr %b, i8 -128
  %d = getelementptr i16, ptr %c, i16 32767
  %e = getelementptr i16, ptr %d, i16 -32768
  %f = getelementptr i16, ptr %e, i16 1
  %x = load i32, ptr %b
  %y = load i32, ptr %c
  %z = load i32, ptr %f
  %xy = sub i32 %x, %y
  %xyz = add i32 %xy, %z
  %sum_next = add i32 %sum, %xyz
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, %turns
  br i1 %more, label %loop, label %end
end:
  ret i32 %sum_next
}

define i32 @guest_main(i32 %argument) #0 {
entry:
  br label %fill
fill:
  %i = phi i32 [ 0, %entry ], [ %next, %fill ]
  %at = getelementptr [512 x i32], ptr @table, i32 0, i32 %i
  %square = mul i32 %i, %i
  store i32 %square, ptr %at
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 512
  br i1 %more, label %fill, label %calls
calls:
  %k = phi i32 [ 0, %fill ], [ %k_next, %calls ]
  %from = getelementptr i32, ptr @table, i32 130
  %sum = call i32 @far(ptr %from, i32 6)
  call void @mix(i32 %sum)
  %k_next = add i32 %k, 1
  %more_calls = icmp ult i32 %k_next, 40
  br i1 %more_calls, label %calls, label %end
end:
  %status = call i32 @finish()
  ret i32 %status
}
