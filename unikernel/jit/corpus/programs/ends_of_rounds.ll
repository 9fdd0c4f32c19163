; A loop with two ends, of which the first leads to the second; one whose body goes on where it could
; turn; and returns, one after the other, of functions that have much to do behind a call. What they
; do is simple: how many instructions that takes is what must be right.

@place = internal global i32 0

define internal i32 @two_ends(i32 %from, i32 %middle, i32 %end) #0 {
entry:
  br label %first
first:
  %x = phi i32 [ %from, %entry ], [ %y, %first ], [ %z, %second ]
  %y = add i32 %x, 1
  store volatile i32 %y, ptr @place
  %again = icmp ult i32 %y, %middle
  br i1 %again, label %first, label %second
second:
  %z = add i32 %y, 3
  store volatile i32 %z, ptr @place
  %more = icmp ult i32 %z, %end
  br i1 %more, label %first, label %out
out:
  ret i32 %z
}

define internal i32 @by_turns(i32 %count) #0 {
entry:
  br label %first
first:
  %k = phi i32 [ 0, %entry ], [ %next, %first ], [ %later, %second ]
  %next = add i32 %k, 1
  %odd = and i32 %next, 1
  store volatile i32 %odd, ptr @place
  %stays = icmp ne i32 %odd, 0
  br i1 %stays, label %first, label %second
second:
  %later = add i32 %next, 2
  %more = icmp ult i32 %later, %count
  br i1 %more, label %first, label %out
out:
  ret i32 %later
}

define internal i32 @deep(i32 %depth, i32 %x) #0 {
entry:
  %ends = icmp eq i32 %depth, 0
  br i1 %ends, label %out, label %on
on:
  %less = sub i32 %depth, 1
  %below = call i32 @deep(i32 %less, i32 %x)
  %a0 = mul i32 %below, 3
  %b0 = xor i32 %a0, 1
  %a1 = mul i32 %b0, 3
  %b1 = xor i32 %a1, 2
  %a2 = mul i32 %b1, 3
  %b2 = xor i32 %a2, 3
  %a3 = mul i32 %b2, 3
  %b3 = xor i32 %a3, 4
  %a4 = mul i32 %b3, 3
  %b4 = xor i32 %a4, 5
  %a5 = mul i32 %b4, 3
  %b5 = xor i32 %a5, 6
  %a6 = mul i32 %b5, 3
  %b6 = xor i32 %a6, 7
  %a7 = mul i32 %b6, 3
  %b7 = xor i32 %a7, 8
  %a8 = mul i32 %b7, 3
  %b8 = xor i32 %a8, 9
  %a9 = mul i32 %b8, 3
  %b9 = xor i32 %a9, 10
  %a10 = mul i32 %b9, 3
  %b10 = xor i32 %a10, 11
  %a11 = mul i32 %b10, 3
  %b11 = xor i32 %a11, 12
  %a12 = mul i32 %b11, 3
  %b12 = xor i32 %a12, 13
  %a13 = mul i32 %b12, 3
  %b13 = xor i32 %a13, 14
  %a14 = mul i32 %b13, 3
  %b14 = xor i32 %a14, 15
  %a15 = mul i32 %b14, 3
  %b15 = xor i32 %a15, 16
  %a16 = mul i32 %b15, 3
  %b16 = xor i32 %a16, 17
  %a17 = mul i32 %b16, 3
  %b17 = xor i32 %a17, 18
  %a18 = mul i32 %b17, 3
  %b18 = xor i32 %a18, 19
  %a19 = mul i32 %b18, 3
  %b19 = xor i32 %a19, 20
  %a20 = mul i32 %b19, 3
  %b20 = xor i32 %a20, 21
  %a21 = mul i32 %b20, 3
  %b21 = xor i32 %a21, 22
  %a22 = mul i32 %b21, 3
  %b22 = xor i32 %a22, 23
  %a23 = mul i32 %b22, 3
  %b23 = xor i32 %a23, 24
  %a24 = mul i32 %b23, 3
  %b24 = xor i32 %a24, 25
  %a25 = mul i32 %b24, 3
  %b25 = xor i32 %a25, 26
  %a26 = mul i32 %b25, 3
  %b26 = xor i32 %a26, 27
  %a27 = mul i32 %b26, 3
  %b27 = xor i32 %a27, 28
  %a28 = mul i32 %b27, 3
  %b28 = xor i32 %a28, 29
  %a29 = mul i32 %b28, 3
  %b29 = xor i32 %a29, 30
  %a30 = mul i32 %b29, 3
  %b30 = xor i32 %a30, 31
  %a31 = mul i32 %b30, 3
  %b31 = xor i32 %a31, 32
  %a32 = mul i32 %b31, 3
  %b32 = xor i32 %a32, 33
  %a33 = mul i32 %b32, 3
  %b33 = xor i32 %a33, 34
  %a34 = mul i32 %b33, 3
  %b34 = xor i32 %a34, 35
  %a35 = mul i32 %b34, 3
  %b35 = xor i32 %a35, 36
  %a36 = mul i32 %b35, 3
  %b36 = xor i32 %a36, 37
  %a37 = mul i32 %b36, 3
  %b37 = xor i32 %a37, 38
  %a38 = mul i32 %b37, 3
  %b38 = xor i32 %a38, 39
  %a39 = mul i32 %b38, 3
  %b39 = xor i32 %a39, 40
  br label %out
out:
  %result = phi i32 [ %x, %entry ], [ %b39, %on ]
  ret i32 %result
}

define i32 @guest_main(i32 %argument) #0 {
  %a = call i32 @two_ends(i32 0, i32 500, i32 1000)
  call void @mix(i32 %a)
  %b = call i32 @two_ends(i32 998, i32 10, i32 1000)
  call void @mix(i32 %b)
  %c = call i32 @by_turns(i32 77)
  call void @mix(i32 %c)
  %d = call i32 @deep(i32 200, i32 %argument)
  call void @mix(i32 %d)
  %status = call i32 @finish()
  ret i32 %status
}
