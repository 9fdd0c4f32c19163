; Indices that an address could take over, and must not: shifted further than its scale goes; an `or`
; that is no sum, because both sides have a bit; and products of an index, which hold only where they
; have been computed.

@words = internal global [256 x i32] zeroinitializer

define void @fill() #0 {
begin:
  br label %loop
loop:
  %at = phi i32 [ 0, %begin ], [ %next, %loop ]
  %number = mul i32 %at, -1640531527
  %place = getelementptr [256 x i32], ptr @words, i32 0, i32 %at
  store i32 %number, ptr %place
  %next = add i32 %at, 1
  %more = icmp ult i32 %next, 256
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Of 4 bytes times 2, 4, 8; of 8 bytes times 2: only the first of them is one scale.
define i32 @shifted(ptr %p, i32 %i) #0 {
  %twice = shl i32 %i, 1
  %a = getelementptr i32, ptr %p, i32 %twice
  %x = load i32, ptr %a
  %fourfold = shl i32 %i, 2
  %b = getelementptr i32, ptr %p, i32 %fourfold
  %y = load i32, ptr %b
  %eightfold = shl i32 %i, 3
  %c = getelementptr i32, ptr %p, i32 %eightfold
  %z = load i32, ptr %c
  %pairs = shl i32 %i, 1
  %d = getelementptr i64, ptr %p, i32 %pairs
  %w = load i32, ptr %d
  %s1 = sub i32 %x, %y
  %s2 = xor i32 %s1, %z
  %s3 = sub i32 %s2, %w
  ret i32 %s3
}

; %i | 1 is %i, where %i is odd.
define i32 @or_in_index(ptr %p, i32 %i) #0 {
  %odd = or i32 %i, 1
  %a = getelementptr i32, ptr %p, i32 %odd
  %x = load i32, ptr %a
  ret i32 %x
}

define i32 @or_in_rows(i32 %i, i32 %k) #0 {
  %odd = or i32 %i, 1
  %a = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %odd, i32 %k
  %x = load i32, ptr %a
  ret i32 %x
}

define i32 @or_of_neighbours(i32 %i) #0 {
  %odd = or i32 %i, 1
  %a = getelementptr [256 x i32], ptr @words, i32 0, i32 %odd
  %x = load i32, ptr %a
  %third = or i32 %i, 3
  %b = getelementptr [256 x i32], ptr @words, i32 0, i32 %third
  %y = load i32, ptr %b
  %difference = sub i32 %x, %y
  ret i32 %difference
}

define i32 @disjoint(i32 %i) #0 {
  %even = and i32 %i, 62
  %odd = or disjoint i32 %even, 1
  %a = getelementptr [256 x i32], ptr @words, i32 0, i32 %odd
  %x = load i32, ptr %a
  ret i32 %x
}

; Rows of 12 bytes: each path has a product of its own, the last one, behind both, another.
define i32 @paths(i32 %i, i32 %k, i32 %way) #0 {
begin:
  %first = icmp eq i32 %way, 0
  br i1 %first, label %left, label %right
left:
  %a = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %i, i32 %k
  %x = load i32, ptr %a
  br label %both
right:
  %b = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %i, i32 2
  %y = load i32, ptr %b
  %c = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %k, i32 %k
  %z = load i32, ptr %c
  %sum = add i32 %y, %z
  br label %both
both:
  %r = phi i32 [ %x, %left ], [ %sum, %right ]
  %d = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %i, i32 %k
  %w = load i32, ptr %d
  %e = getelementptr [85 x [3 x i32]], ptr @words, i32 0, i32 %k, i32 %i
  %v = load i32, ptr %e
  %t = xor i32 %r, %w
  %u = sub i32 %t, %v
  ret i32 %u
}

define i32 @guest_main(i32 %argument) #0 {
begin:
  call void @fill()
  br label %loop
loop:
  %i = phi i32 [ 0, %begin ], [ %next, %loop ]
  %r1 = call i32 @shifted(ptr @words, i32 %i)
  call void @mix(i32 %r1)
  %r2 = call i32 @or_in_index(ptr @words, i32 %i)
  call void @mix(i32 %r2)
  %r3 = call i32 @or_in_rows(i32 %i, i32 2)
  call void @mix(i32 %r3)
  %r4 = call i32 @or_of_neighbours(i32 %i)
  call void @mix(i32 %r4)
  %r5 = call i32 @disjoint(i32 %i)
  call void @mix(i32 %r5)
  %r6 = call i32 @paths(i32 %i, i32 2, i32 0)
  call void @mix(i32 %r6)
  %r7 = call i32 @paths(i32 %i, i32 %argument, i32 1)
  call void @mix(i32 %r7)
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 24
  br i1 %more, label %loop, label %done
done:
  %status = call i32 @finish()
  ret i32 %status
}
